package org.hikae.launcher;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.hikae.launcher.HomeLock.Purpose;
import org.hikae.wire.Caller;
import org.hikae.wire.FrameType;
import org.hikae.wire.Request;

/** {@code hikae [--home DIR] ...}: see {@code usage.txt}. */
public final class Launcher {
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    /** As of a process whose terminal was closed. */
    private static final int EXIT_BY_HANGUP = 129;

    private final Streams streams = Streams.ofProcess();

    private Launcher() {}

    public static void main(String[] arguments) {
        System.exit(new Launcher().run(List.of(arguments)));
    }

    private int run(List<String> arguments) {
        try {
            Invocation invocation = Invocation.parse(arguments, System.getenv());
            return carryOut(invocation);
        } catch (UsageException e) {
            System.err.println("hikae: " + e.getMessage());
            return USAGE;
        } catch (IOException | RuntimeException | Error e) {
            // Whatever it is: the process ends, and the platform in it.
            System.err.println("hikae: " + Reason.of(e));
            return FAILED;
        }
    }

    private int carryOut(Invocation invocation) throws IOException {
        Invocation.Action action = invocation.action();
        if (action instanceof Invocation.Help) {
            streams.print(resource("usage.txt"));
            return 0;
        } else if (action instanceof Invocation.Version) {
            String version = Launcher.class.getPackage().getImplementationVersion();
            streams.print(("Hikae " + version + "\n").getBytes(StandardCharsets.UTF_8));
            return 0;
        } else if (action instanceof Invocation.Serve) {
            Server.serve(Home.open(invocation.home()), streams);
            return 0;
        }
        Caller caller = Terminals.caller();
        if (action instanceof Invocation.Shell && caller.inputTerminal()) {
            return Shell.run(Home.open(invocation.home()), caller);
        }
        // Read before a platform starts: a file that is not there is no reason for one.
        Request request = new Request(caller, task(action));
        return command(Home.open(invocation.home()), request);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream resource = Launcher.class.getResourceAsStream(name)) {
            return resource.readAllBytes();
        }
    }

    private Request.Task task(Invocation.Action action) throws IOException {
        if (action instanceof Invocation.Command command) {
            return new Request.Command(command.name(), command.arguments());
        } else if (action instanceof Invocation.Text text) {
            return new Request.Script("", text.text());
        } else if (action instanceof Invocation.File file && file.path() != null) {
            return new Request.Script(file.path().toString(), read(file.path()));
        }
        // Buffered, because a plain FileInputStream asks pipes for their length.
        byte[] script = new BufferedInputStream(streams.in()).readNBytes(FrameType.REQUEST.limit());
        return new Request.Script("standard input", new String(script, StandardCharsets.UTF_8));
    }

    private static String read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("The script " + file + " cannot be read: it is a folder; give a file with commands");
        }
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new IOException("There is no script " + file.toAbsolutePath() + ": give a file with commands", e);
        } catch (IOException e) {
            throw new IOException("The script " + file + " cannot be read: " + Reason.of(e), e);
        }
    }

    private int command(Home home, Request request) throws IOException {
        while (true) {
            try (Access access = Access.open(home, Purpose.COMMAND)) {
                Client client = new Client(access.connection(), streams);
                Signals.handle("INT", () -> {
                    if (!client.cancel()) {
                        access.quit(Host.EXIT_BY_INTERRUPT);
                    }
                });
                if (!access.isHost()) {
                    Signals.handle("TERM", () -> leave(client, Host.EXIT_BY_SIGNAL));
                    Signals.handle("HUP", () -> leave(client, EXIT_BY_HANGUP));
                }
                if (request.caller().outputTerminal() || request.caller().errorTerminal()) {
                    Signals.handle("WINCH", () -> client.width(Terminals.width()));
                }
                Client.Outcome outcome = client.run(request);
                if (!(outcome instanceof Client.Closing)) {
                    return code(outcome);
                }
            }
        }
    }

    /** Ends this process, but not what the platform, which is another process, does for it. */
    private static void leave(Client client, int code) {
        long job = client.job();
        System.err.println(
                job == 0
                        ? "hikae: ended by a signal; what was asked for goes on; see 'job list'"
                        : "hikae: ended by a signal; job " + job + " goes on; see 'job info " + job + "'");
        System.exit(code);
    }

    private static int code(Client.Outcome outcome) {
        if (outcome instanceof Client.Exit exit) {
            return exit.code();
        }
        if (outcome instanceof Client.Unwritten unwritten) {
            String went = unwritten.code() == 0 ? "what was asked for is done" : "what was asked for failed";
            System.err.println("hikae: " + Streams.cannotWrite(unwritten.reason()) + "; " + went + " all the same");
            return unwritten.code() == 0 ? FAILED : unwritten.code();
        }
        if (outcome instanceof Client.Unheard) {
            return 0;
        }
        if (outcome instanceof Client.Lost) {
            System.err.println("hikae: the platform ended before the command did");
        }
        return FAILED;
    }
}

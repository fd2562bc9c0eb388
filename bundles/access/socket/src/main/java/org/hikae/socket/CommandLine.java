package org.hikae.socket;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.felix.gogo.runtime.CommandNotFoundException;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.command.Job;
import org.hikae.wire.Caller;

/**
 * A session of Gogo for one caller. What commands may want to know of the caller they find in its variables
 * {@code hikae.cwd}, {@code hikae.zone}, {@code hikae.width}, {@code hikae.colour}, {@code hikae.tty},
 * {@code hikae.input.tty}, {@code hikae.error.tty}, {@code hikae.err}, {@code hikae.onCancel} and {@code hikae.onJob}; a
 * command that fails may set {@code hikae.exit}.
 */
final class CommandLine implements AutoCloseable {
    private static final String WIDTH = "hikae.width";
    private static final String EXIT = "hikae.exit";
    private static final Pattern PLACE = Pattern.compile(".*:(\\d{1,9})\\.\\d+", Pattern.DOTALL);
    private static final String CALL = "hikae.call";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final CommandProcessor processor;
    private final CommandSession session;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean errorTerminal;
    private final Background background = new Background();

    /** @param onJob is told the numbers of jobs that commands wait for */
    CommandLine(
            CommandProcessor processor,
            Caller caller,
            InputStream in,
            PrintStream out,
            PrintStream err,
            LongConsumer onJob) {
        this.processor = processor;
        this.session = processor.createSession(in, out, err);
        this.out = out;
        this.err = err;
        this.errorTerminal = caller.errorTerminal();
        session.setJobListener(background);
        session.currentDir(Path.of(caller.folder()));
        session.put("SCOPE", "hikae:gogo:*");
        session.put("hikae.cwd", caller.folder());
        session.put("hikae.zone", caller.zone());
        session.put(WIDTH, caller.width());
        session.put("hikae.colour", caller.colour());
        session.put("hikae.tty", caller.outputTerminal());
        session.put("hikae.input.tty", caller.inputTerminal());
        session.put("hikae.error.tty", caller.errorTerminal());
        session.put("hikae.err", err);
        session.put("hikae.onJob", onJob);
        session.put("exit", (Function) ScriptEnd::exit);
    }

    void width(int width) {
        session.put(WIDTH, width);
    }

    /** What stops a command that has not said how it is cancelled. */
    void interrupt() {
        Job job = session.foregroundJob();
        if (job != null) {
            job.interrupt();
        }
    }

    /** Runs a command with its arguments as they are: none of it is Gogo's language. Returns the exit code. */
    int command(String name, List<String> arguments, Cancellation cancellation) {
        return run("", cancellation, () -> {
            Function function = function(name);
            session.put(CALL, (Function) (inner, none) -> function.execute(inner, List.copyOf(arguments)));
            return session.execute(CALL);
        });
    }

    /**
     * Runs a line of a shell in Gogo's language, up to the first command that fails. What is in the background goes on.
     * Returns the exit code.
     */
    int line(String text, Cancellation cancellation) {
        return run("", cancellation, () -> session.execute(text));
    }

    /**
     * Runs a script in Gogo's language up to the first command that fails, and then waits for what it started in the
     * background. Returns the exit code.
     */
    int script(String name, String text, Cancellation cancellation) {
        session.put("0", name.isEmpty() ? null : name);
        boolean marked = text.startsWith(BYTE_ORDER_MARK);
        int code = run(name, cancellation, () -> session.execute(marked ? text.substring(1) : text));
        int later = run(name, cancellation, this::awaitBackground);
        return code == 0 ? later : code;
    }

    private Object awaitBackground() throws Throwable {
        List<Throwable> failures = background.await();
        for (Throwable failure : failures.subList(0, Math.max(0, failures.size() - 1))) {
            tell(Failure.of(failure, null, commands()), "");
        }
        if (!failures.isEmpty()) {
            throw failures.get(failures.size() - 1);
        }
        return null;
    }

    /** The ways to complete the word of that index. */
    List<String> complete(int index, List<String> words) throws Exception {
        if (!(session.get("hikae:complete") instanceof Function function)) {
            return List.of();
        }
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        try (CommandSession other = processor.createSession(InputStream.nullInputStream(), stream, stream)) {
            for (String variable : List.of("hikae.cwd", WIDTH)) {
                other.put(variable, session.get(variable));
            }
            List<Object> arguments = new ArrayList<>(List.of(Integer.toString(index)));
            arguments.addAll(words);
            other.put(CALL, (Function) (inner, none) -> function.execute(inner, arguments));
            other.execute(CALL);
        }
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private Function function(String name) {
        Object found = session.get(name.contains(":") ? name : "*:" + name);
        if (found instanceof Function function) {
            return function;
        }
        throw new CommandNotFoundException(name);
    }

    /** What is carried out for a caller. */
    @FunctionalInterface
    private interface Work {
        Object run() throws Throwable;
    }

    private int run(String name, Cancellation cancellation, Work work) {
        session.put(EXIT, null);
        session.put("hikae.onCancel", cancellation);
        try {
            Object result = work.run();
            if (result != null) {
                out.println(session.format(result, Converter.INSPECT));
            }
            return 0;
        } catch (Throwable e) {
            Failure failure = Failure.of(e, session.get(EXIT) instanceof Integer code ? code : null, commands());
            tell(failure, place(name));
            return failure.code();
        } finally {
            out.flush();
            err.flush();
        }
    }

    private void tell(Failure failure, String place) {
        if (!failure.message().isEmpty()) {
            int width = errorTerminal && session.get(WIDTH) instanceof Integer columns ? columns : 0;
            err.println(Fold.at(width, place + failure.message()));
        }
    }

    /** The line of a script that failed. Gogo knows it as {@code NAME:LINE.COLUMN}, and counts from 0. */
    private String place(String name) {
        if (name.isEmpty() || !(session.get(".location") instanceof String location)) {
            return "";
        }
        Matcher place = PLACE.matcher(location);
        return place.matches() ? name + ":" + (Integer.parseInt(place.group(1)) + 1) + ": " : name + ": ";
    }

    @SuppressWarnings("unchecked")
    private Set<String> commands() {
        return (Set<String>) session.get(".commands");
    }

    /** To be called when nothing runs: Gogo interrupts what does. */
    @Override
    public void close() {
        session.close();
    }
}

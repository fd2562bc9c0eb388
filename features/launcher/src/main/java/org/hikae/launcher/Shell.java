package org.hikae.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.launcher.HomeLock.Purpose;
import org.hikae.wire.Caller;
import org.hikae.wire.Connection;
import org.hikae.wire.Frame;
import org.hikae.wire.FrameType;
import org.hikae.wire.Request;
import org.hikae.wire.Words;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;

/** Commands that somebody types. The line editor is here; the lines are carried out by the platform. */
final class Shell {
    private static final Pattern GOODBYE = Pattern.compile("(?:exit|quit)(?:\\s+(\\d{1,3}))?");

    private final Home home;
    private final Caller caller;
    private final Terminal terminal;
    private final LineReader reader;
    private final Streams process = Streams.ofProcess();
    private Access access;

    private Shell(Home home, Caller caller, Terminal terminal) {
        this.home = home;
        this.caller = caller;
        this.terminal = terminal;
        this.reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("hikae")
                .parser(parser())
                .completer(new RemoteCompleter(this::candidates))
                .variable(LineReader.HISTORY_FILE, home.history())
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "> ")
                .option(Option.DISABLE_EVENT_EXPANSION, true)
                .build();
    }

    private static DefaultParser parser() {
        DefaultParser parser = new DefaultParser();
        parser.setEofOnUnclosedQuote(true);
        parser.setEofOnUnclosedBracket(
                DefaultParser.Bracket.CURLY, DefaultParser.Bracket.ROUND, DefaultParser.Bracket.SQUARE);
        return parser;
    }

    static int run(Home home, Caller caller) throws IOException {
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            Shell shell = new Shell(home, caller, terminal);
            shell.connect();
            try {
                return shell.readLines();
            } finally {
                shell.access.close();
            }
        }
    }

    /** Begins a session with whichever platform there is. */
    private void connect() throws IOException {
        access = Access.open(home, Purpose.SHELL);
        access.connection().send(FrameType.REQUEST, new Request(caller, new Request.Shell()).packed());
    }

    /** Returns the exit code. */
    private int readLines() throws IOException {
        while (true) {
            try {
                String line = reader.readLine("hikae> ");
                Matcher goodbye = GOODBYE.matcher(line.strip());
                if (goodbye.matches()) {
                    return goodbye.group(1) == null ? 0 : Integer.parseInt(goodbye.group(1));
                }
                if (!line.isBlank()) {
                    carryOut(line);
                }
            } catch (UserInterruptException e) {
                // Ctrl-C clears the line.
                continue;
            } catch (EndOfFileException e) {
                return 0;
            }
        }
    }

    private void carryOut(String line) throws IOException {
        while (true) {
            Keyboard keyboard = new Keyboard(terminal);
            // Past the editor's own output, which keeps things back until it is flushed.
            terminal.flush();
            Client client = new Client(access.connection(), new Streams(keyboard, process.out(), process.err()));
            Terminal.SignalHandler before = terminal.handle(Signal.INT, signal -> {
                if (!client.cancel()) {
                    access.quit(Host.EXIT_BY_INTERRUPT);
                }
            });
            Client.Outcome outcome;
            try {
                client.width(terminal.getWidth());
                outcome = client.run(FrameType.LINE, line.getBytes(StandardCharsets.UTF_8));
            } finally {
                keyboard.close();
                terminal.handle(Signal.INT, before);
            }
            if (outcome instanceof Client.Unwritten unwritten) {
                System.err.println("hikae: " + Streams.cannotWrite(unwritten.reason()));
                return;
            }
            if (outcome instanceof Client.Exit || outcome instanceof Client.Unheard) {
                return;
            }
            access.close();
            connect();
            if (!(outcome instanceof Client.Closing)) {
                System.err.println("hikae: the platform ended before the command did");
                return;
            }
        }
    }

    /** Asked while a line is edited, when nothing runs. */
    private Words candidates(Words words) throws IOException {
        Connection connection = access.connection();
        connection.send(FrameType.COMPLETE, words.packed());
        Frame frame = connection.read();
        if (frame != null && frame.type() == FrameType.CANDIDATES) {
            return Words.unpack(frame.content());
        }
        // The platform has ended, or is about to; the line will need one all the same.
        access.close();
        connect();
        return new Words(words.index(), List.of());
    }
}

package org.hikae.shell;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.ZoneId;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Process;
import org.hikae.shell.call.Caller;

/**
 * Finds out about the caller from a Gogo session. Whoever opens a session for somebody elsewhere says so in its
 * variables, which are a protocol; without them the session's own streams, folder and terminal are taken.
 */
final class GogoCaller {

    /** Absolute path of the caller's working folder, a text. */
    static final String FOLDER = "hikae.cwd";
    /** Columns of the caller's terminal, an Integer. */
    static final String WIDTH = "hikae.width";
    /** Whether the caller wants colours, a Boolean. */
    static final String COLOUR = "hikae.colour";
    /** Whether the caller's standard output is a terminal, a Boolean. */
    static final String TERMINAL = "hikae.tty";
    /** A PrintStream for progress and notes. */
    static final String ERROR = "hikae.err";
    /** A {@code Consumer<Runnable>} that is told what Ctrl-C does. */
    static final String ON_CANCEL = "hikae.onCancel";
    /** Where the exit code is left, an Integer. */
    static final String EXIT = "hikae.exit";
    /** What Gogo's JLine shell and Karaf set to the columns of their terminal. */
    private static final String COLUMNS = "COLUMNS";

    private static final int DEFAULT_WIDTH = 80;

    private GogoCaller() {}

    static Caller of(CommandSession session) {
        Process process = Process.Utils.current();
        InputStream in = process == null ? session.getKeyboard() : process.in();
        PrintStream out = process == null ? session.getConsole() : process.out();
        PrintStream err = session.get(ERROR) instanceof PrintStream stream
                ? stream
                : process == null ? session.getConsole() : process.err();
        boolean redirected = process != null && !process.isTty(1);
        Integer columns = number(session.get(COLUMNS));
        boolean terminal = flag(session.get(TERMINAL), columns != null);
        int width = redirected || !flag(session.get(TERMINAL), true) ? 0 : width(session, columns);
        boolean colour = !redirected && flag(session.get(COLOUR), terminal);
        return new Caller(in, out, err, folder(session), width, colour, terminal, ZoneId.systemDefault());
    }

    private static int width(CommandSession session, Integer columns) {
        Integer told = number(session.get(WIDTH));
        int width = told != null ? told : columns != null ? columns : DEFAULT_WIDTH;
        return width > 0 ? width : DEFAULT_WIDTH;
    }

    private static Path folder(CommandSession session) {
        Object told = session.get(FOLDER);
        Path folder = told == null ? session.currentDir() : Path.of(told.toString());
        return folder == null ? Path.of("").toAbsolutePath() : folder.toAbsolutePath();
    }

    private static boolean flag(Object value, boolean otherwise) {
        return value instanceof Boolean flag ? flag : otherwise;
    }

    private static Integer number(Object value) {
        if (value instanceof Number number) {
            return number.intValue();
        }
        boolean digits = value instanceof CharSequence text && text.toString().matches("[0-9]{1,9}");
        return digits ? Integer.valueOf(value.toString()) : null;
    }
}

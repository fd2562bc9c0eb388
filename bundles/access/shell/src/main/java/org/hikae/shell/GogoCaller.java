package org.hikae.shell;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.function.LongConsumer;
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
    /** The caller's time zone, the text of its identifier. */
    static final String ZONE = "hikae.zone";
    /** Columns of the caller's terminal, an Integer; 0 if nobody knows. */
    static final String WIDTH = "hikae.width";
    /** Whether the caller wants colours, a Boolean. */
    static final String COLOUR = "hikae.colour";
    /** Whether the caller's standard output is a terminal, a Boolean. */
    static final String OUT_TERMINAL = "hikae.tty";
    /** Whether the caller's standard input is a terminal, a Boolean. */
    static final String INPUT_TERMINAL = "hikae.input.tty";
    /** Whether the caller's standard error is a terminal, a Boolean; as standard output if not set. */
    static final String ERROR_TERMINAL = "hikae.error.tty";
    /** A PrintStream for progress and notes. */
    static final String ERROR = "hikae.err";
    /** A {@code Consumer<Runnable>} that is told what Ctrl-C does. */
    static final String ON_CANCEL = "hikae.onCancel";
    /** A {@code LongConsumer} that is told the numbers of jobs that commands wait for. */
    static final String ON_JOB = "hikae.onJob";
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
        PrintStream ownErr = process == null ? session.getConsole() : process.err();
        PrintStream err = session.get(ERROR) instanceof PrintStream stream ? stream : ownErr;

        boolean redirected = process != null && !process.isTty(1);
        boolean interactive = number(session.get(COLUMNS)) > 0;
        boolean outTerminal = flag(session.get(OUT_TERMINAL), interactive);
        boolean errTerminal = flag(session.get(ERROR_TERMINAL), outTerminal);
        int columns = columns(session);
        return new Caller(
                in,
                flag(session.get(INPUT_TERMINAL), interactive) && errTerminal,
                out,
                err,
                folder(session),
                redirected || !flag(session.get(OUT_TERMINAL), true) ? 0 : columns,
                () -> errTerminal ? columns(session) : 0,
                !redirected && flag(session.get(COLOUR), outTerminal),
                session.get(ON_JOB) instanceof LongConsumer onJob ? onJob : id -> {},
                Clock.system(zone(session)));
    }

    private static int columns(CommandSession session) {
        int told = number(session.get(WIDTH));
        int own = told > 0 ? told : number(session.get(COLUMNS));
        return own > 0 ? own : DEFAULT_WIDTH;
    }

    /** Where a shell has gone meanwhile, else where the caller was. */
    private static Path folder(CommandSession session) {
        Path here = Path.of("").toAbsolutePath();
        Path gone = session.currentDir();
        boolean stayed = gone == null || gone.toAbsolutePath().equals(here);
        Object told = session.get(FOLDER);
        return stayed ? (told == null ? here : Path.of(told.toString()).toAbsolutePath()) : gone.toAbsolutePath();
    }

    private static ZoneId zone(CommandSession session) {
        Object told = session.get(ZONE);
        try {
            return told == null ? ZoneId.systemDefault() : ZoneId.of(told.toString());
        } catch (DateTimeException e) {
            return ZoneId.systemDefault();
        }
    }

    private static boolean flag(Object value, boolean otherwise) {
        return value instanceof Boolean flag ? flag : otherwise;
    }

    /** A number, or a text of digits; 0 for anything else. */
    private static int number(Object value) {
        if (value instanceof Number number) {
            return number.intValue();
        }
        boolean digits = value instanceof CharSequence text && text.toString().matches("[0-9]{1,9}");
        return digits ? Integer.parseInt(value.toString()) : 0;
    }
}

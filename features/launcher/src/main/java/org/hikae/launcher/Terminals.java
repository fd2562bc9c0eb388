package org.hikae.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TimeZone;
import org.hikae.wire.Caller;

/** What there is to know of the caller's terminal without a terminal library, which takes longer than many commands. */
final class Terminals {
    private static final int WIDTH_IF_UNKNOWN = 80;

    private Terminals() {}

    static Caller caller() {
        boolean output = isTerminal(1);
        boolean colour = output && System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
        String folder = Path.of("").toAbsolutePath().toString();
        String zone = TimeZone.getDefault().getID();
        // What cannot move its cursor cannot draw progress in place either.
        boolean error = isTerminal(2) && !"dumb".equals(System.getenv("TERM"));
        return new Caller(folder, zone, output || error ? width() : 0, colour, isTerminal(0), output, error);
    }

    static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        if (!Files.isSymbolicLink(link)) {
            return System.console() != null;
        }
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.matches("/dev/(pts/\\d+|tty.*|console)");
        } catch (IOException e) {
            return false; // closed
        }
    }

    /** The columns of the terminal, or of a usual one if nobody can tell. */
    static int width() {
        try {
            Process process = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String size = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            if (size.matches("\\d+ [1-9]\\d{0,3}")) {
                return Integer.parseInt(size.substring(size.indexOf(' ') + 1));
            }
        } catch (IOException e) {
            System.getLogger(Terminals.class.getName()).log(System.Logger.Level.DEBUG, "no terminal size", e);
        }
        String columns = System.getenv("COLUMNS");
        return columns != null && columns.matches("[1-9]\\d{0,3}") ? Integer.parseInt(columns) : WIDTH_IF_UNKNOWN;
    }
}

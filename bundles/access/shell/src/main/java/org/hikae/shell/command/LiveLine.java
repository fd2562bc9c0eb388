package org.hikae.shell.command;

import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.hikae.shell.call.Call;

/** Shows how far something is: in place on a terminal, by a line every few seconds elsewhere. */
final class LiveLine {

    /** ANSI: clears from the cursor to the end of the line. */
    private static final String CLEAR_REST = "\033[K";

    private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Call call;
    private final LongSupplier nanoTime;
    private long lastLine;
    private boolean drawn;

    LiveLine(Call call, LongSupplier nanoTime) {
        this.call = call;
        this.nanoTime = nanoTime;
        lastLine = nanoTime.getAsLong();
    }

    /**
     * @param bar makes the line for a terminal of so many columns
     * @param plain makes the line for a log
     */
    void show(IntFunction<String> bar, Supplier<String> plain) {
        int width = call.caller().barWidth().getAsInt();
        if (width > 0) {
            draw(bar.apply(width));
            drawn = true;
        } else if (nanoTime.getAsLong() - lastLine >= LINE_NANOS) {
            lastLine = nanoTime.getAsLong();
            call.note(plain.get());
        }
    }

    /** Takes away what was drawn, to make room for something else. */
    void clear() {
        if (drawn) {
            draw("");
            drawn = false;
        }
    }

    /** In the place of the line before, whatever that has become: a terminal echoes Ctrl-C, and may be resized. */
    private void draw(String line) {
        call.err().print('\r' + line + CLEAR_REST);
        call.err().flush();
    }
}

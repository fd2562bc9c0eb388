package org.hikae.shell.call;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.function.IntSupplier;
import java.util.function.LongConsumer;

/**
 * Who gave a command, and where: this JVM's own working folder and terminal are never meant.
 *
 * @param in standard input
 * @param asks whether somebody can be asked: standard input is a terminal, and so is where questions go
 * @param out standard output
 * @param err takes progress and notes; messages of failed commands are printed by whoever runs them
 * @param folder absolute path that relative ones are resolved against
 * @param width columns that output should fit into; 0: lines may be as long as they are
 * @param barWidth columns in which progress can be drawn in place, now; 0: it cannot
 * @param onJob is told the number of the job that a command waits for; 0: it waits for several
 * @param clock in the caller's time zone
 */
public record Caller(
        InputStream in,
        boolean asks,
        PrintStream out,
        PrintStream err,
        Path folder,
        int width,
        IntSupplier barWidth,
        boolean colour,
        LongConsumer onJob,
        Clock clock) {

    public ZoneId zone() {
        return clock.getZone();
    }
}

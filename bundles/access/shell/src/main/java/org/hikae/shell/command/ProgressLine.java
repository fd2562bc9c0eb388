package org.hikae.shell.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.job.JobInfo;
import org.hikae.shell.text.ByteCount;
import org.hikae.shell.text.ByteRate;
import org.hikae.shell.text.Times;
import org.hikae.shell.text.Width;

/** How far a running job is, in a line. */
final class ProgressLine {

    private static final int LONGEST_BAR = 30;
    private static final int SHORTEST_BAR = 5;

    private ProgressLine() {}

    /** For a terminal of that many columns: with a bar where there is room for one, and never as long as the line. */
    static String bar(JobInfo job, int width) {
        return bar(job, width, parts(job));
    }

    /** As {@link #bar}, and says whose it is, since there are several. */
    static String namedBar(JobInfo job, int width) {
        List<String> parts = parts(job);
        parts.set(0, job.subject() + ": " + parts.get(0));
        return bar(job, width, parts);
    }

    private static String bar(JobInfo job, int width, List<String> parts) {
        int columns = width - 1;
        if (job.totalBytes() > 0) {
            int taken = Width.of(String.join("  ", parts)) + "[]  ".length();
            int room = Math.min(LONGEST_BAR, columns - taken);
            if (room >= SHORTEST_BAR) {
                int full = (int) (fraction(job) * room);
                parts.add(2, "[" + "#".repeat(full) + ".".repeat(room - full) + "]");
            }
        }
        String line = String.join("  ", parts);
        int end = line.length();
        while (Width.of(line.substring(0, end)) > columns) {
            end = line.offsetByCodePoints(end, -1);
        }
        return line.substring(0, end).stripTrailing();
    }

    /** For a log. */
    static String plain(JobInfo job) {
        return "job " + job.id() + ", " + job.kind() + " " + job.subject() + ": " + String.join(", ", parts(job));
    }

    /** The first two are what it is doing and, if that is known, how much of it in percents. */
    private static List<String> parts(JobInfo job) {
        List<String> parts = new ArrayList<>();
        String phase = job.phase() == null ? "starting" : job.phase();
        parts.add(job.paused() ? phase + " (paused)" : phase);
        if (job.totalBytes() > 0) {
            parts.add(percent(job) + "%");
            parts.add(ByteCount.show(job.doneBytes()) + " of " + ByteCount.show(job.totalBytes()));
        } else if (job.doneBytes() > 0) {
            parts.add(ByteCount.show(job.doneBytes()));
        }
        if (job.paused()) {
            // What was, says nothing of when it will end.
            return parts;
        }
        if (job.bytesPerSecond() > 0) {
            parts.add(ByteRate.show(job.bytesPerSecond()));
        }
        if (job.etaSeconds() >= 0) {
            parts.add(Times.show(Duration.ofSeconds(Math.max(1, job.etaSeconds()))) + " left");
        }
        return parts;
    }

    static int percent(JobInfo job) {
        return (int) (100 * fraction(job));
    }

    private static double fraction(JobInfo job) {
        return Math.min(1, (double) job.doneBytes() / job.totalBytes());
    }
}

package org.hikae.shell.command;

import java.io.IOException;
import java.time.Duration;
import org.hikae.api.backup.Quieting;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.UsageException;
import picocli.CommandLine.Option;

/** What quiets programs while a backup makes its instant. */
final class QuietOptions {

    @Option(
            names = "--before",
            paramLabel = "COMMAND",
            description = "Run this by /bin/sh before the instant; unless it succeeds, there is no backup.")
    private String before;

    @Option(
            names = "--after",
            paramLabel = "COMMAND",
            description = "Run this after the instant, whatever became of it and of the command before.")
    private String after;

    @Option(
            names = "--command-timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "Kill such a command when it takes longer; 60 if not given.")
    private long seconds;

    Quieting quieting(Call call) throws IOException {
        if (seconds < 1) {
            throw new UsageException("a command needs 1 second at least, not " + seconds);
        }
        boolean quiets = before != null || after != null;
        return quiets ? new Quieting(before, after, Duration.ofSeconds(seconds), call.path(".")) : Quieting.NONE;
    }
}

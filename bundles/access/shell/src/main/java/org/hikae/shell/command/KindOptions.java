package org.hikae.shell.command;

import org.hikae.api.media.Layout;
import org.hikae.shell.call.UsageException;
import picocli.CommandLine.Option;

/** What kind of generation a backup makes. */
final class KindOptions {

    @Option(
            names = "--differential",
            description = "Take only what changed since the newest generation; if that cannot be told, make a full"
                    + " backup, and say why.")
    boolean differential;

    @Option(
            names = "--since",
            paramLabel = "MARK",
            description = "With --differential: take only what changed since this mark.")
    String since;

    @Option(
            names = "--layout",
            paramLabel = "LAYOUT",
            description =
                    "How it lies on the medium: packed, or image, a raw image of use to any tool, on a medium that"
                            + " can be overwritten; packed if not given.")
    Layout layout = Layout.PACKED;

    /** @throws UsageException if they do not go with each other */
    void check() throws UsageException {
        if (since != null && !differential) {
            throw new UsageException("--since goes with --differential");
        } else if (layout == Layout.IMAGE && differential) {
            throw new UsageException("an image is whole: --layout image does not go with --differential");
        }
    }
}

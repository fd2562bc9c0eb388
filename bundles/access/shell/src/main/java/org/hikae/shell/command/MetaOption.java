package org.hikae.shell.command;

import org.hikae.api.group.Meta;
import org.hikae.shell.call.UsageException;
import picocli.CommandLine.Option;

/** Of which files a group's backup has the names (b.6). */
final class MetaOption {

    static final String ALL = "all";
    static final String GROUP = "group";

    @Option(
            names = "--meta",
            paramLabel = "META",
            description =
                    "Of a group: whether the names and attributes of all files of the disk go with it, and reading"
                            + " one of another file is an error ('all'), or those of the group's files alone ('group'); all if not"
                            + " given.")
    private String chosen;

    Meta meta() throws UsageException {
        if (chosen != null && !chosen.equals(ALL) && !chosen.equals(GROUP)) {
            throw new UsageException("--meta is 'all' or 'group', not '" + chosen + "'");
        }
        return GROUP.equals(chosen) ? Meta.GROUP : Meta.ALL;
    }

    /** @throws UsageException if it was given without the option that it goes with */
    void checkUnused(String option) throws UsageException {
        if (chosen != null) {
            throw new UsageException("--meta goes with " + option);
        }
    }

    /** Null for null. */
    static String word(Meta meta) {
        return meta == null ? null : meta == Meta.ALL ? ALL : GROUP;
    }
}

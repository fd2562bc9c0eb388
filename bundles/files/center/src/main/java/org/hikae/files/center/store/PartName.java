package org.hikae.files.center.store;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.api.files.RunId;
import org.hikae.files.transfer.identity.Origins;
import org.hikae.files.transfer.run.ItemRules;

/**
 * Names of objects in the center's area.
 *
 * @param number of the run; of a list of runs, of the list
 * @param first number of the part's first frame; -1: it is a list of runs
 */
record PartName(String origin, String backup, long number, long first) {

    static final String AREA = "files";

    private static final Pattern PART = Pattern.compile("([0-7][0-9a-f]{15})\\.([0-7][0-9a-f]{7})");
    private static final Pattern LIST = Pattern.compile("runs\\.([0-7][0-9a-f]{15})");

    static PartName part(RunId run, long first) {
        return new PartName(run.origin(), run.backup(), run.number(), first);
    }

    static PartName list(String origin, String backup, long number) {
        return new PartName(origin, backup, number, -1);
    }

    boolean isList() {
        return first < 0;
    }

    RunId run() {
        return new RunId(origin, backup, number);
    }

    /** What it is, if it is one of ours. */
    static Optional<PartName> parse(String name) {
        String[] names = name.split("/", -1);
        if (names.length != 4
                || !names[0].equals(AREA)
                || !Origins.isOrigin(names[1])
                || !ItemRules.isBackup(names[2])) {
            return Optional.empty();
        }
        Matcher part = PART.matcher(names[3]);
        if (part.matches()) {
            long number = Long.parseLong(part.group(1), 16);
            return Optional.of(new PartName(names[1], names[2], number, Long.parseLong(part.group(2), 16)));
        }
        Matcher list = LIST.matcher(names[3]);
        return list.matches()
                ? Optional.of(list(names[1], names[2], Long.parseLong(list.group(1), 16)))
                : Optional.empty();
    }

    /** What names of a backup's objects begin with. */
    static String prefix(String origin, String backup) {
        return AREA + "/" + origin + "/" + backup + "/";
    }

    @Override
    public String toString() {
        String last = isList()
                ? String.format(Locale.ROOT, "runs.%016x", number)
                : String.format(Locale.ROOT, "%016x.%08x", number, first);
        return prefix(origin, backup) + last;
    }
}

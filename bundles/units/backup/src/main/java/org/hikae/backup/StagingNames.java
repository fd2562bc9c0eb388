package org.hikae.backup;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.hikae.api.fs.FileEntry;

/**
 * The names of the hidden folders of restores onto disks, {@code .hikae-restore-NUMBER}: one that no restore of this platform has,
 * which alone writes its disks, was left by one that came to a sudden end. Thread-safe.
 */
final class StagingNames {

    private static final String PREFIX = ".hikae-restore-";
    private static final Pattern NAME = Pattern.compile(Pattern.quote(PREFIX) + "[0-9a-f]{16}");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Of the whole platform: a job goes on though the unit that has started it was replaced. */
    private static final Set<String> USED = ConcurrentHashMap.newKeySet();

    private StagingNames() {}

    /** A name that nobody has, until it is given back. */
    static String take() {
        while (true) {
            String name = PREFIX + HexFormat.of().toHexDigits(RANDOM.nextLong());
            if (USED.add(name)) {
                return name;
            }
        }
    }

    static void giveBack(String name) {
        USED.remove(name);
    }

    /** Whether this file in the root of a disk is one that was left. */
    static boolean isLeft(String name) {
        return NAME.matcher(name).matches() && !USED.contains(name);
    }

    /** Whether a file is such a folder or in one, whoever's: a generation may have been made while there was one. */
    static boolean isIn(FileEntry file) {
        int end = file.path().indexOf('/', 1);
        String first = file.path().substring(1, end < 0 ? file.path().length() : end);
        return NAME.matcher(first).matches();
    }
}

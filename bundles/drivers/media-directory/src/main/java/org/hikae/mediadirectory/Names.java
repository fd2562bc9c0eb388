package org.hikae.mediadirectory;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** Names of objects, which are paths below the medium's folder: nothing in them can lead out of it. */
final class Names {

    static final int MAX_PARTS = 4;

    private static final Pattern PART = Pattern.compile("[A-Za-z0-9@_-][A-Za-z0-9@._-]{0,99}");

    private Names() {}

    /** @throws IllegalArgumentException if it is not a name */
    static String check(String name) {
        String[] parts = name.split("/", -1);
        if (parts.length > MAX_PARTS) {
            throw new IllegalArgumentException("not a name of an object: " + name);
        }
        for (String part : parts) {
            if (!isPart(part)) {
                throw new IllegalArgumentException("not a name of an object: " + name);
            }
        }
        return name;
    }

    static boolean isPart(String part) {
        return PART.matcher(part).matches();
    }

    /** The name of a file below the folder. */
    static String of(Path folder, Path file) {
        StringBuilder name = new StringBuilder();
        for (Path part : folder.relativize(file)) {
            name.append(name.length() == 0 ? "" : "/").append(part);
        }
        return name.toString();
    }
}

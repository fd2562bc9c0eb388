package org.hikae.files.center.common;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of objects that are not what others know: those of common bytes, and forms of objects without these. */
final class CommonName {

    /** No client can be called that. */
    private static final String FOLDER = "files/@common/";

    static final String ALL = "files/";

    private static final Pattern FORM = Pattern.compile("(.+)\\.s([1-9][0-9]{0,17})");
    private static final int HEX = 32;

    private CommonName() {}

    /** Whether all objects begin with that. */
    static boolean isAll(String prefix) {
        return ALL.startsWith(prefix);
    }

    static String common(UUID id) {
        return String.format(
                Locale.ROOT, "%s%016x%016x", FOLDER, id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    /** The id of an object of common bytes. */
    static Optional<UUID> common(String name) {
        if (!name.startsWith(FOLDER)) {
            return Optional.empty();
        }
        String hex = name.substring(FOLDER.length());
        if (hex.length() != HEX || !hex.matches("[0-9a-f]+")) {
            return Optional.empty();
        }
        return Optional.of(
                new UUID(Long.parseUnsignedLong(hex, 0, HEX / 2, 16), Long.parseUnsignedLong(hex, HEX / 2, HEX, 16)));
    }

    /** An object, and which of its forms. */
    record Form(String name, long number) {}

    static String form(String name, long number) {
        return name + ".s" + number;
    }

    static Optional<Form> form(String name) {
        Matcher form = FORM.matcher(name);
        return form.matches() ? Optional.of(new Form(form.group(1), Long.parseLong(form.group(2)))) : Optional.empty();
    }
}

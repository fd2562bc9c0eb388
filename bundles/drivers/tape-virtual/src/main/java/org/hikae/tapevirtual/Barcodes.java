package org.hikae.tapevirtual;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/** Barcodes of cartridges, which are the names of their files. */
final class Barcodes {

    private static final Pattern BARCODE = Pattern.compile("[A-Z0-9_-]{1,32}");
    private static final int LONGEST = 32;
    /** Six characters and the generation of the medium, as on real cartridges. */
    private static final int NUMBERED = 6;

    private static final String GENERATION = "L9";
    private static final int PREFIX = 3;

    private Barcodes() {}

    /** The barcode for the name of a file, whatever it is; those of different names differ, but for upper and lower case. */
    static String of(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        if (BARCODE.matcher(upper).matches()) {
            return upper;
        }
        String sum = String.format(Locale.ROOT, "-%08X", checksum(name));
        String readable = upper.replaceAll("[^A-Z0-9_-]", "_");
        return readable.substring(0, Math.min(readable.length(), LONGEST - sum.length())) + sum;
    }

    /** The barcode of a blank cartridge, such as {@code HK0001L9}. */
    static String of(String prefix, int number) {
        int digits = Math.max(1, NUMBERED - prefix.length());
        return String.format(Locale.ROOT, "%s%0" + digits + "d%s", prefix, number, GENERATION);
    }

    /** What the barcodes of a library begin with, so that those of two libraries hardly are the same. */
    static String prefix(Path folder) {
        String alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        long sum = checksum(folder.toString());
        StringBuilder prefix = new StringBuilder();
        for (int i = 0; i < PREFIX; i++) {
            // A letter first.
            int choices = i == 0 ? 24 : alphabet.length();
            prefix.append(alphabet.charAt((int) (sum % choices)));
            sum /= choices;
        }
        return prefix.toString();
    }

    private static long checksum(String text) {
        CRC32C sum = new CRC32C();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return sum.getValue();
    }
}

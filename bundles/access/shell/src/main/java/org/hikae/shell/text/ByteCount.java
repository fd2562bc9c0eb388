package org.hikae.shell.text;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes as people write it: {@code 4096}, {@code 4KiB}, {@code 1.5GiB}, {@code 100MB}.
 *
 * <p>{@code MB} is 10^6 bytes, {@code MiB} is 2^20. Numbers are shown in the latter kind.
 */
public record ByteCount(long bytes) {

    private static final Pattern PATTERN = Pattern.compile("([0-9]{1,30}(?:\\.[0-9]{1,30})?) ?([A-Za-z]*)");
    private static final List<String> DECIMAL = List.of("b", "kb", "mb", "gb", "tb", "pb", "eb");
    private static final List<String> BINARY = List.of("b", "kib", "mib", "gib", "tib", "pib", "eib");
    private static final List<String> SHOWN = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB");

    /** @throws IllegalArgumentException if it is not a whole number of bytes that fits into a {@code long} */
    public static ByteCount parse(String text) {
        Matcher matcher = PATTERN.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a size such as 4096, 4KiB, 1.5GiB or 100MB");
        }
        BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(unit(matcher.group(2), text));
        if (bytes.stripTrailingZeros().scale() > 0) {
            throw new IllegalArgumentException("'" + text + "' is not a whole number of bytes");
        } else if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("'" + text + "' is too large; the largest size is 2^63 - 1 bytes");
        }
        return new ByteCount(bytes.longValueExact());
    }

    private static BigDecimal unit(String unit, String text) {
        String lower = unit.isEmpty() ? "b" : unit.toLowerCase(Locale.ROOT);
        if (BINARY.contains(lower)) {
            return BigDecimal.valueOf(1024).pow(BINARY.indexOf(lower));
        } else if (DECIMAL.contains(lower)) {
            return BigDecimal.valueOf(1000).pow(DECIMAL.indexOf(lower));
        } else if (DECIMAL.contains(lower + "b")) {
            throw new IllegalArgumentException("'" + text + "' may mean two things; write " + unit
                    + "iB (powers of 1024) or " + unit + "B (powers of 1000)");
        }
        throw new IllegalArgumentException("'" + unit + "' in '" + text + "' is not a unit such as KiB, MiB, kB or MB");
    }

    /** Three digits, or four below 1024 of a unit: {@code 512 B}, {@code 4 KiB}, {@code 1.5 GiB}, {@code 1023 MiB}. */
    public static String show(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1023.5 && unit < SHOWN.size() - 1) {
            value /= 1024;
            unit++;
        }
        return Digits.three(value) + " " + SHOWN.get(unit);
    }

    /** As {@link #show(long)}; a dash for a negative number, which stands for "not known". */
    public static String showOrDash(long bytes) {
        return bytes < 0 ? "-" : show(bytes);
    }
}

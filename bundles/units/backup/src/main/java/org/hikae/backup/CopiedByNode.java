package org.hikae.backup;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Who copied how much, as a text: {@code n1 1.2 GiB, n2 300 MiB}. */
final class CopiedByNode {

    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB");

    private CopiedByNode() {}

    /**
     * @param bytes by name of the node
     * @return null if nobody copied anything
     */
    static String text(Map<String, Long> bytes) {
        return bytes.isEmpty()
                ? null
                : bytes.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> entry.getKey() + " " + size(entry.getValue()))
                        .collect(Collectors.joining(", "));
    }

    /** Three digits, or four below 1024 of a unit, as all sizes are shown. */
    private static String size(long bytes) {
        int unit = 0;
        double number = bytes;
        while (number >= 1023.5 && unit < UNITS.size() - 1) {
            number /= 1024;
            unit++;
        }
        MathContext digits = new MathContext(number >= 999.5 ? 4 : 3, RoundingMode.HALF_UP);
        String text =
                BigDecimal.valueOf(number).round(digits).stripTrailingZeros().toPlainString();
        return text + " " + UNITS.get(unit);
    }
}

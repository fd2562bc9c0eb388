package org.hikae.shell.command;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import org.hikae.shell.text.ByteRate;
import org.hikae.shell.text.Times;

/**
 * A value of a job's result, for people: the job's unit chose the name, whose ending tells what kind of number it is.
 *
 * @param name in words, without the ending
 */
record ResultValue(String name, String text) {

    static ResultValue of(String name, Object value) {
        if (value instanceof Long number) {
            if (name.endsWith("BytesPerSecond") || name.equals("bytesPerSecond")) {
                return new ResultValue(words(name, "BytesPerSecond"), ByteRate.show(number));
            } else if (name.endsWith("Bytes") || name.equals("bytes")) {
                return new ResultValue(words(name, "Bytes"), Details.exactly(number));
            } else if (name.endsWith("Nanos") || name.equals("nanos")) {
                return new ResultValue(words(name, "Nanos"), Times.show(Duration.ofNanos(number)));
            }
        } else if (value instanceof Double number && !number.isNaN() && !number.isInfinite()) {
            BigDecimal rounded = BigDecimal.valueOf(number).setScale(3, RoundingMode.HALF_UP);
            return new ResultValue(words(name, ""), rounded.toPlainString());
        }
        return new ResultValue(words(name, ""), value == null ? null : value.toString());
    }

    private static String words(String name, String ending) {
        String kept = name.endsWith(ending) ? name.substring(0, name.length() - ending.length()) : name;
        return kept.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}

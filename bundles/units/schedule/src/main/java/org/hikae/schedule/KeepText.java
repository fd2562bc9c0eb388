package org.hikae.schedule;

import java.util.HashMap;
import java.util.Map;
import org.hikae.api.backup.Retention;

/** A {@link Retention} as configurations have it: {@code last=7,daily=14}. */
final class KeepText {

    private KeepText() {}

    /** @throws IllegalArgumentException if it cannot be understood: says why */
    static Retention parse(String text) {
        Map<String, Integer> numbers = new HashMap<>();
        for (String part : text.split(",", -1)) {
            String[] both = part.strip().split("=", -1);
            boolean right = both.length == 2 && Retention.REASONS.contains(both[0]) && both[1].matches("[0-9]{1,9}");
            if (!right || numbers.put(both[0], Integer.parseInt(both[1])) != null) {
                throw new IllegalArgumentException("what is kept, '" + text + "', cannot be understood at '" + part
                        + "': write, for instance, last=7,daily=14; known are " + String.join(", ", Retention.REASONS));
            }
        }
        return Retention.of(numbers);
    }
}

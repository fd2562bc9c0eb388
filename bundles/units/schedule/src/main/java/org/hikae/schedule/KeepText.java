package org.hikae.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hikae.api.backup.Retention;

/** A {@link Retention} as configurations have it: {@code last=7,daily=14}. */
final class KeepText {

    private static final List<String> REASONS = List.of("last", "hourly", "daily", "weekly", "monthly", "yearly");

    private KeepText() {}

    static String of(Retention keep) {
        List<Integer> numbers =
                List.of(keep.last(), keep.hourly(), keep.daily(), keep.weekly(), keep.monthly(), keep.yearly());
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < REASONS.size(); i++) {
            if (numbers.get(i) > 0) {
                parts.add(REASONS.get(i) + "=" + numbers.get(i));
            }
        }
        return String.join(",", parts);
    }

    /** @throws IllegalArgumentException if it cannot be understood: says why */
    static Retention parse(String text) {
        Map<String, Integer> numbers = new HashMap<>();
        for (String part : text.split(",", -1)) {
            String[] both = part.strip().split("=", -1);
            boolean right = both.length == 2 && REASONS.contains(both[0]) && both[1].matches("[0-9]{1,9}");
            if (!right || numbers.put(both[0], Integer.parseInt(both[1])) != null) {
                throw new IllegalArgumentException("what is kept, '" + text + "', cannot be understood at '" + part
                        + "': write, for instance, last=7,daily=14; known are " + String.join(", ", REASONS));
            }
        }
        List<Integer> all =
                REASONS.stream().map(reason -> numbers.getOrDefault(reason, 0)).toList();
        return new Retention(all.get(0), all.get(1), all.get(2), all.get(3), all.get(4), all.get(5));
    }
}

package org.hikae.api.backup;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which generations of a disk to keep: the newest of each of the last so many hours, days, weeks (from Monday), months and
 * years in which there are any, by the platform's time zone; and the last so many whatever their time. 0: none for that reason.
 * The newest of all is always kept.
 */
public record Retention(int last, int hourly, int daily, int weekly, int monthly, int yearly) {

    /** What people call the reasons, in the order of the numbers. */
    public static final List<String> REASONS = List.of("last", "hourly", "daily", "weekly", "monthly", "yearly");

    public Retention {
        if (last < 0 || hourly < 0 || daily < 0 || weekly < 0 || monthly < 0 || yearly < 0) {
            throw new IllegalArgumentException("a number of generations to keep is negative");
        }
        if (last + 0L + hourly + daily + weekly + monthly + yearly == 0) {
            throw new IllegalArgumentException("nothing is said of what to keep");
        }
    }

    /**
     * @param numbers by reason; 0 for one that is not there
     * @throws IllegalArgumentException if a number is negative, or all are 0
     */
    public static Retention of(Map<String, Integer> numbers) {
        List<Integer> all =
                REASONS.stream().map(reason -> numbers.getOrDefault(reason, 0)).toList();
        return new Retention(all.get(0), all.get(1), all.get(2), all.get(3), all.get(4), all.get(5));
    }

    /** All numbers by reason, in their order, those of 0 too. */
    public Map<String, Integer> numbers() {
        List<Integer> all = List.of(last, hourly, daily, weekly, monthly, yearly);
        Map<String, Integer> numbers = new LinkedHashMap<>();
        REASONS.forEach(reason -> numbers.put(reason, all.get(numbers.size())));
        return numbers;
    }

    /** As people write it: {@code last=7,daily=14}. */
    public String text() {
        return numbers().entrySet().stream()
                .filter(each -> each.getValue() > 0)
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(","));
    }
}

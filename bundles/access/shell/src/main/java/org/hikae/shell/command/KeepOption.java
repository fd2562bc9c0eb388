package org.hikae.shell.command;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hikae.api.backup.Retention;
import org.hikae.shell.call.UsageException;
import org.hikae.shell.text.Json;

/** Which generations to keep, as people write it: {@code last=7,daily=14,monthly=12}. */
final class KeepOption {

    static final List<String> REASONS = List.of("last", "hourly", "daily", "weekly", "monthly", "yearly");

    private static final String EXAMPLE = "last=7,daily=14";

    private KeepOption() {}

    /** @throws UsageException if a reason is unknown or given twice, a number is none, or nothing is to be kept */
    static Retention parse(List<String> texts) throws UsageException {
        Map<String, Integer> numbers = new HashMap<>();
        for (String text : texts) {
            String[] parts = text.split("=", 2);
            if (numbers.put(reason(parts[0]), number(parts)) != null) {
                throw new UsageException("--keep has two numbers for " + parts[0]);
            }
        }
        if (numbers.values().stream().allMatch(number -> number == 0)) {
            throw new UsageException("--keep says of nothing that it is to be kept; write, for instance, " + EXAMPLE);
        }
        List<Integer> all =
                REASONS.stream().map(reason -> numbers.getOrDefault(reason, 0)).toList();
        return new Retention(all.get(0), all.get(1), all.get(2), all.get(3), all.get(4), all.get(5));
    }

    /** As {@link #parse} takes it; null for null. */
    static String show(Retention keep) {
        return keep == null
                ? null
                : numbers(keep).entrySet().stream()
                        .filter(each -> each.getValue() > 0)
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .collect(Collectors.joining(","));
    }

    /** By reason, those of 0 too. */
    private static Map<String, Integer> numbers(Retention keep) {
        List<Integer> numbers =
                List.of(keep.last(), keep.hourly(), keep.daily(), keep.weekly(), keep.monthly(), keep.yearly());
        Map<String, Integer> byReason = new LinkedHashMap<>();
        REASONS.forEach(reason -> byReason.put(reason, numbers.get(byReason.size())));
        return byReason;
    }

    /** Null for null. */
    static Json json(Retention keep) {
        if (keep == null) {
            return null;
        }
        Json json = new Json();
        numbers(keep).forEach((reason, number) -> json.put(reason, number));
        return json;
    }

    private static String reason(String text) throws UsageException {
        if (!REASONS.contains(text)) {
            throw new UsageException("--keep knows no '" + text + "'; it knows " + String.join(", ", REASONS));
        }
        return text;
    }

    private static int number(String[] parts) throws UsageException {
        if (parts.length < 2 || !parts[1].matches("[0-9]{1,9}")) {
            throw new UsageException(
                    "--keep needs a whole number for " + parts[0] + "; write, for instance, " + parts[0] + "=7");
        }
        return Integer.parseInt(parts[1]);
    }
}

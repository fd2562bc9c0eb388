package org.hikae.shell.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hikae.api.backup.Retention;
import org.hikae.shell.call.UsageException;
import org.hikae.shell.text.Json;

/** Which generations to keep, as people write it: {@code last=7,daily=14,monthly=12}. */
final class KeepOption {

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
        return Retention.of(numbers);
    }

    /** Null for null. */
    static Json json(Retention keep) {
        if (keep == null) {
            return null;
        }
        Json json = new Json();
        keep.numbers().forEach((reason, number) -> json.put(reason, number));
        return json;
    }

    private static String reason(String text) throws UsageException {
        if (!Retention.REASONS.contains(text)) {
            throw new UsageException(
                    "--keep knows no '" + text + "'; it knows " + String.join(", ", Retention.REASONS));
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

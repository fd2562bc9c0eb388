package org.hikae.files.center;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hikae.api.backup.Retention;
import org.hikae.api.files.TransferWindow;
import org.hikae.api.files.center.Conditions;

/**
 * What is configured of the center, or of one client.
 *
 * @param conditions null: none of its own
 * @param keep how long runs are kept; null: for ever, or as those of all clients
 */
record Rule(Conditions conditions, Retention keep) {

    static final int TRANSFERS = 4;
    static final Conditions USUAL = new Conditions(List.of(), TRANSFERS, List.of(), 0, 0);

    private static final String WINDOWS = "windows";
    private static final String TRANSFERS_AT_ONCE = "transfers";
    private static final String RATES = "rates";
    private static final String FREE_SPACE = "freeSpace";
    private static final String LOAD = "load";
    private static final String KEEP = "keep";

    /** As a configuration has it. */
    Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        if (conditions != null) {
            properties.put(
                    WINDOWS, conditions.windows().stream().map(WindowText::show).toArray(String[]::new));
            properties.put(TRANSFERS_AT_ONCE, conditions.transfers());
            properties.put(
                    RATES,
                    conditions.rates().stream()
                            .map(rate -> WindowText.show(rate.when()) + "=" + rate.bytesPerSecond())
                            .toArray(String[]::new));
            properties.put(FREE_SPACE, conditions.freeSpace());
            properties.put(LOAD, conditions.load());
        }
        properties.put(KEEP, keep == null ? "" : keep.text());
        return properties;
    }

    /** @throws IllegalArgumentException if it makes no sense: says what is wrong */
    static Rule of(Map<String, Object> properties) {
        boolean own = List.of(WINDOWS, TRANSFERS_AT_ONCE, RATES, FREE_SPACE, LOAD).stream()
                .anyMatch(properties::containsKey);
        return new Rule(own ? conditions(properties) : null, keep(text(properties.get(KEEP))));
    }

    private static Conditions conditions(Map<String, Object> properties) {
        long transfers = number(properties, TRANSFERS_AT_ONCE, TRANSFERS).longValue();
        long free = number(properties, FREE_SPACE, 0).longValue();
        double load = number(properties, LOAD, 0).doubleValue();
        if (transfers < 1 || transfers > Integer.MAX_VALUE || free < 0 || !(load >= 0)) {
            throw new IllegalArgumentException("at least one transfer at once, and no negative free space or load");
        }
        List<TransferWindow> windows =
                texts(properties.get(WINDOWS)).stream().map(WindowText::parse).toList();
        List<Conditions.Rate> rates =
                texts(properties.get(RATES)).stream().map(Rule::rate).toList();
        return new Conditions(windows, (int) transfers, rates, free, load);
    }

    private static Conditions.Rate rate(String text) {
        int equals = text.lastIndexOf('=');
        try {
            long bytes =
                    equals < 0 ? 0 : Long.parseLong(text.substring(equals + 1).strip());
            if (bytes >= 1) {
                return new Conditions.Rate(WindowText.parse(text.substring(0, equals)), bytes);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a rate: use WINDOW=BYTES_PER_SECOND", e);
        }
        throw new IllegalArgumentException("'" + text + "' is not a rate: use WINDOW=BYTES_PER_SECOND");
    }

    private static Retention keep(String text) {
        if (text.isBlank()) {
            return null;
        }
        Map<String, Integer> numbers = new HashMap<>();
        for (String each : text.split(",", -1)) {
            String[] parts = each.strip().split("=", -1);
            boolean known = parts.length == 2 && Retention.REASONS.contains(parts[0]);
            if (!known || numbers.put(parts[0], Integer.parseInt(parts[1])) != null) {
                throw new IllegalArgumentException("'" + text + "' does not say what to keep: use last=7,daily=14");
            }
        }
        return Retention.of(numbers);
    }

    private static Number number(Map<String, Object> properties, String name, Number otherwise) {
        Object value = properties.get(name);
        if (value == null || value instanceof Number) {
            return value == null ? otherwise : (Number) value;
        }
        try {
            return Double.parseDouble(value.toString());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is no number: " + value, e);
        }
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }

    /** An array, a collection, or one text. */
    private static List<String> texts(Object value) {
        List<String> texts = new ArrayList<>();
        if (value instanceof Collection<?> all) {
            all.forEach(each -> texts.add(each.toString()));
        } else if (value != null && value.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                texts.add(Array.get(value, i).toString());
            }
        } else if (!text(value).isBlank()) {
            texts.add(text(value));
        }
        return texts;
    }
}

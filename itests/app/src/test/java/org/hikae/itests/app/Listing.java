package org.hikae.itests.app;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What {@code generation list --json} tells. */
final class Listing {

    private static final Pattern BEGIN = Pattern.compile("(?=\"id\"\\s*:)");
    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\"\\s*:\\s*(\"[^\"]*\"|[-\\w.]+)");
    private static final String LAST = "problem";

    private Listing() {}

    /** The simple fields of each generation, by its id. */
    static Map<String, Map<String, String>> of(String json) {
        Map<String, Map<String, String>> all = new TreeMap<>();
        for (String part : BEGIN.split(json)) {
            Map<String, String> fields = new LinkedHashMap<>();
            for (MatchResult field : (Iterable<MatchResult>) FIELD.matcher(part).results()::iterator) {
                fields.put(field.group(1), field.group(2).replace("\"", ""));
            }
            if (fields.containsKey("id")) {
                all.put(fields.get("id"), fields);
            }
        }
        return all;
    }

    /** What a generation says of itself, wherever it lies and whoever asks: all up to {@code problem}. */
    static Map<String, Map<String, String>> ofThemselves(String json) {
        Map<String, Map<String, String>> all = of(json);
        all.replaceAll((id, fields) -> {
            List<String> names = List.copyOf(fields.keySet());
            Map<String, String> own = new LinkedHashMap<>(fields);
            own.keySet().retainAll(names.subList(0, names.indexOf(LAST) + 1));
            return own;
        });
        return all;
    }
}

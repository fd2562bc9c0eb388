package org.hikae.backup;

import java.util.EnumMap;
import java.util.Map;

/** Counts what could not be restored of files, by kind, with the first of each kind as the example. */
final class Unrestored {

    /** What the target's place, or the platform's rights, may not allow. */
    enum Kind {
        FILES("unrestoredFiles", "files and directories"),
        OWNERS("unrestoredOwners", "owners"),
        MODES("unrestoredModes", "modes"),
        TIMES("unrestoredTimes", "times"),
        EXTENDED_ATTRIBUTES("unrestoredExtendedAttributes", "extended attributes"),
        SPECIAL_FILES("unrestoredSpecialFiles", "special files"),
        HARD_LINKS("unrestoredHardLinks", "hard links, which became files of their own");

        private final String field;
        private final String words;

        Kind(String field, String words) {
            this.field = field;
            this.words = words;
        }
    }

    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private final Map<Kind, String> examples = new EnumMap<>(Kind.class);

    /**
     * @param path of the file in the generation
     * @param why in a few words
     */
    void add(Kind kind, String path, String why) {
        counts.merge(kind, 1L, Long::sum);
        examples.putIfAbsent(kind, path + ": " + why);
    }

    /** Adds a count for each kind that there is, and a sentence of all, to a job's result. */
    void addTo(Map<String, Object> result) {
        if (counts.isEmpty()) {
            return;
        }
        counts.forEach((kind, count) -> result.put(kind.field, count));
        result.put("warning", sentence());
    }

    /** All kinds that were met, with how many of each. */
    String sentence() {
        StringBuilder sentence = new StringBuilder("not all could be restored:");
        String separator = " ";
        for (Map.Entry<Kind, Long> entry : counts.entrySet()) {
            Kind kind = entry.getKey();
            sentence.append(separator).append(entry.getValue()).append(' ').append(kind.words);
            sentence.append(" (such as ").append(examples.get(kind)).append(')');
            separator = ", ";
        }
        return sentence.toString();
    }
}

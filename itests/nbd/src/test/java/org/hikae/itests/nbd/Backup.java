package org.hikae.itests.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a backup tells of itself.
 *
 * @param json the job, as the command prints it
 */
record Backup(String json) {

    /** What a backup takes. */
    enum Kind {
        FULL("full"),
        DIFFERENTIAL("differential", "--differential");

        private final String text;
        private final List<String> options;

        Kind(String text, String... options) {
            this.text = text;
            this.options = List.of(options);
        }

        List<String> options() {
            return options;
        }

        /** A full one first, and then what changed. */
        static Kind ofRound(int round) {
            return round == 0 ? FULL : DIFFERENTIAL;
        }
    }

    void assertIs(Kind kind) {
        assertThat(json)
                .contains("\"kind\": \"" + kind.text + '"')
                .doesNotContain("allBecause", "trackingProblem", "warning");
    }

    String generation() {
        return value("generation", "\"([^\"]+)\"");
    }

    long storedBytes() {
        return Long.parseLong(value("storedBytes", "(\\d+)"));
    }

    long loggedBlocks() {
        return Long.parseLong(value("loggedBlocks", "(\\d+)"));
    }

    private String value(String field, String pattern) {
        Matcher matcher = Pattern.compile('"' + field + "\": " + pattern).matcher(json);
        assertThat(matcher.find()).as("%s in %s", field, json).isTrue();
        return matcher.group(1);
    }
}

package org.hikae.shell.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimilarTest {

    private static final List<String> VERBS = List.of("add", "list", "info", "remove");

    @ParameterizedTest
    @CsvSource({"lst, list", "lsit, list", "ad, add", "adds, add", "rm, ", "remove-disk, remove", "rem, remove", "x, "})
    void findsWhatWasMeant(String word, String meant) {
        assertThat(Similar.to(word, VERBS)).isEqualTo(meant == null ? List.of() : List.of(meant));
    }

    @Test
    void countsStepsBetweenWords() {
        assertThat(Similar.distance("", "abc")).isEqualTo(3);
        assertThat(Similar.distance("list", "lsit")).isEqualTo(1);
        assertThat(Similar.distance("kitten", "sitting")).isEqualTo(3);
    }
}

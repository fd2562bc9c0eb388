package org.hikae.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
    private static final List<String> COMMANDS =
            List.of("hikae:disk", "hikae:node", "hikae:backup", "felix:disc", "hikae:complete");

    @ParameterizedTest
    @CsvSource({"disc,disk", "dsik,disk", "Disk,disk", "backups,backup", "nod,node"})
    void theNearestIsOffered(String name, String meant) {
        assertThat(Suggestion.forUnknown(name, COMMANDS)).endsWith("Did you mean " + meant + "?");
    }

    @ParameterizedTest
    @CsvSource({"xyz", "'disk list'", "d", "''"})
    void nothingIsOfferedThatIsFar(String name) {
        assertThat(Suggestion.forUnknown(name, COMMANDS)).endsWith("; there are backup, disk, node");
    }

    @Test
    void distancesCountLetters() {
        assertThat(Suggestion.distance("", "abc")).isEqualTo(3);
        assertThat(Suggestion.distance("abcd", "abdc")).isEqualTo(1);
        assertThat(Suggestion.distance("kitten", "sitting")).isEqualTo(3);
    }
}

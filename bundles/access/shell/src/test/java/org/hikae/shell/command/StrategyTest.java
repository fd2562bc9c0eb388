package org.hikae.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import org.hikae.api.log.LogStrategy;
import org.hikae.api.log.Overload;
import org.hikae.shell.command.Platform.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Choosing log strategies: what is not given stays as it was. */
class StrategyTest {

    private final Platform platform = Platform.filled();

    private Outcome choose(String options) {
        Outcome outcome =
                platform.run("bilog", ("strategy data" + (options.isEmpty() ? "" : " " + options)).split(" ", -1));
        assertThat(outcome.message()).isNull();
        return outcome;
    }

    private LogStrategy chosen() {
        return platform.logs.strategy("data");
    }

    private static LogStrategy strategy(String gather, String place, String medium, Overload overload) {
        return new LogStrategy(gather, place, medium, overload);
    }

    @Test
    void eachChoiceLeavesTheOthersAlone() {
        choose("--gather per-node");
        choose("--log-medium m1");
        choose("--overload hold-writes --hold-limit 5min");
        choose("--place medium");
        Overload fiveMinutes = Overload.holdWrites(Duration.ofMinutes(5));
        assertThat(chosen()).isEqualTo(strategy("per-node", "medium", "m1", fiveMinutes));
        choose("--gather central --log-medium -");
        assertThat(chosen()).isEqualTo(strategy("central", "medium", null, fiveMinutes));
        assertThat(platform.logs.strategies).containsOnlyKeys("data");
        choose("--reset");
        assertThat(platform.logs.strategies).isEmpty();
    }

    @Test
    void theLimitStaysUntilAnotherIsGiven() {
        choose("--overload hold-writes");
        assertThat(chosen().overload()).isEqualTo(Overload.holdWrites(Overload.USUAL_LIMIT));
        choose("--hold-limit 1");
        assertThat(chosen().overload()).isEqualTo(Overload.holdWrites(Duration.ofSeconds(1)));
        choose("--overload hold-writes");
        assertThat(chosen().overload()).isEqualTo(Overload.holdWrites(Duration.ofSeconds(1)));
        choose("--hold-limit 1h");
        assertThat(chosen().overload()).isEqualTo(Overload.holdWrites(Duration.ofHours(1)));
        choose("--overload fail-backup");
        assertThat(chosen().overload()).isEqualTo(Overload.FAIL_BACKUP);
        choose("--overload hold-writes");
        assertThat(chosen().overload()).isEqualTo(Overload.holdWrites(Overload.USUAL_LIMIT));
    }

    @Test
    void whatOthersBringCanBeChosen() {
        Outcome outcome = choose("--gather their-own --place their-place --log-medium m1");
        assertThat(chosen()).isEqualTo(strategy("their-own", "their-place", "m1", Overload.FAIL_BACKUP));
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void whatNobodyBringsIsRefusedAndNothingIsStored() {
        Outcome outcome = platform.run("bilog", "strategy", "data", "--gather", "nobodys");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.message()).contains("there is no log gathering nobodys");
        assertThat(platform.run("bilog", "strategy", "--log-medium", "none").exit())
                .isEqualTo(1);
        assertThat(platform.logs.strategies).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "overlay, a log that is laid over lies on the backup's own medium: m1 is not used until --place separate is chosen",
        "medium, a log that is kept at its place lies on the backup's own medium: m1 is not used until --place separate is"
                + " chosen",
        "separate, ''"
    })
    void aMediumThatIsNotUsedIsTold(String place, String note) {
        Outcome outcome = choose("--log-medium m1 --place " + place);
        assertThat(outcome.err().strip()).isEqualTo(note);
        assertThat(chosen().logMedium()).isEqualTo("m1");
    }

    @Test
    void theListingHasIt() throws IOException {
        choose("--overload hold-writes --hold-limit 90s --gather per-node");
        assertThat(platform.run("bilog", "strategy", "data").out())
                .isEqualTo(
                        """
                        DISK  GATHER    PLACE    LOG MEDIUM      OVERLOAD         CHOSEN
                        data  per-node  overlay  (the backup's)  hold-writes 90s  yes
                        """);
        JsonNode json = new ObjectMapper()
                .readTree(platform.run("bilog", "strategy", "--json").out());
        assertThat(json.at("/1/overload").asText()).isEqualTo("hold-writes");
        assertThat(json.at("/1/holdLimitSeconds").asLong()).isEqualTo(90);
        assertThat(json.at("/0/overload").asText()).isEqualTo("fail-backup");
        assertThat(json.at("/0/holdLimitSeconds").isNull()).isTrue();
    }
}

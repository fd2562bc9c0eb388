package org.hikae.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hikae.api.media.Layout;
import org.hikae.api.media.LogPlace;
import org.hikae.rules.Setup.Gathering;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every order in which guests on two nodes, two workers, the log manager, the backup, losses, joins and faults can take their
 * steps on two blocks, in every way of keeping the log: what is sealed is the disk of T0, a backup fails for good reasons
 * alone, every write goes through, and nothing hangs (R6-R9, I1).
 */
class DailyRunTest {

    private static final boolean LONG = Boolean.getBoolean("hikae.long");

    /** A way of keeping the log. */
    record Kept(Gathering gathering, LogPlace place, Layout layout) {

        Setup setup() {
            return new Setup(gathering, place, layout);
        }
    }

    /** Where the log is kept apart until the end, the layout makes no difference to the order of things. */
    static Stream<Kept> ways() {
        List<Kept> all = new ArrayList<>();
        for (Gathering gathering : Gathering.values()) {
            for (LogPlace place : LogPlace.values()) {
                for (Layout layout : Layout.values()) {
                    if (LONG || layout == Layout.PACKED || place == LogPlace.MEDIUM) {
                        all.add(new Kept(gathering, place, layout));
                    }
                }
            }
        }
        return all.stream();
    }

    private static Search.Result assertRight(Setup setup) {
        Search.Result result = new Search(setup).run();
        assertThat(result.problem()).as("%s: %s", setup, result).isEmpty();
        assertThat(result.sealed()).as("%s: ends that are sealed", setup).isPositive();
        return result;
    }

    @ParameterizedTest
    @MethodSource("ways")
    void whatIsSealedIsTheDiskOfT0(Kept way) {
        Search.Result result = assertRight(way.setup());
        assertThat(result.failed()).isZero();
        assertRight(way.setup().oneFrame());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aNodeThatIsLostFailsOnlyABackupWhoseLogItHad(Kept way) {
        Search.Result result = assertRight(
                way.setup().writes(List.of(Blocks.FIRST), List.of(Blocks.FIRST)).kills(1));
        assertThat(result.failed() > 0).isEqualTo(way.gathering() == Gathering.PER_NODE);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aNodeThatJoinsInMidBackupLogsFromItsFirstWrite(Kept way) {
        Search.Result result = assertRight(way.setup().joins());
        assertThat(result.failed()).isZero();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void whatCannotBeLoggedFailsTheBackupAndNoWrite(Kept way) {
        Search.Result result = assertRight(
                way.setup().writes(List.of(Blocks.FIRST), List.of(Blocks.FIRST)).faults(1));
        assertThat(result.failed()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void whatIsNotWantedIsNotInTheWay(Kept way) {
        assertRight(way.setup().wants(Blocks.FIRST));
    }

    @ParameterizedTest
    @MethodSource("ways")
    @EnabledIfSystemProperty(named = "hikae.long", matches = "true")
    void allAtOnce(Kept way) {
        assertRight(way.setup().kills(1).faults(1));
        assertRight(way.setup().joins().kills(1));
        assertRight(way.setup().writes(List.of(Blocks.BOTH), List.of(Blocks.FIRST, Blocks.SECOND)));
    }
}

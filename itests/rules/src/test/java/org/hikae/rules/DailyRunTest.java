package org.hikae.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hikae.api.media.Layout;
import org.hikae.api.media.LogPlace;
import org.hikae.rules.Setup.Gathering;
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

    static Stream<Kept> ways() {
        List<Kept> all = new ArrayList<>();
        for (Gathering gathering : Gathering.values()) {
            for (LogPlace place : LogPlace.values()) {
                for (Layout layout : Layout.values()) {
                    all.add(new Kept(gathering, place, layout));
                }
            }
        }
        return all.stream();
    }

    private static Search.Result assertRight(Setup setup) {
        long start = System.nanoTime();
        Search.Result result = new Search(setup).run();
        System.err.println(
                setup + ": " + result.states() + " states, " + (System.nanoTime() - start) / 1000000 + " ms");
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
        assertThat(result.failed() > 0).isEqualTo(way.gathering == Gathering.PER_NODE);
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
}

package org.hikae.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.hikae.api.log.LogStrategy;
import org.hikae.api.log.Overload;
import org.hikae.api.media.MediumStatus;
import org.junit.jupiter.api.Test;

/** Where the log goes of a backup to a medium that is no place for it (a.5). */
class LogChoiceTest {

    private static final MediumStatus TAPE = medium("tape", null);
    private static final MediumStatus DISK = medium("n", null, "overwrite", "random_read");
    private static final MediumStatus FIRST = medium("a", null, "random_read");
    private static final MediumStatus BROKEN = medium("0", "it is gone", "random_read");
    private static final MediumStatus OTHER_TAPE = medium("1", null);
    private static final Overload HOLD = Overload.holdWrites(Duration.ofSeconds(9));

    private static MediumStatus medium(String name, String problem, String... capabilities) {
        return new MediumStatus(name, "x", "/" + name, -1, -1, List.of(capabilities), problem);
    }

    private static LogChoice choose(MediumStatus medium, String place, String logMedium) throws IOException {
        return LogChoice.of(
                medium,
                new LogStrategy("per-node", place, logMedium, HOLD),
                List.of(BROKEN, OTHER_TAPE, TAPE, DISK, FIRST));
    }

    @Test
    void whatCanBeHadIsTaken() throws IOException {
        for (String place : List.of("overlay", "separate", "medium", "theirs")) {
            LogChoice choice = choose(DISK, place, null);
            assertThat(choice.strategy()).isEqualTo(new LogStrategy("per-node", place, null, HOLD));
            assertThat(choice.because()).isNull();
        }
        assertThat(choose(TAPE, "separate", "1").strategy().logMedium()).isEqualTo("1");
        assertThat(choose(TAPE, "separate", "1").because()).isNull();
        assertThat(choose(TAPE, "theirs", null).strategy().place()).isEqualTo("theirs");
    }

    @Test
    void besideATapeItIsKeptApartOnTheFirstMediumThatServes() throws IOException {
        for (String place : List.of("overlay", "separate")) {
            LogChoice choice = choose(TAPE, place, null);
            assertThat(choice.strategy()).isEqualTo(new LogStrategy("per-node", "separate", "a", HOLD));
            assertThat(choice.because())
                    .isEqualTo("the log is kept apart, on medium a, since medium tape cannot be read at any place while"
                            + " the copy streams to it");
        }
        assertThat(choose(TAPE, "separate", "tape").strategy().logMedium()).isEqualTo("a");
    }

    @Test
    void theMediumThatWasNamedOnceIsTakenIfItServes() throws IOException {
        assertThat(choose(TAPE, "overlay", "n").strategy().logMedium()).isEqualTo("n");
        assertThat(choose(TAPE, "overlay", "1").strategy().logMedium()).isEqualTo("a");
        assertThat(choose(TAPE, "overlay", "0").strategy().logMedium()).isEqualTo("a");
        assertThat(choose(TAPE, "overlay", "gone").strategy().logMedium()).isEqualTo("a");
    }

    @Test
    void withoutOneItIsRefused() {
        assertThatThrownBy(() -> LogChoice.of(TAPE, LogStrategy.DEFAULT, List.of(BROKEN, OTHER_TAPE, TAPE)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("medium 'tape' cannot be read at any place while the copy streams to it")
                .hasMessageContaining("add a medium that has 'random_read'");
    }
}

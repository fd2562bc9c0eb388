package org.hikae.backup;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.hikae.api.media.Layout;
import org.hikae.api.media.MediumStatus;
import org.junit.jupiter.api.Test;

/** What a medium can serve is known before anything is begun. */
class FitTest {

    private static MediumStatus medium(String problem, String... capabilities) {
        return new MediumStatus("m", "directory", "/m", -1, -1, List.of(capabilities), problem);
    }

    @Test
    void whatCanBeOverwrittenServesAll() {
        MediumStatus medium = medium(null, "overwrite", "random_read");
        for (Layout layout : Layout.values()) {
            for (String place : List.of("medium", "separate", "overlay", "of-another-bundle")) {
                assertThatCode(() -> Fit.check(medium, layout, place)).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void whatCanOnlyBeAppendedToServesPackedBackupsWithoutALogAtItsPlace() {
        MediumStatus tape = medium(null, "sequential");
        for (String place : List.of("separate", "overlay", "of-another-bundle")) {
            assertThatCode(() -> Fit.check(tape, Layout.PACKED, place)).doesNotThrowAnyException();
            assertThatThrownBy(() -> Fit.check(tape, Layout.IMAGE, place))
                    .isInstanceOf(IOException.class)
                    .hasMessage("medium 'm' cannot be overwritten in part, which an image takes: use a medium that has"
                            + " 'overwrite' among its capabilities, or take the 'packed' layout");
        }
        assertThatThrownBy(() -> Fit.check(tape, Layout.PACKED, "medium"))
                .isInstanceOf(IOException.class)
                .hasMessage("medium 'm' cannot be overwritten in part, which a log at its place on the backup medium"
                        + " takes: use a medium that has 'overwrite' among its capabilities, or keep the log 'separate'"
                        + " or 'overlay'");
    }

    @Test
    void whatCannotBeUsedServesNothing() {
        assertThatThrownBy(() -> Fit.check(medium("it is not there", "overwrite"), Layout.PACKED, "overlay"))
                .isInstanceOf(IOException.class)
                .hasMessage("medium 'm' cannot be used: it is not there");
    }
}

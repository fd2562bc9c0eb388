package org.hikae.fs.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.hikae.fs.shared.model.History;

/** Histories of all operations, against a simple model. */
class HistoryTest {

    private static final int TRIES = 400;

    @Property(tries = TRIES)
    void theFileSystemIsAsTheModel(@ForAll @Size(max = 120) List<Integer> steps) throws IOException {
        History history = new History(24);
        for (int step : steps) {
            history.step(step);
        }
        history.compare();
        history.remountAndCompare();
    }

    /** R17: whatever moment a crash comes in, the file system is as after some operation, and no file has another's data. */
    @Property(tries = TRIES)
    void aCrashLeavesTheStateAfterSomeOperation(@ForAll @Size(max = 60) List<Integer> steps) throws IOException {
        History history = new History(12);
        for (int step : steps) {
            history.step(step);
            if (step % 5 == 0) {
                history.commit();
            }
            history.compareAfterCrashes();
        }
        assertThat(history.crashes()).isGreaterThanOrEqualTo(steps.size());
    }
}

package org.hikae.block.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.hikae.api.block.BlockSet;
import org.hikae.block.tracking.Lineage.Draft;
import org.hikae.block.tracking.Lineage.Plan;
import org.hikae.block.tracking.TrackingState.Origin;
import org.junit.jupiter.api.Test;

/** Which epochs may be closed, and which of their ends are kept. */
class LineageTest {

    private static final DiskStamp STAMP = new DiskStamp("fs", "1", 1 << 20, "then", "");

    private final Lineage lineage =
            new Lineage(new Origin(Lab.DISK, 4096, new UUID(7, 7), Lab.NOON, "", ""), STAMP, true, 1);

    private void save(int room) {
        save(lineage.draft(List.of(), room), room);
    }

    private void save(Draft draft, int room) {
        List<SavedSet> sets = draft.unsaved().stream()
                .map(piece -> new SavedSet(lineage.nextFile(), piece.epochs()))
                .toList();
        lineage.saved(draft, lineage.state(draft, sets, new Plan(room, 0, null, STAMP, true), List.of()));
    }

    private long closeWithChanges() {
        lineage.add(Piece.of(lineage.current(), BlockSet.range(lineage.current(), 1)));
        return lineage.close();
    }

    @Test
    void noEpochIsClosedThatARestartWouldGoOnWith() {
        assertThat(lineage.room()).as("no state tells of it").isNotPositive();
        save(64);
        assertThat(lineage.room()).isEqualTo(64);
        closeWithChanges();
        assertThat(lineage.room()).isEqualTo(63);
    }

    /** Should the state get into the home and we never hear of it, a restart goes on with the current epoch. */
    @Test
    void whileTheStateOfACleanStopIsWrittenNoEpochIsClosed() {
        save(64);
        Draft draft = lineage.draft(List.of(), 0);
        assertThat(lineage.room()).isZero();
        save(draft, 0);
        assertThat(lineage.room()).isZero();
        save(64);
        assertThat(lineage.room()).isEqualTo(64);
    }

    @Test
    void theEndsOfMarksGenerationsAndBackupsUnderWayAreNeeded() {
        save(64);
        long mark = closeWithChanges();
        long generation = closeWithChanges();
        lineage.unpin(generation);
        lineage.take(generation);
        long underWay = closeWithChanges();
        long failed = closeWithChanges();
        lineage.giveBack(failed);
        assertThat(lineage.draft(List.of(mark), 64).needed()).containsExactly(mark, generation, underWay);
    }

    @Test
    void anEndThatMayBeASealedGenerationsIsNeededAfterACrash() {
        save(64);
        long sealed = closeWithChanges();
        lineage.unpin(sealed);
        assertThat(lineage.draft(List.of(), 64).needed()).containsExactly(0L, sealed);
    }
}

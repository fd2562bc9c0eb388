package org.hikae.node.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.hikae.api.cache.Lease;
import org.hikae.api.cache.LeaseMode;
import org.hikae.api.cache.PageRange;
import org.junit.jupiter.api.Test;

/** Who may rely on what, and when it can be given up. */
class HeldLeasesTest {

    private final HeldLeases held = new HeldLeases();

    private static Lease shared(long first, long end) {
        return new Lease(new PageRange(first, end), LeaseMode.SHARED);
    }

    private static Lease exclusive(long first, long end) {
        return new Lease(new PageRange(first, end), LeaseMode.EXCLUSIVE);
    }

    private void hold(Lease... leases) {
        held.unpin(held.granted(List.of(leases), List.of()));
    }

    @Test
    void whatIsNotHeldCannotBePinned() {
        hold(shared(0, 10));
        assertThat(held.pin(List.of(shared(0, 10)))).isNotNull();
        assertThat(held.pin(List.of(exclusive(0, 10)))).isNull();
        assertThat(held.pin(List.of(shared(5, 11)))).isNull();
    }

    @Test
    void neighboursOfOneModeAreOne() {
        hold(shared(0, 4), exclusive(8, 12), shared(4, 8));
        assertThat(held.all()).containsExactly(shared(0, 8), exclusive(8, 12));
        hold(exclusive(0, 8));
        assertThat(held.all()).containsExactly(exclusive(0, 12));
        hold(shared(2, 6));
        assertThat(held.all()).containsExactly(exclusive(0, 12));
    }

    @Test
    void aRecallWaitsForThoseWhoReliedOnItBefore() {
        hold(exclusive(-1, Long.MAX_VALUE));
        HeldLeases.Pin reader = held.pin(List.of(shared(3, 5)));
        HeldLeases.Pin writer = held.pin(List.of(exclusive(5, 6)));
        HeldLeases.Recall recall = held.recall(new PageRange(4, 8), LeaseMode.SHARED);
        assertThat(held.isFree(recall)).isFalse();
        held.unpin(writer);
        assertThat(held.isFree(recall)).as("a reader is not in its way").isTrue();
        held.unpin(reader);
    }

    @Test
    void nobodyPinsWhatIsBeingCalledBack() {
        hold(exclusive(0, 10));
        HeldLeases.Recall recall = held.recall(new PageRange(4, 8), LeaseMode.EXCLUSIVE);
        assertThat(held.pin(List.of(shared(7, 9)))).isNull();
        assertThat(held.pin(List.of(exclusive(8, 10)))).isNotNull();
        held.keep(recall);
        assertThat(held.pin(List.of(shared(7, 9)))).isNotNull();
    }

    @Test
    void onlyWhatIsNeitherCachedNorReliedOnIsGivenUpBesideWhatIsNeeded() {
        hold(exclusive(-1, Long.MAX_VALUE));
        HeldLeases.Pin pin = held.pin(List.of(exclusive(20, 22)));
        HeldLeases.Recall recall = held.recall(new PageRange(10, 12), LeaseMode.EXCLUSIVE);
        List<PageRange> given = held.giveUp(recall, new PageRange(0, 32), List.of(new PageRange(3, 5)));
        assertThat(given)
                .containsExactly(
                        new PageRange(0, 3),
                        new PageRange(5, 10),
                        new PageRange(10, 12),
                        new PageRange(12, 20),
                        new PageRange(22, 32));
        assertThat(held.all())
                .containsExactly(exclusive(-1, 0), exclusive(3, 5), exclusive(20, 22), exclusive(32, Long.MAX_VALUE));
        held.unpin(pin);
    }

    @Test
    void whatIsGivenUpForReadersStaysShared() {
        hold(exclusive(0, 10));
        HeldLeases.Recall recall = held.recall(new PageRange(4, 6), LeaseMode.SHARED);
        held.giveUp(recall, new PageRange(4, 6), List.of());
        assertThat(held.all()).containsExactly(exclusive(0, 4), shared(4, 6), exclusive(6, 10));
    }

    @Test
    void aGrantThatLacksSomethingIsRefused() {
        assertThatThrownBy(() -> held.granted(List.of(shared(0, 3)), List.of(shared(0, 4))))
                .isInstanceOf(IllegalStateException.class);
    }

    /** Thousands of pages that were written one by one: who reads the file calls back often. */
    @Test
    void manyPartsAreGivenUpInNoTime() {
        hold(exclusive(-1, Long.MAX_VALUE));
        List<PageRange> kept = new ArrayList<>();
        for (long page = 0; page < 40_000; page += 2) {
            kept.add(new PageRange(page, page + 1));
        }
        PageRange all = PageRange.from(0);
        long start = System.nanoTime();
        List<PageRange> given = held.giveUp(held.recall(new PageRange(0, 1), LeaseMode.SHARED), all, kept);
        assertThat(given).hasSize(20_001);
        assertThat(held.all()).hasSize(40_000);
        assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
    }
}

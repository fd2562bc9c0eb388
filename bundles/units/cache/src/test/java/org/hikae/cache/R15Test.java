package org.hikae.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hikae.api.cache.CachedFile;
import org.hikae.api.cache.Lease;
import org.hikae.api.cache.LeaseMode;
import org.hikae.api.cache.PageRange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Dirty data is written out before exclusivity passes, always; then the cached copy is dropped. */
class R15Test {

    private static final CachedFile FILE = new CachedFile("d", 12);
    private static final int PAGE = 4096;

    private final CacheControlUnit control =
            new CacheControlUnit(new SilenceBound(Duration.ZERO, Duration.ZERO, Duration.ZERO), time -> {});
    private final Map<Long, String> disk = new HashMap<>();
    private final CachingNode n1 = new CachingNode("n1");
    private final CachingNode n2 = new CachingNode("n2");

    /** A node that caches what it writes, a page of the file at a time. */
    private final class CachingNode extends ScriptedGate {

        private final Map<Long, String> dirty = new HashMap<>();
        private boolean fails;

        CachingNode(String name) {
            super(name);
            onRecall = this::giveUp;
        }

        private List<PageRange> giveUp(CachedFile file, PageRange needed, PageRange wished, LeaseMode wanted)
                throws IOException {
            if (fails) {
                throw new IOException("the disk does not answer");
            }
            for (long page : List.copyOf(dirty.keySet())) {
                if (needed.contains(new PageRange(page, page + 1))) {
                    disk.put(page, dirty.remove(page));
                }
            }
            return List.of(needed);
        }

        void write(long page, String content) throws IOException {
            acquire(new PageRange(page, page + 1), LeaseMode.EXCLUSIVE);
            dirty.put(page, content);
        }

        void acquire(PageRange pages, LeaseMode mode) throws IOException {
            control.acquire(this, FILE, List.of(new Lease(pages, mode)));
        }
    }

    @BeforeEach
    void admit() {
        control.admit(n1);
        control.admit(n2);
        control.bind((node, incarnation) -> true, Map.of("service.id", 1L));
    }

    @Test
    void r15_whatIsOverwrittenByAnotherNodeThatDiesIsThereAsItWas() throws IOException {
        n1.write(3, "of n1");
        n2.write(3, "of n2, never flushed");
        assertThat(disk).as("written before n2 could overwrite it").containsEntry(3L, "of n1");
        control.lost(n2);
        n1.acquire(new PageRange(3, 4), LeaseMode.SHARED);
        assertThat(disk).containsEntry(3L, "of n1");
    }

    @Test
    void r15_noTwoNodesHaveHalvesOfABlock() throws IOException {
        PageRange first = PageRange.covering(0, 512, PAGE);
        PageRange second = PageRange.covering(512, 512, PAGE);
        n1.acquire(first, LeaseMode.EXCLUSIVE);
        n1.dirty.put(0L, "half of n1");
        n2.acquire(second, LeaseMode.EXCLUSIVE);
        assertThat(disk).containsEntry(0L, "half of n1");
        assertThat(control.traffic().recalls()).isEqualTo(1);
    }

    @Test
    void whoeverReadsSeesWhatWasWrittenLast() throws IOException {
        n1.write(3, "new");
        n2.acquire(new PageRange(0, 100), LeaseMode.SHARED);
        assertThat(disk).containsEntry(3L, "new");
    }

    @Test
    void aHolderThatCannotWriteOutKeepsItAndFailsTheRequestAlone() throws IOException {
        n1.write(3, "precious");
        n1.fails = true;
        assertThatThrownBy(() -> n2.write(3, "x"))
                .hasMessage(
                        "node 'n1' has what node 'n2' needs of the file with inode 12 on disk 'd', and could not give"
                                + " it up: the disk does not answer");
        assertThat(n2.granted).isEmpty();
        control.acquire(n2, new CachedFile("d", 13), List.of(new Lease(PageRange.SIZE, LeaseMode.SHARED)));
        n1.write(3, "still there");
        n1.fails = false;
        n2.write(3, "y");
        assertThat(disk).containsEntry(3L, "still there");
    }

    @Test
    void anUndisturbedWriterAsksOnce() throws IOException {
        n1.write(3, "x");
        assertThat(n1.granted).containsExactly(new Lease(PageRange.ALL, LeaseMode.EXCLUSIVE));
        n2.acquire(new PageRange(1 << 20, 1 << 21), LeaseMode.EXCLUSIVE);
        control.release(n2, FILE);
        assertThat(control.traffic().requests()).isEqualTo(2);
        assertThat(control.traffic().releases()).isEqualTo(1);
        n1.granted.clear();
        n1.write(1 << 20, "x");
        assertThat(n1.granted).as("alone again").containsExactly(new Lease(PageRange.ALL, LeaseMode.EXCLUSIVE));
    }
}

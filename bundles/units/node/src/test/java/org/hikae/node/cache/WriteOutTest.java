package org.hikae.node.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.hikae.api.cache.CachedFile;
import org.hikae.node.testing.Deadline;
import org.hikae.node.testing.TestDevice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WriteOutTest {

    private static final int PAGE = 4096;
    private static final int BOUND = 1 << 20;

    private final AtomicLong time = new AtomicLong();
    private final LoneNode node = new LoneNode();
    private final Counters counters = new Counters();
    /** For whom each look at the clock is seconds later: nothing that failed is left alone. */
    private final PageCache cache = new PageCache("n1", BOUND, () -> time.addAndGet(2_000_000_000L), counters);

    private final TestDevice broken = new TestDevice(BOUND, 512);
    private final TestDevice sound = new TestDevice(8 * BOUND, 512);
    private final WholeDisk onBroken = disk("broken", broken);
    private final WholeDisk onSound = disk("sound", sound);

    private WholeDisk disk(String name, TestDevice device) {
        return node.add(new WholeDisk(CachedFile.disk(name), node, cache, counters, device));
    }

    private static ByteBuffer page() {
        return ByteBuffer.allocate(PAGE).put(0, (byte) 1);
    }

    @BeforeEach
    void start() {
        broken.failing = true;
        Thread thread = new Thread(new WriteOut("n1", cache), "write-out");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void end() {
        cache.close();
    }

    @Test
    void aBrokenDiskTakesRoomFromOthersButFailsNoneOfTheirWrites() throws IOException {
        for (int i = 0; i < 160; i++) {
            onBroken.write(page(), (long) i * PAGE);
        }
        for (int i = 0; i < 2000; i++) {
            onSound.write(page(), (long) i * PAGE);
        }
        onSound.force();
        assertThat(sound.writes(1999L * PAGE / 512)).isOne();
        assertThatThrownBy(onBroken::force).hasMessageContaining("broken");
        broken.failing = false;
        onBroken.force();
        assertThat(cache.dirtyBytes()).isZero();
        assertThat(onBroken.dirtyBytes()).isZero();
    }

    /** Memory that is short for a moment, say: nobody else would write out. */
    @Test
    void anErrorFailsThoseWhoWaitForRoomAndIsOverWithItsCause() throws Exception {
        sound.beforeWrite = () -> {
            throw new OutOfMemoryError("no memory");
        };
        Deadline.meet(Duration.ofSeconds(20), () -> assertThatThrownBy(this::fillMoreThanThereIs)
                .hasMessageContaining("full")
                .hasMessageContaining("no memory"));
        sound.beforeWrite = () -> {};
        Deadline.meet(Duration.ofSeconds(20), this::fillMoreThanThereIs);
    }

    private void fillMoreThanThereIs() throws IOException {
        for (int i = 0; i < 2 * BOUND / PAGE; i++) {
            onSound.write(page(), (long) i * PAGE);
        }
    }

    /** Else two pages that are changed often would be written all the time. */
    @Test
    void whatIsChangedWhileItIsWrittenOutHasItsTimeAgain() throws IOException {
        AtomicLong now = new AtomicLong();
        PageCache other = new PageCache("n1", BOUND, now::get, counters);
        WholeDisk disk = node.add(new WholeDisk(CachedFile.disk("other"), node, other, counters, sound));
        disk.write(page(), 0);
        now.set(6_000_000_000L);
        List<FilePages> due = other.awaitWork();
        assertThat(due).hasSize(1);
        assertThat(due.get(0).nanosLeft(now.get(), 5_000_000_000L)).isEqualTo(5_000_000_000L);
    }
}

package org.hikae.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.hikae.api.disk.Disk;
import org.hikae.api.log.LogReceipt;
import org.hikae.api.log.LogSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One order for T0, tried on a disk of named blocks: what a backup reads, the disk with the before-images of the session over
 * it, is what was there at the instant.
 */
class R4Test {

    private final CacheControlUnit control =
            new CacheControlUnit(new SilenceBound(Duration.ZERO, Duration.ZERO, Duration.ZERO), time -> {});
    private final FakeSession session = new FakeSession();
    private final Disk disk = (Disk) Proxy.newProxyInstance(
            Disk.class.getClassLoader(), new Class<?>[] {Disk.class}, (proxy, method, args) -> "d");

    private final Map<String, String> blocks = new HashMap<>();
    private final Map<String, String> beforeImages = new HashMap<>();
    /** What is dirty in the metadata of the file system, which the manager keeps. */
    private final Map<String, String> metadata = new HashMap<>();
    /** What the changed set of the epoch that ended has, and of the one that began. */
    private final Map<String, Integer> epochOf = new HashMap<>();

    private int epoch;

    private final LoggingNode manager = new LoggingNode("manager");
    private final LoggingNode n1 = new LoggingNode("n1");
    private final LoggingNode n2 = new LoggingNode("n2");

    /** A node with a cache above its door. */
    private class LoggingNode extends ScriptedGate {

        final Map<String, String> dirty = new HashMap<>();
        boolean logs;
        boolean settled;

        LoggingNode(String name) {
            super(name);
        }

        /** The door: tracker, before-image, disk. */
        void write(String block, String content) {
            assertThat(settled).as("a write passes a door that is closed").isFalse();
            epochOf.put(block, epoch);
            if (logs) {
                beforeImages.putIfAbsent(block, blocks.getOrDefault(block, ""));
            }
            blocks.put(block, content);
        }

        @Override
        public void flush(String name) throws IOException {
            dirty.forEach((block, content) -> {
                write(block, content);
                metadata.put("map of " + block, content);
            });
            dirty.clear();
        }

        @Override
        public boolean settle(String name) {
            settled = true;
            return true;
        }

        @Override
        public boolean enter(LogSession entered) throws IOException {
            logs = true;
            return true;
        }

        @Override
        public void release(String name) {
            settled = false;
        }

        @Override
        public LogReceipt leave(LogSession left) {
            logs = false;
            return super.leave(left);
        }
    }

    private String atT0(String block) {
        return beforeImages.getOrDefault(block, blocks.getOrDefault(block, ""));
    }

    @BeforeEach
    void admit() {
        control.admit(manager);
        control.admit(n1);
        control.admit(n2);
    }

    private void begin() throws IOException {
        control.begin(disk, session, () -> epoch++);
    }

    @Test
    void r4_metadataIsCommittedBeforeAnySessionIsOn() throws IOException {
        LoggingNode last = new LoggingNode("of the file system") {
            @Override
            public void commit(String name) {
                metadata.forEach(this::write);
                metadata.clear();
            }
        };
        control.admit(last);
        n1.dirty.put("data", "new");
        metadata.put("directory", "new");
        begin();
        assertThat(beforeImages)
                .as("the commit is not undone by its own before-images")
                .isEmpty();
        assertThat(atT0("directory")).isEqualTo("new");
        assertThat(atT0("map of data"))
                .as("what refers to data that was flushed")
                .isEqualTo("new");
    }

    @Test
    void r4_whatAWriteInFlightMadeDirtyIsInTheImage() throws IOException {
        LoggingNode late = new LoggingNode("late") {
            @Override
            public boolean drain(String name) {
                dirty.put("late", "completed before T0");
                return true;
            }
        };
        control.admit(late);
        begin();
        late.dirty.put("late", "completed after T0");
        late.flush("d");
        assertThat(atT0("late")).isEqualTo("completed before T0");
    }

    @Test
    void r4_aWriteThatRecordedItsRegionIsNotHeldIntoTheNextEpoch() throws IOException {
        LoggingNode slow = new LoggingNode("slow") {
            private boolean recorded;

            @Override
            public void hold(String name, Duration limit) {
                recorded = true;
                epochOf.put("slow", epoch);
            }

            @Override
            public boolean settle(String name) {
                if (recorded) {
                    assertThat(epochOf)
                            .as("it passes the door in the epoch in which it was recorded")
                            .containsEntry("slow", epoch);
                    blocks.put("slow", "written");
                    recorded = false;
                }
                return super.settle(name);
            }
        };
        control.admit(slow);
        begin();
        assertThat(epoch).isEqualTo(1);
        assertThat(epochOf).containsEntry("slow", 0);
        assertThat(atT0("slow")).isEqualTo("written");
    }

    @Test
    void r4_writesAfterTheInstantAreLoggedOnEveryNode() throws IOException {
        blocks.put("a", "old");
        blocks.put("b", "old");
        begin();
        n1.write("a", "new");
        n2.write("b", "new");
        assertThat(atT0("a")).isEqualTo("old");
        assertThat(atT0("b")).isEqualTo("old");
        assertThat(epochOf).containsEntry("a", 1).containsEntry("b", 1);
    }
}

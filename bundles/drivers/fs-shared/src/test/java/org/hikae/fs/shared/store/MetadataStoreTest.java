package org.hikae.fs.shared.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hikae.fs.shared.store.Disks.MIB;
import static org.hikae.fs.shared.store.Disks.key;
import static org.hikae.fs.shared.store.Disks.value;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.block.BlockDevice;
import org.hikae.fs.shared.testing.MemoryDevice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetadataStoreTest {

    private MemoryDevice device;

    @BeforeEach
    void format() throws IOException {
        device = Disks.formatted(32 * MIB, 2 * MIB);
    }

    @Test
    void whatWasClosedIsThereWhenItIsOpenedAgain() throws IOException {
        try (MetadataStore store = Disks.open(device)) {
            Disks.put(store, Table.INODES, 0, 1000, 100);
            Disks.put(store, Table.NAMES, 5, 10, 40);
        }
        try (MetadataStore store = Disks.open(device)) {
            assertThat(Disks.all(store, Table.INODES)).hasSize(1000).containsEntry(7L, ByteBuffer.wrap(value(7, 100)));
            assertThat(Disks.all(store, Table.NAMES)).hasSize(10);
            assertThat(Disks.all(store, Table.FREE)).isEmpty();
        }
    }

    @Test
    void whatWasCommittedIsThereThoughItWasNotClosed() throws IOException {
        MetadataStore store = Disks.open(device);
        Disks.put(store, Table.INODES, 0, 10, 100);
        store.commit();
        store.change(changes -> {
            changes.remove(Table.INODES, key(3));
            return null;
        });
        store.commit();
        Disks.put(store, Table.INODES, 10, 1, 100);
        MemoryDevice afterCrash = device.copy();
        store.close();

        try (MetadataStore again = Disks.open(afterCrash)) {
            assertThat(Disks.all(again, Table.INODES).keySet()).containsExactly(0L, 1L, 2L, 4L, 5L, 6L, 7L, 8L, 9L);
        }
    }

    @Test
    void findsNeighbours() throws IOException {
        try (MetadataStore store = Disks.open(device)) {
            Disks.put(store, Table.EXTENTS, 10, 1, 1);
            Disks.put(store, Table.EXTENTS, 20, 1, 1);
            Disks.put(store, Table.EXTENTS, -1, 1, 1);
            store.read(view -> {
                assertThat(view.ceiling(Table.EXTENTS, key(10)).key()).isEqualTo(key(10));
                assertThat(view.ceiling(Table.EXTENTS, key(11)).key()).isEqualTo(key(20));
                assertThat(view.ceiling(Table.EXTENTS, key(21)).key()).isEqualTo(key(-1));
                assertThat(view.floor(Table.EXTENTS, key(19)).key()).isEqualTo(key(10));
                assertThat(view.floor(Table.EXTENTS, key(20)).key()).isEqualTo(key(20));
                assertThat(view.floor(Table.EXTENTS, key(9))).isNull();
                assertThat(view.ceiling(Table.NAMES, key(0))).isNull();
                assertThat(view.get(Table.EXTENTS, key(11))).isNull();
                return null;
            });
        }
    }

    @Test
    void aScanEndsWhenItsVisitorHasEnough() throws IOException {
        try (MetadataStore store = Disks.open(device)) {
            Disks.put(store, Table.INODES, 0, 100, 10);
            List<Long> seen = new ArrayList<>();
            store.read(view -> {
                view.scan(Table.INODES, key(50), (key, value) -> {
                    seen.add(ByteBuffer.wrap(key).getLong());
                    return seen.size() < 3;
                });
                return null;
            });
            assertThat(seen).containsExactly(50L, 51L, 52L);
        }
    }

    @Test
    void aTransactionThatThrowsHasChangedNothing() throws IOException {
        try (MetadataStore store = Disks.open(device)) {
            Disks.put(store, Table.INODES, 0, 10, 100);
            long used = store.usedBytes();

            assertThatThrownBy(() -> store.change(changes -> {
                        changes.put(Table.INODES, key(3), value(99, 50));
                        changes.remove(Table.INODES, key(4));
                        changes.put(Table.INODES, key(4), value(1, 7));
                        changes.put(Table.INODES, key(11), value(11, 50));
                        assertThat(changes.get(Table.INODES, key(4))).hasSize(7);
                        throw new IOException("on purpose");
                    }))
                    .hasMessage("on purpose");

            assertThat(Disks.all(store, Table.INODES)).hasSize(10).containsEntry(4L, ByteBuffer.wrap(value(4, 100)));
            assertThat(store.usedBytes()).isEqualTo(used);
        }
    }

    @Test
    void readOnlyShowsWhatTheJournalSaysAndWritesNothing() throws IOException {
        MetadataStore store = Disks.open(device);
        Disks.put(store, Table.INODES, 0, 10, 100);
        store.commit();
        MemoryDevice afterCrash = new MemoryDevice(device.size(), 4096) {
            @Override
            public void write(ByteBuffer src, long offset) {
                throw new AssertionError("a write at " + offset);
            }

            @Override
            public void zero(long offset, long length) {
                throw new AssertionError("a write at " + offset);
            }

            @Override
            public void read(ByteBuffer dst, long offset) throws IOException {
                device.read(dst, offset);
            }
        };

        try (MetadataStore again = Disks.openReadOnly(afterCrash)) {
            assertThat(Disks.all(again, Table.INODES)).hasSize(10);
            assertThatThrownBy(() -> again.change(changes -> null)).isInstanceOf(NonWritableChannelException.class);
        }
        store.close();
    }

    @Test
    void aTransactionLongerThanTheJournalIsDurableAfterCommit() throws IOException {
        MetadataStore store = Disks.open(device);
        store.change(changes -> {
            for (int number = 0; number < 3; number++) {
                changes.put(Table.ATTRIBUTES, key(number), value(number, MetadataStore.LONGEST_VALUE));
            }
            return null;
        });
        store.commit();
        MemoryDevice afterCrash = device.copy();
        store.close();

        try (MetadataStore again = Disks.open(afterCrash)) {
            assertThat(Disks.all(again, Table.ATTRIBUTES)).hasSize(3);
        }
    }

    @Test
    void aDiskThatFailsIsNotWrittenAnyMore() throws IOException {
        FailingDevice failing = new FailingDevice(device);
        MetadataStore store = Disks.open(failing);
        Disks.put(store, Table.INODES, 0, 10, 100);
        store.commit();
        failing.broken = true;
        Disks.put(store, Table.INODES, 10, 10, 100);

        assertThatThrownBy(store::commit).hasMessage("no more");
        failing.broken = false;
        assertThatThrownBy(store::commit).hasMessageContaining("mount it again");
        assertThatThrownBy(() -> Disks.put(store, Table.INODES, 30, 1, 1)).hasMessageContaining("mount it again");
        store.close();

        try (MetadataStore again = Disks.open(failing)) {
            assertThat(Disks.all(again, Table.INODES)).hasSizeBetween(10, 20);
        }
    }

    @Test
    void useAfterCloseThrows() throws IOException {
        MetadataStore store = Disks.open(device);
        store.close();
        store.close();

        assertThatThrownBy(store::commit).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> store.read(view -> null)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> store.change(changes -> null)).isInstanceOf(ClosedChannelException.class);
    }

    /** Writes until it is told to fail. */
    private static final class FailingDevice extends MemoryDevice {

        private final BlockDevice below;
        private boolean broken;

        FailingDevice(BlockDevice below) {
            super(below.size(), below.blockSize());
            this.below = below;
        }

        @Override
        public void read(ByteBuffer dst, long offset) throws IOException {
            below.read(dst, offset);
        }

        @Override
        public void write(ByteBuffer src, long offset) throws IOException {
            if (broken) {
                throw new IOException("no more");
            }
            below.write(src, offset);
        }
    }
}

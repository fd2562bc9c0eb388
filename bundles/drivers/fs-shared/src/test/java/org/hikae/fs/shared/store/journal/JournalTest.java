package org.hikae.fs.shared.store.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fs.shared.store.Table;
import org.hikae.fs.shared.store.region.Span;
import org.hikae.fs.shared.testing.MemoryDevice;
import org.junit.jupiter.api.Test;

class JournalTest {

    private final MemoryDevice device = new MemoryDevice(64 << 10, 4096);
    private final Journal journal = journal();
    private final List<String> done = new ArrayList<>();

    @Test
    void doesAgainWhatCameAfterTheCheckpointInOrder() throws IOException {
        journal.append(operations("a", 10), 5);
        journal.append(operations("b", 9000), 6);
        journal.append(operations("c", 10), 7);

        assertThat(journal().replay(4, target())).isEqualTo(7);
        assertThat(done).containsExactly("put a 10", "remove a", "put b 9000", "remove b", "put c 10", "remove c");
    }

    @Test
    void whatIsLeftFromBeforeTheCheckpointIsNothing() throws IOException {
        journal.append(operations("a", 9000), 5);
        journal.append(operations("b", 10), 6);
        journal.reset();
        journal.append(operations("c", 10), 8);

        assertThat(journal().replay(7, target())).isEqualTo(8);
        assertThat(done).containsExactly("put c 10", "remove c");
    }

    @Test
    void aRecordThatIsMissingIsRefused() throws IOException {
        journal.append(operations("a", 10), 5);
        journal.append(operations("b", 10), 6);
        journal.append(operations("c", 10), 7);
        device.zero(4096, 4096);

        assertThatThrownBy(() -> journal().replay(4, target()))
                .isInstanceOf(FileSystemRefusedException.class)
                .hasMessageContaining("record 6 is missing");
    }

    /** An older checkpoint than the one that let the journal begin anew. */
    @Test
    void aCheckpointThatIsTooOldIsRefused() throws IOException {
        journal.append(operations("a", 10), 9);

        assertThatThrownBy(() -> journal().replay(4, target())).isInstanceOf(FileSystemRefusedException.class);
    }

    @Test
    void aRecordThatWasNotWrittenToItsEndIsNothingButItsNumberIsUsed() throws IOException {
        journal.append(operations("a", 10), 5);
        journal.append(operations("b", 9000), 6);
        device.zero(4096 + 512, 512);

        assertThat(journal().replay(4, target())).isEqualTo(6);
        assertThat(done).containsExactly("put a 10", "remove a");
    }

    @Test
    void knowsWhatFits() throws IOException {
        int count = 0;
        while (journal.fits(operations("x", 3000))) {
            journal.append(operations("x", 3000), ++count);
        }
        assertThat(count).isEqualTo(16);
        assertThat(journal.taken()).isEqualTo(journal.size());
        assertThat(journal().replay(0, target())).isEqualTo(16);
    }

    private Journal journal() {
        return new Journal(new Span(device, 0, device.size(), 4096), new UUID(1, 2));
    }

    private static Operations operations(String key, int length) {
        Operations operations = new Operations();
        operations.put(Table.NAMES, key.getBytes(StandardCharsets.UTF_8), new byte[length]);
        operations.remove(Table.FREE, key.getBytes(StandardCharsets.UTF_8));
        return operations;
    }

    private Operations.Target target() {
        return new Operations.Target() {
            @Override
            public void put(Table table, byte[] key, byte[] value) {
                assertThat(table).isEqualTo(Table.NAMES);
                done.add("put " + text(key) + " " + value.length);
            }

            @Override
            public void remove(Table table, byte[] key) {
                assertThat(table).isEqualTo(Table.FREE);
                done.add("remove " + text(key));
            }
        };
    }

    private static String text(byte[] key) {
        return StandardCharsets.UTF_8.decode(ByteBuffer.wrap(key)).toString();
    }
}

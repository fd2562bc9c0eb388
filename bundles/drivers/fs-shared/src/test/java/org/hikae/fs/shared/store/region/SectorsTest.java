package org.hikae.fs.shared.store.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.UUID;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fs.shared.testing.MemoryDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SectorsTest {

    private static final int SECTOR = 512;
    private final MemoryDevice device = new MemoryDevice(64 << 10, 4096);
    private final Span span = new Span(device, 0, device.size(), 4096);
    private final Sectors sectors = new Sectors("journal", new UUID(1, 2));

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 487, 488, 489, 3904, 3905, 50_000})
    void readsWhatWasWritten(int length) throws IOException {
        byte[] content = content(length);
        sectors.write(span, 4096, 17, ByteBuffer.wrap(content));

        Sectors.Message message = sectors.read(span, 4096).orElseThrow();

        assertThat(message.number()).isEqualTo(17);
        assertThat(message.content()).isEqualTo(content);
        assertThat(message.bytes()).isEqualTo(Sectors.bytes(length));
        assertThat(length).isLessThanOrEqualTo(Sectors.longest(Sectors.bytes(length)));
    }

    @Test
    void whereNothingWasWrittenIsNothing() throws IOException {
        assertThat(sectors.read(span, 0)).isEmpty();
        assertThat(sectors.highest(span, 0)).isEqualTo(-1);
    }

    /** Whichever of its sectors are missing, over whatever was there before. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isNotWholeWithoutEachOfItsSectors(boolean overAnother) throws IOException {
        if (overAnother) {
            sectors.write(span, 0, 3, ByteBuffer.wrap(content(9000)));
        }
        MemoryDevice before = device.copy();
        sectors.write(span, 0, 4, ByteBuffer.wrap(content(6000)));
        int count = (int) (Sectors.bytes(6000) / SECTOR);
        for (int missing = 0; missing < count; missing++) {
            MemoryDevice torn = device.copy();
            ByteBuffer old = ByteBuffer.allocate(SECTOR);
            before.read(old, (long) missing * SECTOR);
            torn.write(old.flip(), (long) missing * SECTOR);
            Span there = new Span(torn, 0, torn.size(), 4096);

            assertThat(sectors.read(there, 0).filter(Sectors.Message::isWhole)).isEmpty();
            assertThat(sectors.highest(there, 0)).isEqualTo(4);
        }
    }

    @Test
    void isRefusedWithAnyBitThatIsWrong() throws IOException {
        sectors.write(span, 0, 4, ByteBuffer.wrap(content(1000)));
        for (long bit = 0; bit < Sectors.bytes(1000) * Byte.SIZE; bit += 3) {
            device.flip(bit / Byte.SIZE, (int) (bit % Byte.SIZE));
            assertThatThrownBy(() -> sectors.read(span, 0)).isInstanceOf(FileSystemRefusedException.class);
            device.flip(bit / Byte.SIZE, (int) (bit % Byte.SIZE));
        }
        assertThat(sectors.read(span, 0)).isPresent();
    }

    @Test
    void anotherFileSystemsIsRefused() throws IOException {
        new Sectors("journal", new UUID(3, 4)).write(span, 0, 4, ByteBuffer.wrap(content(10)));

        assertThatThrownBy(() -> sectors.read(span, 0))
                .isInstanceOf(FileSystemRefusedException.class)
                .hasMessageContaining("journal (block 0)");
        assertThat(sectors.highest(span, 0)).isEqualTo(-1);
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }
}

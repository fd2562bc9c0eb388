package org.hikae.media.medium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.hikae.api.media.spi.PlacedWriter;
import org.hikae.media.testing.MemoryDriver;
import org.junit.jupiter.api.Test;

/** Room for a buffer on media. */
class RoomsTest {

    private final MemoryDriver a = new MemoryDriver();
    private final MemoryDriver b = new MemoryDriver();
    private final TestMedia media = new TestMedia(new UUID(1, 1));
    private final Rooms rooms = new Rooms(media);

    @Test
    void lastsAsLongAsItsMedium() throws IOException {
        media.add("b", b, "");
        PlacedWriter room = rooms.open("b", 10);
        assertThat(room.length()).isEqualTo(10);
        room.write(ByteBuffer.wrap(new byte[] {1, 2}), 3);
        ByteBuffer read = ByteBuffer.allocate(4);
        room.read(read, 2);
        assertThat(read.array()).containsExactly(0, 1, 2, 0);
        assertThat(b.names()).isEmpty();
        // It can be removed.
        media.handle("b").endUses();
        media.stop("b");
        assertThatThrownBy(() -> room.read(ByteBuffer.allocate(1), 0)).hasMessageContaining("its driver went away");
        assertThatThrownBy(() -> room.write(ByteBuffer.allocate(1), 0)).hasMessageContaining("its driver went away");
        room.close();
        assertThat(b.names()).isEmpty();
    }

    @Test
    void twoDoNotMeet() throws IOException {
        media.add("b", b, "");
        try (PlacedWriter one = rooms.open("b", 1);
                PlacedWriter two = rooms.open("b", 1)) {
            one.write(ByteBuffer.wrap(new byte[] {1}), 0);
            ByteBuffer read = ByteBuffer.allocate(1);
            two.read(read, 0);
            assertThat(read.get(0)).isZero();
        }
    }

    @Test
    void takesAMediumThatCanBeOverwritten() throws IOException {
        a.overwritable = false;
        media.add("a", a, "").add("b", b, "");
        assertThatThrownBy(() -> rooms.open("a", 10)).hasMessageContaining("cannot be overwritten in part");
        assertThatThrownBy(() -> rooms.open("none", 10)).hasMessageContaining("no medium 'none'");
        assertThatThrownBy(() -> rooms.open("b", 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theUsualOneIsTheFirstThatCanBeUsed() throws IOException {
        assertThat(rooms.usual()).isNull();
        MemoryDriver tape = new MemoryDriver();
        tape.id = new UUID(4, 4);
        media.add("z", b, "")
                .add("0", tape, "")
                .add("c", new MemoryDriver(), "")
                .add("a", a, "");
        assertThat(rooms.usual()).isEqualTo("a");
        a.overwritable = false;
        assertThat(rooms.usual()).isEqualTo("c");
        media.stop("c");
        assertThat(rooms.usual()).isEqualTo("z");
        b.fault = what -> {
            throw new IOException("Input/output error");
        };
        assertThat(rooms.usual()).isNull();
    }
}

package org.hikae.files.center.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.spi.ObjectWriter;
import org.junit.jupiter.api.Test;

/** An object without what others have too is read as it was, or it is said that it cannot be. */
class SlimFormTest {

    private final Map<String, byte[]> objects = new HashMap<>();
    private int open;
    private int mostOpen;
    private final long seed = Long.getLong("hikae.seed", System.nanoTime());
    private final Random random = new Random(seed);

    /** Of these objects, which can be read alone. */
    private final class Objects implements Medium {

        @Override
        public List<MediumObject> list(String prefix) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ObjectWriter create(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ObjectReader open(String name) throws IOException {
            if (!objects.containsKey(name)) {
                throw new NoSuchFileException(name);
            }
            mostOpen = Math.max(mostOpen, ++open);
            return reader(objects.get(name), () -> open--);
        }

        @Override
        public void delete(String name) {
            objects.remove(name);
        }

        @Override
        public void discardUncommitted() {}

        @Override
        public void close() {}
    }

    private static ObjectReader reader(byte[] bytes) {
        return reader(bytes, () -> {});
    }

    private static ObjectReader reader(byte[] bytes, Runnable whenClosed) {
        return new ObjectReader() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public void read(ByteBuffer dst, long position) throws IOException {
                if (position > bytes.length - dst.remaining()) {
                    throw new EOFException();
                }
                dst.put(bytes, (int) position, dst.remaining());
            }

            @Override
            public void close() {
                whenClosed.run();
            }
        };
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private void common(UUID id, byte[] content) {
        ByteBuffer head = CommonFile.head(id);
        byte[] all = Arrays.copyOf(head.array(), CommonFile.HEAD + content.length);
        System.arraycopy(content, 0, all, CommonFile.HEAD, content.length);
        objects.put(CommonName.common(id), all);
    }

    /** An object whose pieces were cut out at random. */
    private record Made(byte[] whole, SlimForm form, byte[] stored) {}

    private Made make() {
        byte[] whole = bytes(random.nextInt(5000));
        List<UUID> ids = List.of(new UUID(random.nextLong(), 1), new UUID(random.nextLong(), 2));
        List<byte[]> commons = List.of(bytes(6000), bytes(6000));
        List<Cut> cuts = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.allocate(whole.length);
        for (int at = 0; at < whole.length; ) {
            int length = 1 + random.nextInt(Math.min(600, whole.length - at));
            if (random.nextBoolean()) {
                int which = random.nextInt(2);
                int offset = at + random.nextInt(500);
                System.arraycopy(whole, at, commons.get(which), offset, length);
                cuts.add(new Cut(at, length, ids.get(which), offset));
                // What overlaps there is other bytes now: it is the whole that is read from there.
            } else {
                rest.put(whole, at, length);
            }
            at += length;
        }
        for (int i = 0; i < ids.size(); i++) {
            common(ids.get(i), commons.get(i));
        }
        for (Cut cut : cuts) {
            byte[] from = commons.get(ids.indexOf(cut.common()));
            System.arraycopy(from, (int) cut.offset(), whole, (int) cut.position(), cut.length());
        }
        SlimForm form = new SlimForm(whole.length, cuts);
        byte[] end = new byte[form.encode().remaining()];
        form.encode().get(end);
        byte[] stored = Arrays.copyOf(rest.array(), rest.position() + end.length);
        System.arraycopy(end, 0, stored, rest.position(), end.length);
        return new Made(whole, form, stored);
    }

    @Test
    void itIsReadAsItWas() throws IOException {
        for (int i = 0; i < 200; i++) {
            Made made = make();
            SlimForm form = SlimForm.read(reader(made.stored));
            assertThat(form).as("-Dhikae.seed=" + seed).isEqualTo(made.form);
            try (SlimReader reader = new SlimReader(new Objects(), reader(made.stored), form)) {
                assertThat(reader.isWhole()).isTrue();
                assertThat(reader.length()).isEqualTo(made.whole.length);
                for (int n = 0; n < 30; n++) {
                    int from = random.nextInt(made.whole.length + 1);
                    int to = from + random.nextInt(made.whole.length - from + 1);
                    ByteBuffer read = ByteBuffer.allocate(to - from);
                    reader.read(read, from);
                    assertThat(read.array()).isEqualTo(Arrays.copyOfRange(made.whole, from, to));
                }
                assertThatThrownBy(() -> reader.read(ByteBuffer.allocate(1), made.whole.length))
                        .isInstanceOf(EOFException.class);
            }
        }
    }

    @Test
    void whatIsDamagedOrCutOffIsNoticed() {
        for (int i = 0; i < 20; i++) {
            Made made = make();
            int end = made.form.encode().remaining();
            for (int at = made.stored.length - end; at < made.stored.length; at++) {
                byte[] damaged = made.stored.clone();
                damaged[at] ^= (byte) (1 << random.nextInt(8));
                assertThatThrownBy(() -> SlimForm.read(reader(damaged)))
                        .as("-Dhikae.seed=" + seed)
                        .isInstanceOf(DamagedFormException.class);
            }
            byte[] shorter = Arrays.copyOf(made.stored, random.nextInt(made.stored.length));
            assertThatThrownBy(() -> SlimForm.read(reader(shorter))).isInstanceOf(DamagedFormException.class);
        }
    }

    @Test
    void ofManyThatItLiesInFewAreOpen() throws IOException {
        List<Cut> cuts = new ArrayList<>();
        byte[] whole = bytes(10 * 5 * SlimReader.OPEN);
        for (int at = 0; at < whole.length; at += 10) {
            UUID id = new UUID(1, at);
            common(id, Arrays.copyOfRange(whole, at, at + 10));
            cuts.add(new Cut(at, 10, id, 0));
        }
        try (SlimReader reader = new SlimReader(new Objects(), reader(new byte[0]), new SlimForm(whole.length, cuts))) {
            for (int i = 0; i < 2; i++) {
                ByteBuffer read = ByteBuffer.allocate(whole.length);
                reader.read(read, 0);
                assertThat(read.array()).isEqualTo(whole);
            }
        }
        assertThat(mostOpen).isEqualTo(SlimReader.OPEN);
        assertThat(open).isZero();
    }

    @Test
    void whatIsGoneIsSaidAndTheRestIsRead() throws IOException {
        UUID id = new UUID(3, 4);
        common(id, bytes(100));
        SlimForm form = new SlimForm(150, List.of(new Cut(50, 100, id, 0)));
        byte[] rest = bytes(50);
        try (SlimReader reader = new SlimReader(new Objects(), reader(rest), form)) {
            objects.clear();
            assertThat(reader.isWhole()).isFalse();
            ByteBuffer read = ByteBuffer.allocate(50);
            reader.read(read, 0);
            assertThat(read.array()).isEqualTo(rest);
            assertThatThrownBy(() -> reader.read(ByteBuffer.allocate(1), 50))
                    .hasMessageContaining(CommonName.common(id));
        }
    }

    @Test
    void anotherObjectUnderItsNameIsNotTakenForIt() {
        UUID id = new UUID(3, 4);
        common(new UUID(3, 5), bytes(100));
        objects.put(CommonName.common(id), objects.get(CommonName.common(new UUID(3, 5))));
        assertThatThrownBy(() -> CommonFile.open(new Objects(), id)).isInstanceOf(DamagedFormException.class);
    }

    @Test
    void namesAreTold() {
        UUID id = new UUID(-1, 5);
        assertThat(CommonName.common(CommonName.common(id))).contains(id);
        assertThat(CommonName.common("files/@common/xyz")).isEmpty();
        assertThat(CommonName.form(CommonName.form("files/a/b/1.2", 12)))
                .contains(new CommonName.Form("files/a/b/1.2", 12));
        assertThat(CommonName.form("files/a/b/0000000000000001.00000000")).isEmpty();
        assertThat(CommonName.form("files/a/b/runs.0000000000000001")).isEmpty();
    }
}

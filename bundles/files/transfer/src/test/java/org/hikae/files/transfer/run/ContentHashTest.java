package org.hikae.files.transfer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ContentHashTest {
    private static final int BLOCK = ContentHash.BLOCK;

    private final Random random = new Random(Long.getLong("hikae.seed", 1));

    private static byte[] sha256(byte[] bytes) {
        return RunDigest.sha256().digest(bytes);
    }

    @Test
    void holesAreZeros() {
        byte[] content = new byte[200_000];
        random.nextBytes(content);
        Arrays.fill(content, 10, 100_000, (byte) 0);
        Arrays.fill(content, 150_000, content.length, (byte) 0);
        ContentHash hash = new ContentHash();
        hash.add(0, ByteBuffer.wrap(content, 0, 10));
        hash.add(100_000, ByteBuffer.wrap(content, 100_000, 1));
        hash.add(100_001, ByteBuffer.wrap(content, 100_001, 49_999));
        assertThat(hash.finish(content.length)).isEqualTo(sha256(content));
    }

    @Test
    void nothingAtAll() {
        assertThat(new ContentHash().finish(0)).isEqualTo(sha256(new byte[0]));
        assertThat(new ContentHash().finish(3)).isEqualTo(sha256(new byte[3]));
        assertThat(new ContentHash().finish(BLOCK - 1)).isEqualTo(sha256(new byte[BLOCK - 1]));
    }

    /** As the page of the format has it, from the whole content. */
    private static byte[] model(byte[] content) {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        TreeMap<Long, Long> places = new TreeMap<>();
        for (int at = 0; at < content.length; at += BLOCK) {
            int end = Math.min(content.length, at + BLOCK);
            boolean zero = end - at == BLOCK && Arrays.equals(Arrays.copyOfRange(content, at, end), new byte[BLOCK]);
            if (!zero) {
                rest.write(content, at, end - at);
                continue;
            }
            var last = places.lastEntry();
            if (last != null && last.getKey() + last.getValue() == at) {
                places.put(last.getKey(), last.getValue() + BLOCK);
            } else {
                places.put((long) at, (long) BLOCK);
            }
        }
        if (places.isEmpty()) {
            return sha256(content);
        }
        ByteBuffer table = ByteBuffer.allocate(16 * places.size());
        places.forEach((offset, length) -> table.putLong(offset).putLong(length));
        byte[] hash = sha256(ByteBuffer.allocate(72)
                .put(sha256(rest.toByteArray()))
                .put(sha256(table.array()))
                .putLong(content.length)
                .array());
        for (int i = 0; i < hash.length; i++) {
            hash[i] = (byte) ~hash[i];
        }
        return hash;
    }

    @Test
    void zerosAndHolesAreTheSameWhereverPiecesAreCut() {
        for (int round = 0; round < 60; round++) {
            byte[] content = content();
            byte[] expected = model(content);
            for (int way = 0; way < 4; way++) {
                assertThat(hash(content, way % 2 == 0))
                        .as("round %d, %d bytes", round, content.length)
                        .isEqualTo(expected);
            }
        }
    }

    private byte[] content() {
        byte[] content = new byte
                [random.nextInt(5) * BLOCK
                        + List.of(0, 1, 4096, BLOCK - 1, random.nextInt(BLOCK)).get(random.nextInt(5))];
        for (int i = random.nextInt(4); i > 0 && content.length > 0; i--) {
            int from = random.nextInt(content.length) / 4096 * 4096;
            int length = Math.min(
                    content.length - from, List.of(1, 4096, 10_000, BLOCK).get(random.nextInt(4)));
            for (int at = from; at < from + length; at++) {
                content[at] = (byte) random.nextInt();
            }
        }
        return content;
    }

    private byte[] hash(byte[] content, boolean holes) {
        ContentHash hash = new ContentHash();
        int most = List.of(1000, 70_000, 3 * BLOCK).get(random.nextInt(3));
        for (int at = 0; at < content.length; ) {
            int length = Math.min(content.length - at, 1 + random.nextInt(most));
            boolean zero = Arrays.equals(content, at, at + length, new byte[length], 0, length);
            if (!holes || !zero) {
                ByteBuffer piece = ByteBuffer.wrap(content, at, length);
                hash.add(at, random.nextBoolean() ? piece : piece.asReadOnlyBuffer());
                assertThat(piece.position()).isEqualTo(at);
            }
            at += length;
        }
        return hash.finish(content.length);
    }

    /** It would take centuries otherwise. */
    @Test
    void aLongHoleCostsNothingAndItsLengthAndPlaceCount() {
        List<String> hashes = new ArrayList<>();
        for (long hole : new long[] {1L << 62, (1L << 62) + 1, 1L << 40, BLOCK}) {
            ContentHash before = new ContentHash();
            before.add(hole, ByteBuffer.wrap(new byte[] {1, 2}));
            hashes.add(Arrays.toString(before.finish(hole + 2)));
            ContentHash after = new ContentHash();
            after.add(0, ByteBuffer.wrap(new byte[] {1, 2}));
            hashes.add(Arrays.toString(after.finish(hole + 2)));
            hashes.add(Arrays.toString(new ContentHash().finish(hole + 2)));
        }
        assertThat(hashes).doesNotHaveDuplicates();
        assertThat(new ContentHash().finish(Long.MAX_VALUE)).hasSize(ContentHash.LENGTH);
    }

    @Test
    void piecesGoForward() {
        ContentHash hash = new ContentHash();
        hash.add(0, ByteBuffer.allocate(2));
        assertThatThrownBy(() -> hash.add(1, ByteBuffer.allocate(1))).isInstanceOf(IllegalArgumentException.class);
    }
}

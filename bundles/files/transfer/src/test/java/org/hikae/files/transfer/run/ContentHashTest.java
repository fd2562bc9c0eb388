package org.hikae.files.transfer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContentHashTest {
    private static final Random RANDOM = new Random(1);

    private static byte[] sha256(byte[] bytes) {
        return RunDigest.sha256().digest(bytes);
    }

    @Test
    void holesAreZeros() {
        byte[] content = new byte[200_000];
        RANDOM.nextBytes(content);
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
    }

    @Test
    void tooManyHolesDoNotCount() {
        ContentHash hash = new ContentHash();
        hash.add(Long.MAX_VALUE - 10, ByteBuffer.wrap(new byte[] {1, 2}));
        assertThat(hash.finish(Long.MAX_VALUE)).isEqualTo(sha256(new byte[] {1, 2}));
        ContentHash later = new ContentHash(100);
        later.add(0, ByteBuffer.wrap(new byte[] {1}));
        later.add(51, ByteBuffer.wrap(new byte[] {2}));
        later.add(102, ByteBuffer.wrap(new byte[] {3}));
        assertThat(later.finish(104)).isEqualTo(sha256(new byte[] {1, 2, 3}));
    }

    @Test
    void asManyHolesAsCount() {
        ContentHash hash = new ContentHash(100);
        hash.add(50, ByteBuffer.wrap(new byte[] {1}));
        byte[] content = new byte[101];
        content[50] = 1;
        assertThat(hash.finish(101)).isEqualTo(sha256(content));
    }

    @Test
    void piecesGoForward() {
        ContentHash hash = new ContentHash();
        hash.add(0, ByteBuffer.allocate(2));
        assertThatThrownBy(() -> hash.add(1, ByteBuffer.allocate(1))).isInstanceOf(IllegalArgumentException.class);
    }
}

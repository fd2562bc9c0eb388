package org.hikae.fsext.checksum;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ChecksumTest {

    private static final ByteBuffer DIGITS = ByteBuffer.wrap("123456789".getBytes(StandardCharsets.US_ASCII));

    /** The check values that the catalogues of CRCs give. */
    @Test
    void knownValues() {
        assertThat(~Crc32c.update(-1, DIGITS)).isEqualTo(0xE3069283);
        assertThat(Crc16.update(0, DIGITS)).isEqualTo(0xBB3D);
        assertThat(~Crc32Be.update(-1, DIGITS)).isEqualTo(0xFC891918);
    }

    @Property(tries = 200)
    void crc32cGoesOnFromAnyState(@ForAll int state, @ForAll @Size(max = 40) byte[] data) {
        assertThat(Crc32c.update(state, ByteBuffer.wrap(data))).isEqualTo(bitByBit(state, data));
    }

    @Property(tries = 200)
    void aHoleCountsAsZeros(
            @ForAll int state, @ForAll @Size(min = 10, max = 40) byte[] data, @ForAll @IntRange(max = 6) int hole) {
        byte[] zeroed = data.clone();
        Arrays.fill(zeroed, hole, hole + 4, (byte) 0);
        assertThat(Crc32c.update(state, ByteBuffer.wrap(data), hole, 4)).isEqualTo(bitByBit(state, zeroed));
    }

    @Test
    void wordsHaveTheirLowestByteFirst() {
        assertThat(Crc32c.update(7, 0x04030201)).isEqualTo(bitByBit(7, new byte[] {1, 2, 3, 4}));
    }

    private static int bitByBit(int state, byte[] data) {
        int crc = state;
        for (byte b : data) {
            crc ^= b & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0x82F63B78;
            }
        }
        return crc;
    }
}

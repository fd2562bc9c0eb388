package org.hikae.media.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class VarintTest {

    @Property
    void everyNumberComesBackFromBufferAndStream(@ForAll @LongRange(min = 0) long value) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Varint.MAX_BYTES);
        Varint.put(buffer, value);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Varint.write(out, value);
        assertThat(out.toByteArray()).hasSize(buffer.position());
        assertThat(Varint.get(buffer.flip())).isEqualTo(value);
        assertThat(Varint.read(new ByteArrayInputStream(out.toByteArray()))).isEqualTo(value);
    }

    @Property
    void zigzagKeepsTheSign(@ForAll @LongRange(min = -(1L << 61), max = 1L << 61) long value) {
        assertThat(Varint.zigzag(value)).isNotNegative();
        assertThat(Varint.unzigzag(Varint.zigzag(value))).isEqualTo(value);
    }

    @Example
    void refusesWhatIsCutOffOrTooLong() {
        byte[] endless = new byte[20];
        Arrays.fill(endless, (byte) 0xff);
        assertThatThrownBy(() -> Varint.get(ByteBuffer.wrap(endless))).isInstanceOf(DamagedException.class);
        assertThatThrownBy(() -> Varint.read(new ByteArrayInputStream(endless))).isInstanceOf(DamagedException.class);
        assertThatThrownBy(() -> Varint.get(ByteBuffer.wrap(endless, 0, 3))).isInstanceOf(DamagedException.class);
        assertThatThrownBy(() -> Varint.read(new ByteArrayInputStream(endless, 0, 3)))
                .isInstanceOf(EOFException.class);
    }
}

package org.hikae.api.fs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FileNameTest {

    @Property(tries = 1000)
    void everyNameHasATextThatLeadsBackToIt(@ForAll @Size(min = 1, max = 12) byte[] bytes) {
        FileName name = FileName.of(bytes);
        assertThat(FileName.parse(name.toString())).isEqualTo(name);
    }

    @Property(tries = 1000)
    void utf8IsItsOwnText(@ForAll String text) {
        FileName name = FileName.of(text.getBytes(StandardCharsets.UTF_8));
        assertThat(FileName.parse(name.toString())).isEqualTo(name);
        if (!text.contains("\\x")) {
            assertThat(name).hasToString(new String(name.bytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void otherBytesAreEscaped() {
        assertThat(FileName.of(new byte[] {'c', (byte) 0xE9, '\\', 'n'})).hasToString("c\\xe9\\n");
        assertThat(FileName.of("データ\n".getBytes(StandardCharsets.UTF_8))).hasToString("データ\n");
        assertThat(FileName.of(new byte[] {(byte) 0xE3, (byte) 0x83})).hasToString("\\xe3\\x83");
    }

    @Test
    void whatLooksLikeAnEscapeIsNone() {
        FileName name = FileName.of("\\xe9".getBytes(StandardCharsets.UTF_8));
        assertThat(name).hasToString("\\x5cxe9");
        assertThat(FileName.parse("\\x5cxe9")).isEqualTo(name);
        assertThat(FileName.parse("\\xE9").bytes()).containsExactly(0xE9);
    }
}

package org.hikae.fsext.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CiphertextTest {

    @Test
    void longNamesFitAndStayApart() {
        byte[] name = new byte[255];
        Arrays.fill(name, (byte) '/');
        String shown = Ciphertext.shown(name).toString();
        assertThat(shown).hasSize(242).doesNotContain("/");
        name[254]++;
        assertThat(Ciphertext.shown(name).toString()).isNotEqualTo(shown).startsWith(shown.substring(0, 198));
        assertThat(Ciphertext.shown(Arrays.copyOf(name, 189)).length()).isEqualTo(252);
    }
}

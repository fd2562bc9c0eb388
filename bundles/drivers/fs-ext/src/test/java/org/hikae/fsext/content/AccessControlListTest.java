package org.hikae.fsext.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class AccessControlListTest {

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    @Test
    void entriesGetTheIdsThatTheyDoNotHaveOnDisk() {
        assertThat(AccessControlList.shown(bytes("01000000 01000600 02000400 e8030000 04000400 20000000")))
                .hasValue(bytes("02000000 01000600 ffffffff 02000400 e8030000 04000400 ffffffff 20000000 ffffffff"));
        assertThat(AccessControlList.shown(bytes("01000000"))).hasValue(bytes("02000000"));
    }

    @Test
    void whatIsNoListIsNotTakenForOne() {
        assertThat(AccessControlList.shown(bytes(""))).isEmpty();
        assertThat(AccessControlList.shown(bytes("02000000"))).isEmpty();
        assertThat(AccessControlList.shown(bytes("01000000 0200"))).isEmpty();
        assertThat(AccessControlList.shown(bytes("01000000 08000700 e803"))).isEmpty();
    }
}

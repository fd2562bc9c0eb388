package org.hikae.shell.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnsTest {

    private static final List<String> WORDS = List.of("a", "bbbb", "cc", "dddddd", "e");

    @Test
    void goDown() {
        assertThat(Columns.lines(WORDS, 16)).containsExactly("a     cc      e", "bbbb  dddddd");
        assertThat(Columns.lines(WORDS, 80)).containsExactly("a  bbbb  cc  dddddd  e");
    }

    @Test
    void oneByOneWhereThereIsNoRoomOrNoTerminal() {
        assertThat(Columns.lines(WORDS, 3)).isEqualTo(WORDS);
        assertThat(Columns.lines(WORDS, 0)).isEqualTo(WORDS);
        assertThat(Columns.lines(List.of(), 80)).isEmpty();
    }

    @Test
    void wideCharactersCount() {
        assertThat(Columns.lines(List.of("日本", "b", "c", "d"), 8)).containsExactly("日本  c", "b     d");
    }
}

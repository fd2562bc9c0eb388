package org.hikae.socket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FoldTest {

    @Test
    void breaksBetweenWords() {
        assertThat(Fold.at(12, "There is no command x; there are disk"))
                .isEqualTo("There is no\ncommand x;\nthere are\ndisk");
        assertThat(Fold.at(9, "see /a/very/long/path here")).isEqualTo("see\n/a/very/long/path\nhere");
    }

    @Test
    void changesNothingElse() {
        String text = "  two  blanks,\u3000データ\tand a tab ";
        assertThat(Fold.at(0, text)).isEqualTo(text);
        assertThat(Fold.at(500, text)).isEqualTo(text);
        assertThat(Fold.at(3, text).replace('\n', ' ')).isEqualTo(text);
    }
}

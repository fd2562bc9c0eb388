package org.hikae.group.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineParserTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            quoteCharacter = '`',
            value = {
                "``|it is empty",
                "  \t |it is empty",
                "X|there is no pattern after X",
                "X  |there is no pattern after X",
                "a//b|between two '/' there is no name",
                "//|between two '/' there is no name",
                "X a//|between two '/' there is no name",
                "./a|no file has the name '.'",
                "a/../b|no file has the name '..'",
                "a[bc|the '[' of '[bc' has no ']'",
                "[]|the '[' of '[]' has no ']'",
                "[!|the '[' of '[!' has no ']'",
                "a[b/c]|the '[' of '[b' has no ']'",
                "[a\\]|the '[' of '[a\\]' has no ']'",
                "[z-a]|'z-a' is no range",
                "[^a]|'[^' is no beginning"
            })
    void saysWhatIsWrong(String line, String why) {
        assertThatThrownBy(() -> GroupList.of(List.of("a", line)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("line 2 of the group list, '" + line + "', cannot be understood: ")
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "X a\n", "\r", "a\r\nX b"})
    void aLineHasNoLineBreak(String line) {
        assertThatThrownBy(() -> GroupList.of(List.of(line))).hasMessageContaining("it has a line break");
    }

    @Test
    void aListWithoutLinesIsNone() {
        assertThatThrownBy(() -> GroupList.of(List.of())).hasMessageContaining("has no line");
    }

    /** A name in the root, the lines that must take it, and those that must not. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            quoteCharacter = '`',
            value = {
                "X y|\\X y;[X] y;? y;*|X y;x y",
                "X|\\X;[X];?|x;\\\\X",
                "Xy|Xy;\\Xy|xy;X y",
                "#a|#a;\\#a|a",
                "a b|a b; a b\t;a\\ b;a[ ]b;a?b|ab;a  b;A b",
                " a|\\ a;[ ]a|a; a",
                "a |a\\ ;a[ ]|a;a ",
                "a*b|a\\*b;a[*]b;a*b;a?b|a\\\\*b;ab",
                "a?b|a\\?b;a?b|a\\[b",
                "[a]|\\[a];\\[a\\];[[]a]|[a];a",
                "a\\b|a\\b;a\\\\b;a?b;a[\\\\]b|ab;a\\\\\\b",
                "a-b|a[-]b;a[+-]b;a[--]b;a[!a]b|a[+-.]c;a[!-]b",
                "a]b|a]b;a[]]b;a[!a]b|a[!]]b",
                "caf\\xe9|caf\\xe9;caf\\\\xe9;caf????;caf*|caf?;café",
                "ü𝄞|ü?;??;*𝄞;[ü]*;[!a][𝄀-𝅿]|???;U?",
                "b|[a-c];[!d-z];**;**/b;/**;/**/b;/b;b|[!a-c];b/;/**/;a;B;/*/b;b/**",
                "abcabd|a*d;*abd;*b*b*;abc*abd;abcabd*;***;**abd|abcab*abd;a*c;*abc"
            })
    void takesNamesLikeThese(String name, String lines, String others) throws IOException {
        for (String line : lines.split(";")) {
            assertThat(takes(line, name)).as("'%s' takes '%s'", line, name).isTrue();
        }
        for (String line : others.split(";")) {
            assertThat(takes(line, name)).as("'%s' takes '%s'", line, name).isFalse();
        }
    }

    private static boolean takes(String line, String name) throws IOException {
        boolean taken = GroupList.of(List.of(line)).root().child(name, false).isMember();
        if (!line.startsWith("X ")) {
            GroupList without = GroupList.of(List.of("*", "X " + line));
            assertThat(without.root().child(name, false).isMember()).isNotEqualTo(taken);
        }
        return taken;
    }

    @Test
    void starsDoNotTakeForever() throws IOException {
        GroupList list = GroupList.of(List.of("*a".repeat(100) + "b"));
        assertThat(list.root().child("a".repeat(255), false).isMember()).isFalse();
        GroupList deep = GroupList.of(List.of("a/**/a/**/a/**/a/**/a/**/b"));
        Place place = deep.root();
        for (int i = 0; i < 5000; i++) {
            place = place.child("a", true);
        }
        assertThat(place.child("b", false).isMember()).isTrue();
        assertThat(place.child("c", false).isMember()).isFalse();
    }
}

package org.hikae.files.client.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {

    /** Whether a file is come across and meant, if all its folders are there. */
    private static boolean isSelected(Selection selection, String path) {
        byte[] bytes = path.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        for (var base : selection.bases()) {
            if (PathOrder.isWithin(bytes, base.bytes())) {
                Selection.Place place = selection.base(base);
                String rest = path.substring(base.length() == 1 ? 0 : base.length());
                for (String name : rest.split("/")) {
                    if (place != null && !name.isEmpty()) {
                        place = selection.child(place, name);
                    }
                }
                return place != null && place.selected();
            }
        }
        return false;
    }

    @ParameterizedTest
    @CsvSource({
        "/home/a, '', /home/a, true",
        "/home/a, '', /home/a/b/c, true",
        "/home/a, '', /home/ab, false",
        "/home/a, '', /home, false",
        "/, '', /etc/x, true",
        "/home/*/docs, '', /home/b/docs/x, true",
        "/home/*/docs, '', /home/b/c/docs, false",
        "/home/**/docs, '', /home/b/c/docs/z, true",
        "/home/**/docs, '', /home/docs, true",
        "/home/**/*.txt, '', /home/a/b.txt, true",
        "/home/**/*.txt, '', /home/a/b.txd, false",
        "/home/?, '', /home/\u6f22, true",
        "/home/a.b, '', /home/axb, false",
        "/home/a, tmp, /home/a/x/tmp, false",
        "/home/a, tmp, /home/a/tmp/y, false",
        "/home/a, '*.o', /home/a/y.o, false",
        "/home/tmp, tmp, /home/tmp/y, true",
        "/home/a, /home/a/b, /home/a/b/c, false",
        "/home/a, /home/a/b/, /home/a/b, false",
        "/home/a, /home/*/b, /home/a/c, true",
        "/home/a, /home/a/**/cache, /home/a/x/y/cache/z, false",
    })
    void takesWhatItNames(String path, String exclusion, String file, boolean selected) {
        Selection selection = new Selection(List.of(path), exclusion.isEmpty() ? List.of() : List.of(exclusion));

        assertThat(isSelected(selection, file)).isEqualTo(selected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs", "", "/a/../b", "/a/./b", "./x"})
    void saysWhatIsNoPath(String path) {
        assertThatThrownBy(() -> new Selection(List.of(path), List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void exclusionsAreAbsoluteOrNames() {
        assertThatThrownBy(() -> new Selection(List.of("/a"), List.of("b/c")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("b/c");
    }

    @Test
    void pathsWithinOthersAreWalkedOnce() {
        Selection selection = new Selection(List.of("/a/b", "/a", "/a!", "/b/*/c", "/b/x"), List.of());

        assertThat(selection.bases().toString()).isEqualTo("[/a, /a!, /b]");
        assertThat(isSelected(selection, "/b/x/y")).isTrue();
        assertThat(isSelected(selection, "/b/z/c")).isTrue();
        assertThat(isSelected(selection, "/b/z/d")).isFalse();
    }

    /** Beside a regular expression for the whole path. */
    @Test
    void patternsAreAsTheyRead() {
        Random random = new Random(7);
        String[] parts = {"a", "b", "*", "**", "?", "a*", "*b"};
        for (int i = 0; i < 3000; i++) {
            StringBuilder pattern = new StringBuilder();
            StringBuilder regex = new StringBuilder();
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                String part = parts[random.nextInt(parts.length)];
                pattern.append('/').append(part);
                regex.append(
                        part.equals("**")
                                ? "(/[^/]+)*"
                                : "/" + part.replace("*", "[^/]*").replace("?", "[^/]"));
            }
            StringBuilder path = new StringBuilder();
            for (int n = 1 + random.nextInt(5); n > 0; n--) {
                path.append('/').append(new String[] {"a", "b", "ab", "aab"}[random.nextInt(4)]);
            }
            boolean expected = Pattern.matches(regex + "(/.*)?", path);
            Selection selection = new Selection(List.of(pattern.toString()), List.of());
            assertThat(isSelected(selection, path.toString()))
                    .as("%s of %s", path, pattern)
                    .isEqualTo(expected);
        }
    }
}

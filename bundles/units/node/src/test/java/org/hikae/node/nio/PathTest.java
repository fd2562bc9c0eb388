package org.hikae.node.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;

/** Paths, globs and addresses are as the platform has them on Unix. */
class PathTest {

    private static final String[] PARTS = {
        "a", "b", "ab", "a.b", ".", "..", "", "/", "/", "\u00e4", "a-b", "\ud83d\ude00"
    };
    private static final String[] GLOB_PARTS = {
        "a", "b", "*", "**", "?", "[ab]", "[!a]", "[a-c]", "[a-]", "{a,b}", "{a*,/}", "/", ".", "\\*", "{", "}", "[",
        "]", ",", "^", "$", "(", "|", "+", "-", "!", "\\", "[^a]", "[-a]", "[a\\]", "[*]", "[&&]", "[]", "[!]"
    };

    /** The platform makes some globs into something that is no regular expression. */
    private static final String MISTRANSLATED = "mistranslated";

    private final FileSystem platform = FileSystems.getDefault();
    private final FileSystem files = Nodes.of(new MemoryFiles());

    private static Map<String, BiFunction<Path, Path, Object>> calls() {
        Map<String, BiFunction<Path, Path, Object>> calls = new TreeMap<>();
        calls.put("text", (one, other) -> one);
        calls.put("isAbsolute", (one, other) -> one.isAbsolute());
        calls.put("root", (one, other) -> one.getRoot());
        calls.put("parent", (one, other) -> one.getParent());
        calls.put("fileName", (one, other) -> one.getFileName());
        calls.put("count", (one, other) -> one.getNameCount());
        calls.put("names", (one, other) -> {
            List<String> names = new ArrayList<>();
            one.forEach(name -> names.add(name.toString()));
            return names;
        });
        calls.put("second", (one, other) -> one.getName(1));
        calls.put("subpath", (one, other) -> one.subpath(0, other.getNameCount()));
        calls.put("normalize", (one, other) -> one.normalize());
        calls.put("resolve", (one, other) -> one.resolve(other));
        calls.put("resolveText", (one, other) -> one.resolve(other.toString()));
        calls.put("resolveSibling", (one, other) -> one.resolveSibling(other));
        calls.put("relativize", (one, other) -> one.relativize(other));
        calls.put("startsWith", (one, other) -> one.startsWith(other));
        calls.put("endsWith", (one, other) -> one.endsWith(other));
        calls.put("startsWithText", (one, other) -> one.startsWith(other.toString()));
        calls.put("compare", (one, other) -> Integer.signum(one.compareTo(other)));
        calls.put("equals", (one, other) -> one.equals(other));
        calls.put("hash", (one, other) -> !one.equals(other) || one.hashCode() == other.hashCode());
        return calls;
    }

    @Test
    void operationsAreThoseOfUnix() {
        Random random = new Random(1);
        for (int i = 0; i < 3_000; i++) {
            String one = text(random, PARTS);
            String other = text(random, PARTS);
            calls().forEach((name, call) -> assertThat(outcome(call, files, one, other))
                    .as("%s of '%s' and '%s'", name, one, other)
                    .isEqualTo(outcome(call, platform, one, other)));
        }
    }

    private static String text(Random random, String... parts) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(8); length > 0; length--) {
            text.append(parts[random.nextInt(parts.length)]);
            text.append(parts == PARTS && random.nextBoolean() ? "/" : "");
        }
        return text.toString();
    }

    private static String outcome(BiFunction<Path, Path, Object> call, FileSystem files, String one, String other) {
        try {
            return String.valueOf(call.apply(files.getPath(one), files.getPath(other)));
        } catch (RuntimeException e) {
            return e.getClass().getSimpleName();
        }
    }

    @Test
    void globsAreThoseOfThePlatform() {
        Random random = new Random(2);
        for (int i = 0; i < 3_000; i++) {
            String glob = text(random, GLOB_PARTS);
            String path = text(random, "a", "b", "c", "/", ".", "*", "^", "-", "]", "&", "\u5b57");
            String expected = matches(platform, glob, path);
            if (!expected.equals(MISTRANSLATED)) {
                assertThat(matches(files, glob, path))
                        .as("glob '%s' and path '%s'", glob, path)
                        .isEqualTo(expected);
            }
        }
    }

    private static String matches(FileSystem files, String glob, String path) {
        try {
            return String.valueOf(files.getPathMatcher("glob:" + glob).matches(files.getPath(path)));
        } catch (PatternSyntaxException e) {
            return e.getPattern().equals(glob) ? "wrong" : MISTRANSLATED;
        }
    }

    @Test
    void matchersOfOtherKinds() {
        assertThat(files.getPathMatcher("REGEX:/a+").matches(files.getPath("/aaa")))
                .isTrue();
        assertThatThrownBy(() -> files.getPathMatcher("other:a")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> files.getPathMatcher("a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sortsAsThePlatform() {
        Random random = new Random(3);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            texts.add(text(random, PARTS));
        }
        List<String> expected = texts.stream()
                .map(platform::getPath)
                .sorted()
                .map(Path::toString)
                .toList();
        assertThat(texts.stream()
                        .map(files::getPath)
                        .sorted(Comparator.naturalOrder())
                        .map(Path::toString))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void addressLeadsBack() {
        for (String text : List.of("/", "/a b/%41/c#d?e", "/\u00e4/\u5b57", "relative", "/caf\\xe9")) {
            Path path = files.getPath(text);
            assertThat(path.toUri()).hasScheme("hikae").hasAuthority("n1@d");
            assertThat(files.provider().getPath(path.toUri())).isEqualTo(path.toAbsolutePath());
        }
    }

    @Test
    void namesThatAreNoTextHaveOne() {
        assertThat(files.getPath("caf\\xe9")).hasToString("caf\\xe9").isNotEqualTo(files.getPath("caf\u00e9"));
        assertThat(files.getPath("\\x41").toString()).isEqualTo("A");
        assertThatThrownBy(() -> files.getPath("a\0b")).isInstanceOf(InvalidPathException.class);
        assertThatThrownBy(() -> files.getPath("a\\x2fb")).isInstanceOf(InvalidPathException.class);
    }

    @Test
    void pathsOfOtherFileSystemsAreRefused() {
        Path ours = files.getPath("/a");
        Path theirs = platform.getPath("/a");
        assertThat(ours.startsWith(theirs)).isFalse();
        assertThat(ours.endsWith(theirs)).isFalse();
        assertThat(ours).isNotEqualTo(theirs);
        assertThatThrownBy(() -> ours.resolve(theirs)).isInstanceOf(ProviderMismatchException.class);
        assertThatThrownBy(() -> ours.relativize(theirs)).isInstanceOf(ProviderMismatchException.class);
        assertThatThrownBy(ours::toFile).isInstanceOf(UnsupportedOperationException.class);
    }
}

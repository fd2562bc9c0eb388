package org.hikae.etc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.felix.cm.file.ConfigurationHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTextTest {

    @Test
    void whatPeopleWriteIsRead() throws IOException {
        String text =
                """
                # A disk.

                  path = "/srv/my data=1/é 控え.img"
                format="raw"\r
                blockSize=I"4096"
                readOnly=B"True"
                nodes=["n1", \\
                  "n2",
                  ]
                sizes=l["1","-2"]
                weights=D("1.5")
                none=[]
                quote="a\\"b\\\\c\\u0041\\n"
                """;

        SortedMap<String, Object> read = ConfigReader.read(text);

        assertThat(read).containsEntry("path", "/srv/my data=1/é 控え.img").containsEntry("FORMAT", "raw");
        assertThat(read).containsEntry("blockSize", 4096).containsEntry("readOnly", true);
        assertThat((String[]) read.get("nodes")).containsExactly("n1", "n2");
        assertThat((long[]) read.get("sizes")).containsExactly(1, -2);
        assertThat(read).containsEntry("weights", List.of(1.5)).containsEntry("quote", "a\"b\\cA\n");
        assertThat((String[]) read.get("none")).isEmpty();
        assertThat(read).hasSize(9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "path=/srv/x | line 1: the value of path must be in quotes",
                "'path=\n' | line 1: the value of path must be in quotes",
                "path | line 1: this is no property",
                "'a=\"1\"\n=\"2\"' | line 2: this is no property",
                "'a=\"1\nb=\"2\"' | line 2: a text has no closing quote",
                "a=\"1\"b=\"2\" | line 1: something follows the value of a",
                "a=\"1\" trailing | line 1: this is no property",
                "a=[\"1\" \"2\"] | the values of a must each be in quotes",
                "a=[\"1\" | the values of a must each be in quotes",
                "a=I\"x\" | \"x\" is no number",
                "a=I\"99999999999\" | is no number",
                "a=B\"yes\" | is neither true nor false",
                "a=D\"4609434218613702656\" | is no decimal number",
                "a=Q\"1\" | must be in quotes, with at most a letter",
                "a=\"\\u12\" | four hexadecimal digits",
                "'a=\"1\"\nA=\"2\"' | line 2: the property A is there twice",
                "a=\"x\\ | a backslash has nothing behind it",
            })
    void whatIsBrokenIsNamedByItsLine(String text, String message) {
        assertThatThrownBy(() -> ConfigReader.read(text))
                .isInstanceOf(BrokenFileException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\n", "# only a comment", "\uFEFF# with a byte order mark\n"})
    void anEmptyFileIsAnEmptyConfiguration(String text) throws IOException {
        assertThat(ConfigReader.read(text)).isEmpty();
    }

    @Property
    void whatIsWrittenIsRead(@ForAll("properties") Map<String, Object> properties) throws IOException {
        String text = ConfigWriter.write(sorted(properties));

        assertSame(ConfigReader.read(text), sorted(properties));
        assertThat(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(text);
    }

    @Property
    void felixReadsWhatIsWritten(@ForAll("propertiesOfFelix") Map<String, Object> properties) throws IOException {
        byte[] text = ConfigWriter.write(sorted(properties)).getBytes(StandardCharsets.UTF_8);

        @SuppressWarnings("unchecked")
        Map<String, Object> byFelix =
                (Hashtable<String, Object>) ConfigurationHandler.read(new ByteArrayInputStream(text));

        assertSame(sorted(byFelix), sorted(properties));
    }

    @Property
    void whatFelixWritesIsRead(@ForAll("propertiesOfFelix") Map<String, Object> properties) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        ConfigurationHandler.write(text, new Hashtable<>(properties));

        assertSame(ConfigReader.read(text.toString(StandardCharsets.UTF_8)), sorted(properties));
    }

    @Property(tries = 3000)
    void anyTextIsReadOrRefused(@ForAll("texts") String text) throws IOException {
        try {
            SortedMap<String, Object> read = ConfigReader.read(text);
            assertSame(ConfigReader.read(ConfigWriter.write(read)), read);
        } catch (BrokenFileException e) {
            assertThat(e.getMessage()).startsWith("line ");
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars("ab=\"\"\"IBl[]()\\,#u0 \n\t\r~é\uFEFF")
                .ofMaxLength(30);
    }

    @Provide
    Arbitrary<Map<String, Object>> properties() {
        Arbitrary<Object> floats = Arbitraries.oneOf(
                Arbitraries.floats().map(Object.class::cast),
                Arbitraries.doubles().map(Object.class::cast),
                Arbitraries.of(Double.NaN, Double.NEGATIVE_INFINITY, Float.MIN_VALUE)
                        .map(Object.class::cast),
                Arbitraries.doubles().array(double[].class).map(Object.class::cast),
                Arbitraries.floats().array(Float[].class).map(Object.class::cast));
        return Arbitraries.maps(names(), Arbitraries.oneOf(floats, values(s -> true)))
                .ofMaxSize(5);
    }

    /** Felix writes floats in another way, and loses what UTF-8 cannot hold. */
    @Provide
    Arbitrary<Map<String, Object>> propertiesOfFelix() {
        return Arbitraries.maps(
                        names(), values(s -> StandardCharsets.UTF_8.newEncoder().canEncode(s)))
                .ofMaxSize(5);
    }

    /** Lower case, since names differ in more than case; Felix loses a "#" in front. */
    private static Arbitrary<String> names() {
        return Arbitraries.strings().withChars("abc.-_:\"\\=é").ofMinLength(1).ofMaxLength(8);
    }

    private static Arbitrary<Object> values(Predicate<String> texts) {
        Arbitrary<String> strings = Arbitraries.oneOf(
                        Arbitraries.strings().ofMaxLength(8),
                        Arbitraries.strings()
                                .withChars("\"\\= \t\n\r\u0000#[](),é控\uD83D\uDE00")
                                .ofMaxLength(8))
                .filter(texts);
        return Arbitraries.oneOf(
                strings.map(Object.class::cast),
                Arbitraries.integers().map(Object.class::cast),
                Arbitraries.longs().map(Object.class::cast),
                Arbitraries.shorts().map(Object.class::cast),
                Arbitraries.bytes().map(Object.class::cast),
                Arbitraries.chars().filter(c -> texts.test(c.toString())).map(Object.class::cast),
                Arbitraries.of(true, false).map(Object.class::cast),
                strings.array(String[].class).ofMaxSize(3).map(Object.class::cast),
                Arbitraries.longs().array(Long[].class).ofMaxSize(3).map(Object.class::cast),
                Arbitraries.integers().array(int[].class).ofMaxSize(3).map(Object.class::cast),
                Arbitraries.of(true, false).array(Boolean[].class).ofMaxSize(3).map(Object.class::cast),
                strings.list().ofMaxSize(3).map(Object.class::cast),
                Arbitraries.bytes().list().ofMaxSize(3).map(Object.class::cast));
    }

    private static SortedMap<String, Object> sorted(Map<String, Object> properties) {
        SortedMap<String, Object> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(properties);
        return sorted;
    }

    private static void assertSame(SortedMap<String, Object> actual, SortedMap<String, Object> expected) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, value) -> {
            assertThat(actual.get(name)).hasSameClassAs(value instanceof List ? actual.get(name) : value);
            assertThat(actual.get(name)).isEqualTo(value);
        });
    }
}

package org.hikae.shell.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTest {

    private static final Table.Column NAME = new Table.Column("NAME", Table.Kind.TEXT);
    private static final Table.Column SIZE = new Table.Column("SIZE", Table.Kind.NUMBER);
    private static final Table.Column PATH = new Table.Column("PATH", Table.Kind.TEXT);

    private static Table table(List<Table.Column> columns, String... rows) {
        Table table = new Table(columns);
        for (String row : rows) {
            table.add(Arrays.stream(row.split("\\|", -1)).map(Cell::of).toList());
        }
        return table;
    }

    private static String text(Table table, int width) {
        return table.lines(width, false).stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    @Test
    void alignsTextLeftAndNumbersRight() {
        Table table = table(List.of(NAME, SIZE, PATH), "data|256 MiB|/srv/data.img", "x||/y");
        assertThat(text(table, 80))
                .isEqualTo(
                        """
                        NAME     SIZE  PATH
                        data  256 MiB  /srv/data.img
                        x           -  /y
                        """);
    }

    @Test
    void countsColumnsNotCharacters() {
        Table table = table(List.of(NAME, PATH), "データ|1", "e\u0301te\u0301|2", "\uD83D\uDCBE|3", "ﾃﾞ|4");
        assertThat(text(table, 80))
                .isEqualTo(
                        """
                        NAME    PATH
                        データ  1
                        e\u0301te\u0301     2
                        \uD83D\uDCBE      3
                        ﾃﾞ      4
                        """);
    }

    @Test
    void breaksTheWidestTextWhereItIsTooWide() {
        Table table = table(
                List.of(NAME, SIZE, PATH),
                "data|256 MiB|/srv/data.img",
                "a long name of it|1 KiB|/backup/very/deep/folder/file");
        assertThat(text(table, 36))
                .isEqualTo(
                        """
                        NAME             SIZE  PATH
                        data          256 MiB  /srv/data.img
                        a long name     1 KiB  /backup/very/
                        of it                  deep/folder/f
                                               ile
                        """);
    }

    @Test
    void breaksNoNumbersAndNoWords() {
        Table table = table(
                List.of(NAME, new Table.Column("AT", Table.Kind.WORD)), "some name that is long|2026-11-05T21:00:00Z");
        assertThat(text(table, 30))
                .isEqualTo(
                        """
                        NAME      AT
                        some      2026-11-05T21:00:00Z
                        name
                        that is
                        long
                        """);
    }

    @Test
    void showsRowByRowWhereColumnsDoNotFit() {
        Table table = table(List.of(NAME, SIZE, PATH), "data|256 MiB|/srv/data.img", "a long name|1 KiB|/b");
        assertThat(text(table, 20))
                .isEqualTo(
                        """
                        NAME  data
                        SIZE  256 MiB
                        PATH  /srv/data.img

                        NAME  a long name
                        SIZE  1 KiB
                        PATH  /b
                        """);
    }

    @Test
    void isAsWideAsItIsWithoutALimit() {
        Table table = table(List.of(NAME), "x".repeat(500));
        assertThat(table.lines(0, false)).containsExactly("NAME", "x".repeat(500));
    }

    @Test
    void paintsWhatIsSeenAndNothingElse() {
        Table table = new Table(List.of(NAME, SIZE));
        table.add(List.of(new Cell("bad", Style.BAD), Cell.of("1")));
        assertThat(table.lines(80, true))
                .containsExactly("\u001b[1mNAME\u001b[0m  \u001b[1mSIZE\u001b[0m", "\u001b[31mbad\u001b[0m      1");
    }

    @Test
    void showsNoControlCharacters() {
        assertThat(text(table(List.of(NAME), "a\u001b[31mb\nc"), 80)).isEqualTo("NAME\na?[31mb?c\n");
    }

    @Property
    void losesNothingAndKeepsToTheWidth(
            @ForAll @Size(min = 1, max = 5) List<@Size(min = 2, max = 2) List<String>> rows,
            @ForAll @IntRange(min = 24, max = 120) int width) {
        Table table = new Table(List.of(NAME, PATH));
        rows.forEach(row -> table.add(row.stream().map(Cell::of).toList()));
        List<String> lines = table.lines(width, false);
        assertThat(lines).allMatch(line -> Width.of(line) <= width).noneMatch(line -> line.endsWith(" "));
        assertThat(letters(String.join("", lines))).isEqualTo(letters("NAMEPATH" + expected(rows)));
    }

    private static String expected(List<List<String>> rows) {
        return rows.stream()
                .flatMap(List::stream)
                .map(text -> Cell.of(text).text())
                .collect(Collectors.joining());
    }

    /** What is there, in any order and without blanks: cells side by side take turns where they are broken. */
    private static List<Integer> letters(String text) {
        return text.codePoints()
                .filter(character -> character != ' ') // where lines are broken
                .sorted()
                .boxed()
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"abc, 3", "データ, 6", "ｱ, 1", "한글, 4", "é, 1", "€, 1", "█, 1"})
    void measures(String text, int width) {
        assertThat(Width.of(text)).isEqualTo(width);
    }
}

package org.hikae.shell.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteCountTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "007, 7",
        "4096, 4096",
        "4096B, 4096",
        "4KiB, 4096",
        "4 KiB, 4096",
        "4kib, 4096",
        "4kB, 4000",
        "100MB, 100000000",
        "1MiB, 1048576",
        "1.5GiB, 1610612736",
        "0.5KiB, 512",
        "1TB, 1000000000000",
        "16TiB, 17592186044416",
        "7.5EiB, 8646911284551352320",
        "9223372036854775807, 9223372036854775807"
    })
    void reads(String text, long bytes) {
        assertThat(ByteCount.parse(text)).isEqualTo(new ByteCount(bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-1",
                "+1",
                "KiB",
                "1e3",
                "0x10",
                "1.",
                ".5",
                "1,5KiB",
                "1_000",
                "ten",
                "1.10",
                "0.3KiB",
                "8EiB",
                "9223372036854775808",
                "99999999999999999999999999",
                "1ZiB",
                "1KiBs",
                "1 2",
                "1KiB/s",
                "*",
                "%",
                "１"
            })
    void refuses(String text) {
        assertThatThrownBy(() -> ByteCount.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesUnitsOfTwoMeanings() {
        assertThatThrownBy(() -> ByteCount.parse("4K"))
                .hasMessage("'4K' may mean two things; write KiB (powers of 1024) or KB (powers of 1000)");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1, 1 B",
        "1023, 1023 B",
        "1024, 1 KiB",
        "1025, 1 KiB",
        "1536, 1.5 KiB",
        "10189, 9.95 KiB",
        "10240, 10 KiB",
        "102297, 99.9 KiB",
        "102349, 100 KiB",
        "102400, 100 KiB",
        "1047552, 1023 KiB",
        "1048063, 1023 KiB",
        "1048064, 1 MiB",
        "268435456, 256 MiB",
        "4617089843, 4.3 GiB",
        "17592186044416, 16 TiB",
        "9223372036854775807, 8 EiB"
    })
    void shows(long bytes, String text) {
        assertThat(ByteCount.show(bytes)).isEqualTo(text);
    }

    @Test
    void showsADashForWhatIsNotKnown() {
        assertThat(ByteCount.showOrDash(-1)).isEqualTo("-");
    }

    @Property
    void whatIsShownCanBeRead(@ForAll @LongRange(min = 0, max = Long.MAX_VALUE / 2) long bytes) {
        String shown = ByteCount.show(bytes);
        assertThat(shown).matches("[0-9]{1,4}(\\.[0-9]{1,2})? [KMGTPE]?i?B");
        double value = Double.parseDouble(shown.split(" ", -1)[0]);
        double unit = ByteCount.parse("1" + shown.split(" ", -1)[1]).bytes();
        assertThat(Math.abs(value * unit - bytes)).isLessThanOrEqualTo(Math.max(0.5, 0.0051 * bytes));
    }

    @ParameterizedTest
    @CsvSource({"100MB/s, 100000000", "64MiB/s, 67108864", "1000, 1000", "1.5KiB, 1536"})
    void readsRates(String text, long rate) {
        assertThat(ByteRate.parse(text)).isEqualTo(new ByteRate(rate));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/s", "0", "0MB/s", "100MB/m", "100MB/s/s", "fast"})
    void refusesRates(String text) {
        assertThatThrownBy(() -> ByteRate.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}

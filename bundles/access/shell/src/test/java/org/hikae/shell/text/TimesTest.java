package org.hikae.shell.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 ms",
        "PT0.00035S, 0.35 ms",
        "PT0.0123S, 12.3 ms",
        "PT0.3504S, 350 ms",
        "PT0.9994S, 999 ms",
        "PT0.9996S, 1 s",
        "PT4.31S, 4.31 s",
        "PT59.94S, 59.9 s",
        "PT59.96S, 1:00 min",
        "PT123S, 2:03 min",
        "PT59M59.4S, 59:59 min",
        "PT59M59.6S, 1:00:00 h",
        "PT25H2M3S, 25:02:03 h"
    })
    void showsDurations(Duration duration, String text) {
        assertThat(Times.show(duration)).isEqualTo(text);
    }

    @Test
    void showsInstantsInTheCallersZone() {
        Instant instant = Instant.parse("2026-11-05T12:00:00.123456Z");
        assertThat(Times.show(instant, ZoneOffset.UTC)).isEqualTo("2026-11-05T12:00:00Z");
        assertThat(Times.show(instant, ZoneId.of("Asia/Kathmandu"))).isEqualTo("2026-11-05T17:45:00+05:45");
        assertThat(Times.showExactly(instant, ZoneOffset.ofHours(-3))).isEqualTo("2026-11-05T09:00:00.123-03:00");
        assertThat(Times.show(null, ZoneOffset.UTC)).isEqualTo("-");
        assertThat(Times.day(instant, ZoneOffset.ofHours(12))).isEqualTo("2026-11-06");
        assertThat(Times.day(null, ZoneOffset.UTC)).isEqualTo("-");
    }

    @Test
    void isTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            showsInstantsInTheCallersZone();
            showsDurations(Duration.ofSeconds(123), "2:03 min");
            assertThat(ByteCount.show(1536)).isEqualTo("1.5 KiB");
        } finally {
            Locale.setDefault(before);
        }
    }
}

package org.hikae.shell.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSpanTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0s",
        "1, 1, 1s",
        "60s, 60, 1min",
        "61 s, 61, 61s",
        "5min, 300, 5min",
        "60 min, 3600, 1h",
        "61min, 3660, 61min",
        "1h, 3600, 1h",
        "999999999h, 3599999996400, 999999999h"
    })
    void isReadAndShown(String text, long seconds, String shown) {
        TimeSpan time = TimeSpan.parse(text);
        assertThat(time.duration()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(TimeSpan.show(time.duration())).isEqualTo(shown);
        assertThat(TimeSpan.parse(shown)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-1", "1.5h", "5m", "5 minutes", "1h30min", "9999999999", "1e3"})
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> TimeSpan.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is not a time such as 60s, 5min, 1h or 7d");
    }

    @Test
    void aPartOfASecondIsShown() {
        assertThat(TimeSpan.show(Duration.ofMillis(1500))).isEqualTo("1.5 s");
    }
}

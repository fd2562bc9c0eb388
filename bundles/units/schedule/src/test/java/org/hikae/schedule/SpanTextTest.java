package org.hikae.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpanTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"0d", "7d", "12h", "36h", "30min", "90s", "999999d", "999999h"})
    void isGivenBackAsItWas(String text) {
        assertThat(SpanText.of(SpanText.parse(text))).isEqualTo(text);
    }

    @Test
    void theLargestUnitThatIsWhole() {
        assertThat(SpanText.of(Duration.ofHours(48))).isEqualTo("2d");
        assertThat(SpanText.of(Duration.ofSeconds(3661))).isEqualTo("3661s");
        assertThat(SpanText.of(Duration.ofSeconds(86_400L * 400 + 1))).isEqualTo("401d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "d", "-7d", "7 weeks", "1234567d", "7d 3h"})
    void whatCannotBeUnderstood(String text) {
        assertThatThrownBy(() -> SpanText.parse(text)).hasMessageContaining("7d or 12h");
    }
}

package org.hikae.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.hikae.api.schedule.ScheduledRun.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The record of a schedule: what is written stays readable. */
class HistoryJsonTest {

    private static final Instant TIME = Instant.parse("2026-06-01T12:00:00Z");

    private static final String FIRST_VERSION =
            """
            {
              "version" : 1,
              "handled" : "2026-06-01T12:00:00Z",
              "paused" : false,
              "runs" : [ {
                "since" : "2026-06-01T12:00:00Z",
                "due" : "2026-06-01T12:00:00Z",
                "covered" : 3,
                "full" : true,
                "state" : "WAITING",
                "jobsBefore" : 0,
                "job" : 0
              }, {
                "since" : "2026-06-01T12:00:00Z",
                "due" : "2026-06-01T12:00:00Z",
                "covered" : 0,
                "full" : false,
                "state" : "FAILED",
                "started" : "2026-06-01T12:00:00Z",
                "ended" : "2026-06-01T12:00:00Z",
                "jobsBefore" : 6,
                "job" : 7,
                "generation" : "d1@4",
                "reason" : "it was not to be"
              } ]
            }""";

    private static final History HISTORY = new History(
            TIME,
            false,
            List.of(
                    new Run(TIME, TIME, 3, true, State.WAITING, null, null, 0, 0, null, null),
                    new Run(TIME, TIME, 0, false, State.FAILED, TIME, TIME, 6, 7, "d1@4", "it was not to be")));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theFirstVersionIsReadAndWritten() throws IOException {
        assertThat(HistoryJson.read(bytes(FIRST_VERSION))).isEqualTo(HISTORY);
        assertThat(new String(HistoryJson.write(HISTORY), StandardCharsets.UTF_8))
                .isEqualTo(FIRST_VERSION);
    }

    @Test
    void oneThatRunsHasBegun() {
        String damaged = FIRST_VERSION.replace("WAITING", "RUNNING");
        assertThatThrownBy(() -> HistoryJson.read(bytes(damaged)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("not the record of a schedule: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                          | not the record of a schedule",
                "{                           | no JSON in line 1",
                "{}                          | not the record of a schedule",
                "{\"version\":2}             | written by a newer Hikae (version 2, known are up to 1)",
                "{\"version\":1}             | not the record of a schedule: ",
                "{\"version\":1,\"runs\":[]} | not the record of a schedule: "
            })
    void whatIsNoneSaysWhy(String text, String why) {
        assertThatThrownBy(() -> HistoryJson.read(bytes(text)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(why);
    }
}

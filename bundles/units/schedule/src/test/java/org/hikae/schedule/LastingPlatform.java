package org.hikae.schedule;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A platform that stays, at noon. */
abstract class LastingPlatform {

    static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path home;

    TestPlatform platform;

    @BeforeEach
    void start() throws IOException {
        platform = new TestPlatform(home, "serve", NOON, Map.of()).begin();
    }

    @AfterEach
    void stop() {
        platform.close();
    }
}

package org.hikae.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.hikae.api.block.BlockSet;
import org.hikae.api.copy.CopyReport;
import org.hikae.api.log.LogStrategy;
import org.hikae.api.log.LogSummary;
import org.hikae.api.media.GenerationInfo;
import org.junit.jupiter.api.Test;

class BackupResultTest {

    static final GenerationInfo INFO = new GenerationInfo(
            "d@1",
            "d",
            new UUID(1, 1),
            1,
            "full",
            null,
            null,
            null,
            null,
            Instant.EPOCH,
            5L << 40,
            65536,
            "raw",
            1,
            1,
            1,
            77,
            0,
            "image",
            "medium",
            "m",
            "m",
            0,
            null);

    @Test
    void tellsWhatWasDoneAndByWhom() {
        CopyReport copied = new CopyReport(10, 20, 30, 40, 2, Map.of("n2", 300L << 20, "n1", 1_288_490_189L));
        LogSummary logged = new LogSummary(5, 6, 7, 8, 9, BlockSet.range(0, 1L << 26));
        assertThat(new BackupResult(INFO, copied)
                        .log(new LogStrategy("per-node", "medium", "unused"), logged, INFO.blockSize())
                        .work(11, 12)
                        .with("warning", null)
                        .with("fullBecause", "so")
                        .values())
                .isEqualTo(Map.ofEntries(
                        Map.entry("generation", "d@1"),
                        Map.entry("kind", "full"),
                        Map.entry("medium", "m"),
                        Map.entry("layout", "image"),
                        Map.entry("readBytes", 10L),
                        Map.entry("zeroBytes", 20L),
                        Map.entry("leftOutBytes", 30L),
                        Map.entry("storedBytes", 77L),
                        Map.entry("copyNanos", 40L),
                        Map.entry("workers", 2),
                        Map.entry("copiedByNode", "n1 1.2 GiB, n2 300 MiB"),
                        Map.entry("gather", "per-node"),
                        Map.entry("place", "medium"),
                        Map.entry("loggedBlocks", 1L << 26),
                        Map.entry("loggedBytes", 1L << 42),
                        Map.entry("logRecords", 5L),
                        Map.entry("logMessages", 8L),
                        Map.entry("logSentBytes", 9L),
                        Map.entry("sparedWrites", 7L),
                        Map.entry("pauseNanos", 11L),
                        Map.entry("sealNanos", 12L),
                        Map.entry("fullBecause", "so")));
    }

    @Test
    void inTheOrderInWhichPeopleReadAndNothingThatCouldNotBe() {
        CopyReport copied = new CopyReport(10, 20, 0, 40, 2, Map.of("n1", 10L));
        LogSummary logged = new LogSummary(0, 0, 0, 0, 0, BlockSet.empty());
        assertThat(new BackupResult(INFO, copied)
                        .log(LogStrategy.DEFAULT, logged, INFO.blockSize())
                        .work(11, 12)
                        .values()
                        .keySet())
                .containsExactly(
                        "generation",
                        "kind",
                        "medium",
                        "layout",
                        "readBytes",
                        "zeroBytes",
                        "storedBytes",
                        "gather",
                        "place",
                        "loggedBlocks",
                        "loggedBytes",
                        "logRecords",
                        "logMessages",
                        "logSentBytes",
                        "sparedWrites",
                        "pauseNanos",
                        "copyNanos",
                        "sealNanos",
                        "workers",
                        "copiedByNode");
    }

    @Test
    void sizesAreShownAsAllSizesAre() {
        assertThat(CopiedByNode.text(Map.of())).isNull();
        assertThat(CopiedByNode.text(Map.of("a", 0L, "b", 999L, "c", 1023L, "d", 1024L, "e", 1_047_552L)))
                .isEqualTo("a 0 B, b 999 B, c 1023 B, d 1 KiB, e 1023 KiB");
        assertThat(CopiedByNode.text(Map.of("a", Long.MAX_VALUE, "b", 1_048_575L)))
                .isEqualTo("a 8 EiB, b 1 MiB");
    }
}

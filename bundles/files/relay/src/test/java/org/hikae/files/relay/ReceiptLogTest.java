package org.hikae.files.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.hikae.api.files.RunInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a center above has survives every crash, and nothing that it has not is ever believed. */
class ReceiptLogTest {

    @TempDir
    Path folder;

    private static RunInfo run(long number) {
        return FakeReceived.info("alice@r1", "docs", number, 0);
    }

    private byte[] written(int count) throws IOException {
        try (ReceiptLog log = ReceiptLog.open(folder)) {
            for (int i = 1; i <= count; i++) {
                log.add(run(i));
                log.add(run(i));
            }
        }
        return Files.readAllBytes(folder.resolve("receipts"));
    }

    @Test
    void whatIsCutAnywhereHasTheWholeLinesBeforeTheCut() throws IOException {
        byte[] whole = written(4);
        for (int cut = 0; cut <= whole.length; cut++) {
            Files.write(folder.resolve("receipts"), Arrays.copyOf(whole, cut));
            long lines = new String(whole, 0, cut, java.nio.charset.StandardCharsets.US_ASCII)
                            .chars()
                            .filter(c -> c == '\n')
                            .count()
                    - 1;
            try (ReceiptLog log = ReceiptLog.open(folder)) {
                for (int i = 1; i <= 4; i++) {
                    assertThat(log.has(run(i))).as("run %d cut at %d", i, cut).isEqualTo(i <= lines);
                }
                log.add(run(9));
            }
            try (ReceiptLog log = ReceiptLog.open(folder)) {
                assertThat(log.has(run(9))).isTrue();
                assertThat(log.has(run(1))).isEqualTo(lines >= 1);
            }
        }
    }

    @Test
    void aFlippedBitNeverMakesAReceipt() throws IOException {
        byte[] whole = written(2);
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] bad = whole.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(folder.resolve("receipts"), bad);
            try (ReceiptLog log = ReceiptLog.open(folder)) {
                int known = 0;
                for (int i = 0; i < 300; i++) {
                    known += log.has(run(i)) ? 1 : 0;
                    assertThat(log.has(run(i)) && i != 1 && i != 2).isFalse();
                }
                assertThat(known).isLessThan(2);
            }
        }
    }

    @Test
    void theFileShrinksWhenRunsAreGone() throws IOException {
        try (ReceiptLog log = ReceiptLog.open(folder)) {
            for (int i = 1; i <= 1100; i++) {
                log.add(run(i));
            }
            log.retain(List.of(run(7), run(5000)));
            assertThat(Files.size(folder.resolve("receipts"))).isLessThan(120);
            log.add(run(1101));
        }
        try (ReceiptLog log = ReceiptLog.open(folder)) {
            assertThat(log.has(run(7))).isTrue();
            assertThat(log.has(run(1101))).isTrue();
            assertThat(log.has(run(8))).isFalse();
            assertThat(log.has(run(5000))).isFalse();
        }
    }

    @Test
    void anotherRunOfTheSameNumberHasNoReceipt() throws IOException {
        RunInfo one = run(7);
        RunInfo other = new RunInfo(
                one.id(), new UUID(8, 8), 0, one.taken(), null, false, one.frames(), one.bytes(), one.files());
        try (ReceiptLog log = ReceiptLog.open(folder)) {
            log.add(one);
            assertThat(log.has(other)).isFalse();
            log.retain(List.of(other));
            assertThat(log.has(one)).isFalse();
        }
    }
}

package org.hikae.files.center.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import java.util.UUID;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.TransferWindow;
import org.hikae.api.files.center.Transfer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredLedgerTest {

    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00.123Z");

    @TempDir
    Path folder;

    private static RunInfo run(long number) {
        TransferWindow window = new TransferWindow(
                Set.of(DayOfWeek.MONDAY), LocalTime.of(22, 0), LocalTime.of(6, 0), ZoneId.of("Asia/Tokyo"));
        return new RunInfo(
                new RunId("a@r", "b", number), new UUID(1, number), number - 1, NOW, window, true, 5, 1L << 40, 3);
    }

    private static Transfer transfer(long number, String from) {
        return new Transfer(
                new RunId("a@" + from, "b", number),
                from,
                "::1",
                NOW,
                NOW.plusSeconds(1),
                0,
                5,
                1L << 40,
                "cut",
                true,
                "it went away");
    }

    @Test
    void remembersAcrossRestarts() throws IOException {
        try (StoredLedger ledger = StoredLedger.open(folder)) {
            ledger.arrived(run(2), NOW.plusSeconds(1));
            ledger.arrived(run(1), NOW);
            ledger.arrived(run(3), NOW);
            ledger.gone(run(3).id());
            ledger.done(run(3), NOW, NOW.plusSeconds(9));
            ledger.transferred(transfer(1, "r"));
            ledger.transferred(transfer(2, "s"));
        }
        try (StoredLedger ledger = StoredLedger.open(folder)) {
            assertThat(ledger.arrivals())
                    .containsExactly(new Ledger.Arrival(run(1), NOW), new Ledger.Arrival(run(2), NOW.plusSeconds(1)));
            assertThat(ledger.done(10)).containsExactly(new Ledger.Done(run(3), NOW, NOW.plusSeconds(9)));
            assertThat(ledger.transfers(null, 10)).containsExactly(transfer(2, "s"), transfer(1, "r"));
            assertThat(ledger.transfers("r", 10)).containsExactly(transfer(1, "r"));
            assertThat(ledger.transfers("a@s", 10)).containsExactly(transfer(2, "s"));
            assertThat(ledger.transfers(null, 1)).containsExactly(transfer(2, "s"));
        }
    }

    @Test
    void oneThatCannotBeReadIsSetAside() throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve("history.mv"), new byte[20_000]);
        try (StoredLedger ledger = StoredLedger.open(folder)) {
            assertThat(ledger.arrivals()).isEmpty();
            ledger.arrived(run(1), NOW);
            assertThat(ledger.arrivals()).hasSize(1);
        }
    }
}

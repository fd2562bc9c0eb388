package org.hikae.files.center.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.TransferWindow;
import org.hikae.api.files.center.Transfer;
import org.hikae.files.center.store.RunText;
import org.hikae.files.center.table.Entering;
import org.hikae.files.center.table.NewPart;
import org.hikae.files.center.table.PartRow;
import org.hikae.files.center.table.Tables;
import org.hikae.files.center.table.TestTables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

class StoredLedgerTest {

    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00.123Z");

    private final String url = TestTables.url();
    private final Tables tables = TestTables.open(url);

    @AfterEach
    void close() {
        tables.close();
    }

    private StoredLedger open() throws IOException {
        return StoredLedger.open(tables, InstantSource.fixed(NOW));
    }

    private static RunInfo run(long number) {
        return run("a@r", number);
    }

    private static RunInfo run(String origin, long number) {
        TransferWindow window = new TransferWindow(
                Set.of(DayOfWeek.MONDAY), LocalTime.of(22, 0), LocalTime.of(6, 0), ZoneId.of("Asia/Tokyo"));
        return new RunInfo(
                new RunId(origin, "b", number), new UUID(1, number), number - 1, NOW, window, true, 5, 1L << 40, 3);
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

    private static List<Ledger.Arrival> arrivals(Ledger ledger) throws IOException {
        List<Ledger.Arrival> all = new ArrayList<>();
        ledger.arrivals(all::add);
        return all;
    }

    private static List<Ledger.Done> done(Ledger ledger) throws IOException {
        List<Ledger.Done> all = new ArrayList<>();
        ledger.done(all::add);
        return all;
    }

    private static List<Transfer> transfers(Ledger ledger, String client) throws IOException {
        List<Transfer> all = new ArrayList<>();
        ledger.transfers(client, all::add);
        return all;
    }

    @Test
    void remembersAcrossRestarts() throws IOException {
        try (StoredLedger ledger = open()) {
            ledger.arrived(run(1), NOW);
            ledger.arrived(run(2), NOW.plusSeconds(1));
            ledger.arrived(run(3), NOW);
            ledger.gone(run(3).id());
            ledger.done(run(3), NOW, NOW.plusSeconds(9));
            ledger.transferred(transfer(1, "r"));
            ledger.transferred(transfer(2, "s"));
        }
        try (StoredLedger ledger = open()) {
            List<Ledger.Arrival> resumed = new ArrayList<>();
            ledger.resume(resumed::add);
            assertThat(resumed)
                    .containsExactly(new Ledger.Arrival(run(1), NOW), new Ledger.Arrival(run(2), NOW.plusSeconds(1)));
            assertThat(ledger.waiting()).isEqualTo(2);
            assertThat(done(ledger)).containsExactly(new Ledger.Done(run(3), NOW, NOW.plusSeconds(9)));
            assertThat(transfers(ledger, null)).containsExactly(transfer(2, "s"), transfer(1, "r"));
            assertThat(transfers(ledger, "r")).containsExactly(transfer(1, "r"));
            assertThat(transfers(ledger, "a@s")).containsExactly(transfer(2, "s"));
            List<Transfer> one = new ArrayList<>();
            ledger.transfers(null, transfer -> {
                one.add(transfer);
                return false;
            });
            assertThat(one).containsExactly(transfer(2, "s"));
        }
    }

    @Test
    void whatWasToldIsReadAtOnce() throws IOException {
        try (StoredLedger ledger = open()) {
            ledger.arrived(run(1), NOW);
            assertThat(arrivals(ledger)).hasSize(1);
            ledger.gone(run(1).id());
            ledger.arrived(run(1), NOW.plusSeconds(5));
            assertThat(arrivals(ledger)).containsExactly(new Ledger.Arrival(run(1), NOW.plusSeconds(5)));
            ledger.gone(run(1).id());
            assertThat(ledger.waiting()).isZero();
        }
    }

    @Test
    void theNewestAreKeptThatThereIsRoomFor() throws IOException {
        try (StoredLedger ledger = new StoredLedger(tables, InstantSource.fixed(NOW), 2, 3)) {
            for (long i = 1; i <= 9; i++) {
                ledger.done(run(i), NOW, NOW);
                ledger.transferred(transfer(i, i % 2 == 0 ? "even" : "odd"));
                assertThat(done(ledger).get(0).run()).isEqualTo(run(i));
            }
            assertThat(done(ledger))
                    .extracting(each -> each.run().id().number())
                    .containsExactly(9L, 8L);
            assertThat(transfers(ledger, null))
                    .extracting(each -> each.run().number())
                    .containsExactly(9L, 8L, 7L);
            assertThat(transfers(ledger, "even"))
                    .extracting(each -> each.run().number())
                    .containsExactly(8L);
        }
    }

    /** A part of a run of five frames, with nothing in it. */
    private static NewPart part(RunInfo run, long first, long frames) {
        PartRow row = new PartRow(0, first, frames, "m", 1000, 10, 900, new byte[0], null, first + frames == 5);
        return new NewPart(
                run.id().origin(),
                run.id().backup(),
                run.id().number(),
                run.base(),
                NOW.toEpochMilli(),
                RunText.write(run),
                row,
                new long[(int) frames],
                List.of());
    }

    @Test
    void aCrashLosesNothingThatHasBroughtSomething() throws IOException {
        try (StoredLedger ledger = open()) {
            ledger.arrived(run(1), NOW);
            ledger.arrived(run(2), NOW);
            tables.call(connection -> new Entering(connection).receive(part(run(1), 0, 2), NOW.toEpochMilli()));
            ledger.transferred(new Transfer(run(1).id(), "r", "::1", NOW, NOW, 0, 2, 99, "part", false, null));
            assertThat(transfers(ledger, null)).hasSize(1);
            // Here it crashes: what became of the rest is not in the ledger.
            tables.call(connection -> new Entering(connection).receive(part(run(1), 2, 3), NOW.toEpochMilli()));
        }
        try (StoredLedger ledger = open()) {
            List<Ledger.Arrival> waiting = new ArrayList<>();
            ledger.resume(waiting::add);
            assertThat(waiting).extracting(Ledger.Arrival::run).containsExactly(run(2));
            assertThat(done(ledger)).containsExactly(new Ledger.Done(run(1), NOW, NOW));
            assertThat(transfers(ledger, "r")).hasSize(2);
            Transfer found = transfers(ledger, null).get(0);
            assertThat(found.firstFrame()).isEqualTo(2);
            assertThat(found.frames()).isEqualTo(3);
            assertThat(found.outcome()).isEqualTo("complete");
            assertThat(found.started()).isEqualTo(NOW);
        }
        try (StoredLedger ledger = open()) {
            ledger.resume(waiting -> assertThat(waiting.run()).isEqualTo(run(2)));
            assertThat(transfers(ledger, null)).hasSize(2);
        }
    }

    @Test
    void whatCannotBeWrittenIsWrittenLater() throws IOException, SQLException {
        try (StoredLedger ledger = open();
                Connection other = DriverManager.getConnection(url)) {
            other.setAutoCommit(false);
            try (Statement statement = other.createStatement()) {
                // Whoever inserts the same number waits, in vain.
                statement.execute("INSERT INTO hikae_files_done VALUES (1, '', 0, 0)");
            }
            ledger.arrived(run(1), NOW);
            ledger.done(run(2), NOW, NOW);
            assertThatThrownBy(ledger::waiting).isInstanceOf(IOException.class);
            ledger.transferred(transfer(1, "r"));
            other.rollback();
            assertThat(ledger.waiting()).isOne();
            assertThat(done(ledger)).hasSize(1);
            assertThat(transfers(ledger, null)).containsExactly(transfer(1, "r"));
        }
    }

    @Test
    void whatTheDatabaseHasWrittenAllTheSameIsNotWrittenTwice() throws IOException {
        LedgerWriter writer = new LedgerWriter(tables, 10, 10);
        LedgerWriter blind = new LedgerWriter(tables, 10, 10);
        Unwritten told = new Unwritten();
        told.transfers.add(transfer(1, "r"));
        writer.write(told);
        assertThat(writer.settle()).isEmpty();
        // The same numbers again: it fails, as it does when the answer to a write was lost and the write was not.
        assertThatThrownBy(() -> blind.write(told)).isInstanceOf(IOException.class);
        assertThat(blind.settle()).isEmpty();
        Unwritten more = new Unwritten();
        more.transfers.add(transfer(2, "r"));
        blind.write(more);
        try (StoredLedger ledger = open()) {
            assertThat(transfers(ledger, null)).containsExactly(transfer(2, "r"), transfer(1, "r"));
        }
    }

    @Test
    void requestsAreWhatWasToldLast() throws IOException {
        requests(new Random(Long.getLong("hikae.seed", System.nanoTime())), 2000, 50);
    }

    @Test
    @EnabledIfSystemProperty(named = "hikae.long", matches = "true")
    void aMillionClients() throws IOException {
        requests(new Random(Long.getLong("hikae.seed", System.nanoTime())), 3_000_000, 1_000_000);
    }

    private void requests(Random random, int steps, int clients) throws IOException {
        TreeMap<String, Instant> model = new TreeMap<>();
        StoredLedger ledger = open();
        for (int i = 0; i < steps; i++) {
            String client = "c" + random.nextInt(clients);
            if (random.nextInt(3) > 0) {
                ledger.arrived(run(client, 1), NOW.plusSeconds(i));
                model.put(client, NOW.plusSeconds(i));
            } else {
                ledger.gone(run(client, 1).id());
                model.remove(client);
            }
            if (random.nextInt(steps / 10) == 0) {
                ledger.close();
                ledger = open();
                assertThat(ledger.waiting()).isEqualTo(model.size());
            }
        }
        TreeMap<String, Instant> found = new TreeMap<>();
        ledger.resume(arrival -> found.put(arrival.run().id().origin(), arrival.arrived()));
        assertThat(found).isEqualTo(model);
        ledger.close();
    }
}

package org.hikae.files.center.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.api.files.RunId;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.files.center.store.CenterStore.Query;
import org.hikae.files.center.table.Entering;
import org.hikae.files.center.table.NewPart;
import org.hikae.files.center.table.Tables;
import org.hikae.files.center.table.TestTables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Parts that are read again, since they were entered before what they go on from. */
class CompletingTest {

    private static final RunId RUN = new RunId("alice", "docs", 1);
    private static final byte[] BIG = TestRun.content(3, 60_000);
    private static final int FRAMES = 2;

    private final Watched medium = new Watched();
    private final Tables tables = TestTables.open(TestTables.url());
    private final Core core =
            new Core((name, area) -> medium, tables, InstantSource.fixed(Instant.EPOCH), Core.PATIENCE);

    /** Tells before the last part is read. */
    private static final class Watched extends CrashMedium {

        private String last = "";
        private Runnable beforeLast = () -> {};

        @Override
        public ObjectReader open(String name) throws IOException {
            if (name.equals(last)) {
                Runnable told = beforeLast;
                beforeLast = () -> {};
                told.run();
            }
            return super.open(name);
        }
    }

    @AfterEach
    void close() throws IOException {
        core.close();
        tables.close();
    }

    /** Of a run whose big file goes on through several of them. */
    private List<NewPart> parts() throws IOException {
        TestRun run = TestRun.small("alice", "docs", 1, 0)
                .file("/first", 1, TestRun.content(1, 25_000))
                .file("/big", 2, BIG)
                .end();
        try (StoreRig rig = new StoreRig()) {
            for (int i = 0; i < 3; i++) {
                rig.send(run, FRAMES);
            }
            assertThat(rig.sendAll(run).complete()).isTrue();
            medium.objects.putAll(rig.medium().objects);
        }
        List<NewPart> parts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            PartName name = PartName.part(RUN, i * FRAMES);
            parts.add(PartFile.read(medium, name).entering(StoreRig.MEDIUM));
            medium.last = name.toString();
        }
        return parts;
    }

    private void receive(NewPart part) {
        try {
            tables.call(connection -> new Entering(connection).receive(part, 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Two threads enter what could not be entered before: one enters a part while the other reads those behind it, most of them already. */
    @Test
    void aPartThatComesWhileThoseBehindItAreReadIsNotMissed() throws IOException {
        List<NewPart> parts = parts();
        core.enter(parts.get(2));
        core.enter(parts.get(3));
        medium.beforeLast = () -> receive(parts.get(1));
        core.enter(parts.get(0));

        new Completing(core).after(RUN);

        CenterStore store = new Store(
                (name, area) -> medium,
                tables,
                () -> Set.of(StoreRig.MEDIUM),
                InstantSource.fixed(Instant.EPOCH),
                ZoneOffset.UTC);
        Query all = new Query("alice", null, null, false, null, true);
        Map<String, byte[]> files = new HashMap<>();
        for (StoreRig.Restored each : StoreRig.read(store.content(all, 0))) {
            files.put(each.file().path().toString(), each.content());
        }
        assertThat(files).containsOnlyKeys("/first", "/big");
        assertThat(files.get("/big")).isEqualTo(BIG);
    }
}

package org.hikae.block.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.hikae.api.disk.Changes;
import org.hikae.api.disk.Mark;
import org.hikae.api.disk.TrackingPoint;
import org.hikae.block.tracking.TrackingState.Origin;
import org.hikae.block.tracking.TrackingState.Points;
import org.hikae.block.tracking.TrackingState.StoredMark;
import org.junit.jupiter.api.Test;

/** Files that are in homes already stay readable, and what is written is what the page on the format says. */
class GoldenTest {

    private static final UUID OLD_DISK = UUID.fromString("be8d9c25-dfc2-4287-9770-e5ea3f1bc6f3");
    private static final UUID LINEAGE = new UUID(7, 8);

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = GoldenTest.class.getResourceAsStream("/golden/tracking/" + name)) {
            return in.readAllBytes();
        }
    }

    private static TrackingState state(String start, String ended) {
        return new TrackingState(
                new Origin(Lab.DISK, 4096, LINEAGE, Lab.NOON, "generation d@3 took its place", start),
                new DiskStamp("2049", "77", 1 << 30, "changed 2026-11-05T12:00:00Z", "ext4 1"),
                true,
                9,
                new Points(0, 2, new TreeSet<>(Set.of(0L, 2L))),
                0,
                3,
                0,
                0,
                6,
                List.of(new SavedSet(4, new Span(1, 2)), new SavedSet(5, new Span(3, 3))),
                List.of(new StoredMark("monday", Lab.NOON, LINEAGE, 1)),
                ended);
    }

    /** A home of that version goes on, as one of today does. */
    @Test
    void version1() throws IOException {
        CrashingStorage storage = new CrashingStorage();
        for (String name : List.of("state", "set-2", "set-4", "set-5")) {
            storage.put(name, golden("version-1/" + name));
        }
        TrackingState state = new TrackingFiles(storage, 1 << 20).readState("state");
        UUID lineage = UUID.fromString("1cee0dbc-7eea-432d-8159-1f1d98874479");
        Instant began = Instant.parse("2026-11-26T06:21:08.227861682Z");
        assertThat(state.origin()).isEqualTo(new Origin(OLD_DISK, 4096, lineage, began, "", ""));
        assertThat(state.points()).isEqualTo(new Points(1, 3, new TreeSet<>(Set.of(1L, 3L))));
        Tracking tracking = tracking(storage, state.stamp());
        assertThat(tracking.problem()).isNull();
        assertThat(tracking.start()).isEmpty();
        assertThat(tracking.marks()).extracting(Mark::name).containsExactly("monday");
        for (long epoch = 1; epoch < 4; epoch++) {
            assertThat(tracking.changedSince(new TrackingPoint(lineage, epoch)))
                    .isInstanceOfSatisfying(Changes.Known.class, known -> assertThat(known.blocks())
                            .isNotEmpty());
        }
    }

    private static Tracking tracking(CrashingStorage storage, DiskStamp stamp) {
        StampSource stamps = new StampSource() {
            @Override
            public DiskStamp now() {
                return stamp;
            }

            @Override
            public DiskStamp settled() {
                return stamp;
            }
        };
        return new Tracking(
                new Subject("data", OLD_DISK, 4096),
                new TrackingFiles(storage, 1 << 20),
                stamps,
                InstantSource.fixed(Lab.NOON),
                UUID::randomUUID,
                Runnable::run);
    }

    @Test
    void version2() throws IOException {
        for (String name : List.of("started", "ended")) {
            TrackingState state = name.equals("started") ? state("d@3", "") : state("", "a generation took its place");
            byte[] bytes = golden("version-2/" + name);
            assertThat(StateCodec.encode(state)).isEqualTo(bytes);
            assertThat(StateCodec.decode(name, bytes)).isEqualTo(state);
        }
    }
}

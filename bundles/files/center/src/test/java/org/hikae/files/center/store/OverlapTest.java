package org.hikae.files.center.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.hikae.api.job.Progress;
import org.hikae.files.center.store.CenterStore.Query;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Parts of one run that have the same frames, since it was received again while a medium was away: what is there is not lost (I6). */
class OverlapTest {

    private static final Query NOW = new Query("alice", null, null, false, null, false);
    private static final Query ALL = new Query("alice", null, null, false, null, true);
    private static final byte[] A = TestRun.content(1, 60_000);
    private static final byte[] B = TestRun.content(2, 50_000);

    private final TestRun one;
    private final TestRun two;

    OverlapTest() throws IOException {
        one = TestRun.small("alice", "docs", 1, 0)
                .file("/a", 1, A)
                .file("/b", 2, B)
                .same("/c", 3, A.length, 1, "/a")
                .file("/d", 4, A)
                .end();
        two = TestRun.small("alice", "docs", 2, 1)
                .gone("/a")
                .same("/e", 5, A.length, 1, "/a")
                .file("/b", 6, A)
                .end();
    }

    /** Objects of the first run, cut behind these frames, by the first frame of each; and of the second. */
    private record Layout(TreeMap<Integer, byte[]> parts, Map<String, byte[]> next) {}

    private Layout layout(List<Integer> ends) throws IOException {
        try (StoreRig rig = new StoreRig()) {
            TreeMap<Integer, byte[]> parts = new TreeMap<>();
            int first = 0;
            for (int end : ends) {
                rig.send(one, end - first);
                parts.put(first, rig.medium().objects.get(name(first)));
                first = end;
            }
            assertThat(rig.store.stored(one.info()).complete()).isTrue();
            Map<String, byte[]> before = rig.medium().snapshot();
            rig.sendAll(two);
            Map<String, byte[]> next = new TreeMap<>(rig.medium().snapshot());
            next.keySet().removeAll(before.keySet());
            return new Layout(parts, next);
        }
    }

    private String name(int first) {
        return PartName.part(one.info().id(), first).toString();
    }

    private int frames() {
        return one.frames().size();
    }

    private static void checkSame(StoreRig rig) throws IOException {
        Map<String, StoreRig.Restored> now = rig.restored(NOW);
        assertThat(now.keySet()).containsExactlyInAnyOrder("/b", "/c", "/d", "/e");
        now.forEach((path, file) -> assertThat(file.content()).as(path).isEqualTo(A));
        assertThat(rig.versions(ALL, 100)).hasSize(6);
        assertThat(rig.store.verify(null, Progress.NONE).problems()).isEmpty();
    }

    /** The shorter part comes first, and nobody sends the others any more. */
    @Test
    void aLongerPartIsNotLostBehindAShorterOne() throws IOException {
        Layout cut = layout(List.of(2, frames()));
        Layout whole = layout(List.of(frames()));
        try (StoreRig rig = new StoreRig()) {
            rig.medium().objects.put(name(0), cut.parts.get(0));
            rig.media.get(StoreRig.OTHER).objects.put(name(0), whole.parts.get(0));
            rig.medium().objects.putAll(cut.next);
            for (int i = 0; i < 2; i++) {
                rig.restartWithoutTables();
                assertThat(rig.store.stored(one.info()).complete()).isTrue();
                checkSame(rig);
            }
        }
    }

    /** What is longest is not what leads furthest. */
    @Test
    void thePartsThatLeadFurthestCount() throws IOException {
        Layout some = layout(List.of(3, frames()));
        Layout longer = layout(List.of(5, frames()));
        try (StoreRig rig = new StoreRig()) {
            rig.medium().objects.put(name(0), longer.parts.get(0));
            rig.media
                    .get(StoreRig.OTHER)
                    .objects
                    .putAll(Map.of(name(0), some.parts.get(0), name(3), some.parts.get(3)));
            rig.medium().objects.putAll(some.next);
            rig.restartWithoutTables();
            assertThat(rig.store.stored(one.info()).complete()).isTrue();
            checkSame(rig);
        }
    }

    @Test
    void whicheverMediumComesFirst() {
        history(Long.getLong("hikae.seed", System.nanoTime()), 12);
    }

    @Test
    @EnabledIfSystemProperty(named = "hikae.long", matches = "true")
    void whicheverMediumComesFirstOften() {
        history(Long.getLong("hikae.seed", System.nanoTime()), 80);
    }

    private void history(long seed, int rounds) {
        Random random = new Random(seed);
        for (int round = 0; round < rounds; round++) {
            try (StoreRig rig = new StoreRig()) {
                round(rig, random);
            } catch (IOException | RuntimeException | AssertionError e) {
                throw new AssertionError("round " + round + " of -Dhikae.seed=" + seed, e);
            }
        }
    }

    private void round(StoreRig rig, Random random) throws IOException {
        rig.media.put("o", new CrashMedium(rig.medium()));
        List<int[]> spans = new ArrayList<>();
        for (String medium : List.of("m", "n", "o")) {
            List<Integer> ends = ends(random);
            Layout layout = layout(ends);
            int first = 0;
            for (int end : ends) {
                if (random.nextInt(4) > 0) {
                    rig.media.get(medium).objects.put(name(first), layout.parts.get(first));
                    spans.add(new int[] {first, end});
                }
                first = end;
            }
            rig.medium().objects.putAll(medium.equals("m") ? layout.next : Map.of());
        }
        begin(rig, random);
        assertThat(rig.store.stored(one.info()).frames()).isEqualTo(furthest(spans, 0));
        if (rig.store.stored(one.info()).complete()) {
            checkSame(rig);
        }
    }

    /** Media come at once, or one after the other; and the platform is killed at times. */
    private void begin(StoreRig rig, Random random) throws IOException {
        List<String> late = new ArrayList<>(List.of("n", "o"));
        late.removeIf(medium -> random.nextBoolean());
        rig.away.addAll(late);
        try {
            rig.restartWithoutTables(random.nextBoolean() ? random.nextInt(20) : Long.MAX_VALUE);
        } catch (CrashMedium.Crash e) {
            rig.restart();
        }
        if (rig.medium().hasStopped()) {
            rig.restart();
        } else {
            rig.medium().restart(); // what is opened from here on is not counted
        }
        for (String medium : late) {
            rig.away.remove(medium);
            rig.medium().opens = random.nextInt(10);
            try {
                rig.store.look(Progress.NONE);
            } catch (CrashMedium.Crash e) {
                assertThat(rig.medium().hasStopped()).isTrue();
            }
            rig.restart();
        }
        assertThat(rig.store.look(Progress.NONE)).isTrue();
    }

    private List<Integer> ends(Random random) {
        List<Integer> ends = new ArrayList<>();
        for (int end = 1 + random.nextInt(4); end < frames(); end += 1 + random.nextInt(4)) {
            ends.add(end);
        }
        ends.add(frames());
        return ends;
    }

    private static long furthest(List<int[]> spans, int from) {
        long furthest = from;
        for (int[] span : spans) {
            if (span[0] == from) {
                furthest = Math.max(furthest, furthest(spans, span[1]));
            }
        }
        return furthest;
    }
}

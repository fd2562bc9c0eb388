package org.hikae.files.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.hikae.api.files.Reach;
import org.hikae.api.files.RunId;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.junit.jupiter.api.Test;

/**
 * What is told of a time is the state that there was, whatever the centers above have lost, refused and replaced (R25, decision 0020): generated
 * histories against a model.
 */
class PassThroughHistoryTest {

    private static final long SEED = Long.getLong("hikae.seed", System.nanoTime());
    private static final int HISTORIES = 150;
    private static final int STEPS = 40;
    private static final int PATHS = 8;
    private static final Instant T0 = Instant.parse("2026-11-01T00:00:00Z");

    private final Random random = new Random(SEED);

    /** @param state by path, the run in which the version came that is there with this one */
    private record Run(long number, long base, Instant taken, Map<String, Long> state) {}

    /** A center above: the runs that it has, each with what it builds upon. */
    private static final class Center {
        final TreeMap<Long, Run> has = new TreeMap<>();
        final FakeLink link;

        Center(int number) {
            Member member =
                    new Member(URI.create("https://c" + number + ":1"), "f", "r1", new UUID(0, number + 1), T0, true);
            link = new FakeLink(member, new NoOutbox(), List::of);
        }

        boolean take(Run run) {
            boolean takes = has.containsKey(run.number)
                    || (run.base == 0 || has.containsKey(run.base)) && (has.isEmpty() || run.number > has.lastKey());
            if (takes) {
                has.put(run.number, run);
            }
            return takes;
        }

        /** The last run of a time; 0: none. */
        long at(Instant time) {
            return has.values().stream()
                    .filter(run -> !run.taken.isAfter(time))
                    .mapToLong(Run::number)
                    .max()
                    .orElse(0);
        }

        boolean isReplaced(Run run) {
            return has.tailMap(run.number, false).values().stream().anyMatch(later -> later.base == 0);
        }

        void tell(Instant time) {
            long run = at(time);
            link.versions.clear();
            if (run > 0) {
                has.get(run).state.forEach((path, number) -> link.versions.add(version(path, number)));
            }
            boolean gap = has.tailMap(run, false).values().stream()
                    .anyMatch(later -> later.base == 0 && later.number > 1 && !has.containsKey(later.number - 1));
            link.reach = has.isEmpty() ? Map.of() : Map.of("docs", new Reach(run, has.lastKey(), gap));
        }

        private static StoredVersion version(String path, long run) {
            RunId id = new RunId("alice@r1", "docs", run);
            return new StoredVersion(id, FileName.parse(path), 0, T0, FileType.REGULAR, 5, T0, "00", "vault", null);
        }
    }

    /** A client, a branch, and what that has handed on. */
    private final class History {
        final List<Center> centers = new ArrayList<>();
        final List<Run> runs = new ArrayList<>();
        long released;
        Instant now = T0;

        History() {
            int count = 2 + random.nextInt(2);
            for (int i = 0; i < count; i++) {
                centers.add(new Center(i));
            }
        }

        void step() {
            Center one = centers.get(random.nextInt(centers.size()));
            switch (random.nextInt(12)) {
                case 0 -> one.has.clear();
                case 1 ->
                    one.has
                            .tailMap(1L + (released == 0 ? 0 : random.nextInt((int) released)))
                            .clear();
                case 2, 3, 4, 5 -> back();
                default -> handOn(one);
            }
            for (Run run : runs) {
                if (run.number > released
                        && !centers.stream()
                                .allMatch(each -> each.has.containsKey(run.number) || each.isReplaced(run))) {
                    break;
                }
                released = Math.max(released, run.number);
            }
        }

        private void back() {
            now = now.plusSeconds(random.nextInt(12) - 2);
            Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
            boolean full = last == null || random.nextInt(4) == 0;
            long number = last == null ? 1 : last.number + 1 + (full ? random.nextInt(3) : 0);
            Map<String, Long> state = last == null ? new HashMap<>() : new HashMap<>(last.state);
            for (int i = random.nextInt(4); i > 0; i--) {
                String path = "/" + random.nextInt(PATHS);
                if (random.nextBoolean()) {
                    state.put(path, number);
                } else {
                    state.remove(path);
                }
            }
            if (full) {
                state.replaceAll((path, run) -> number);
            }
            runs.add(new Run(number, full ? 0L : last.number, now, state));
        }

        /** In their order; a full one only if those before it are there, or can never be. */
        private void handOn(Center to) {
            int left = 1 + random.nextInt(6);
            for (Run run : runs) {
                boolean here = run.number > released;
                if (here && left > 0 && !to.has.containsKey(run.number) && to.take(run)) {
                    left--;
                }
            }
        }
    }

    private static Map<String, Long> listed(Above listing) throws IOException {
        Map<String, Long> listed = new HashMap<>();
        listing.get()
                .forEach(each -> listed.merge(each.path().toString(), each.run().number(), (one, other) -> {
                    throw new AssertionError(each.path() + " comes twice");
                }));
        return listed;
    }

    /** Something that lists. */
    private interface Above {
        List<StoredVersion> get() throws IOException;
    }

    private void check(History history, Instant time) throws IOException {
        List<Upstream> upstreams = new ArrayList<>();
        long newest = 0;
        long answered = 0;
        boolean isSilent = false;
        for (Center each : history.centers) {
            each.tell(time);
            each.link.problem = random.nextInt(6) == 0 ? "it is away" : null;
            isSilent |= each.link.problem != null;
            newest = Math.max(newest, each.at(time));
            answered = each.link.problem == null ? Math.max(answered, each.at(time)) : answered;
            upstreams.add(new Upstream(each.link.member, null, null, each.link));
        }
        PassThrough above = new PassThrough(upstreams, () -> T0);
        Map<String, Long> released = history.released == 0 ? Map.of() : Map.of("docs", history.released);
        Map<String, Long> listed;
        try {
            listed = listed(() -> above.versions("alice", null, time, released).versions());
        } catch (IOException e) {
            assertThat(isSilent).as("one is away, %s", e).isTrue();
            return;
        }
        long told = answered;
        assertThat(newest)
                .as(
                        "what is not released is here still: seed %d, at %s, of %s, released %d, centers %s",
                        SEED,
                        time,
                        history.runs,
                        history.released,
                        history.centers.stream()
                                .map(each -> each.has.keySet() + " " + each.link.problem + " " + each.link.reach)
                                .toList())
                .matches(run -> run == told || run > history.released);
        Map<String, Long> state = history.runs.stream()
                .filter(run -> run.number == told)
                .findFirst()
                .map(Run::state)
                .orElse(Map.of());
        assertThat(listed).as("seed %d, at %s", SEED, time).isEqualTo(state);
    }

    @Test
    void theStateOfATimeIsThatOfTheNewestRunOfAll() throws IOException {
        for (int i = 0; i < HISTORIES; i++) {
            History history = new History();
            for (int step = 0; step < STEPS; step++) {
                history.step();
            }
            for (int query = 0; query < STEPS; query++) {
                check(history, T0.plusSeconds(random.nextInt(150) - 2));
            }
        }
    }
}

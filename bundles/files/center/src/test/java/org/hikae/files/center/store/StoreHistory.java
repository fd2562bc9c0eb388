package org.hikae.files.center.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hikae.api.backup.Retention;
import org.hikae.api.files.RunId;
import org.hikae.api.job.Progress;
import org.hikae.files.center.store.CenterStore.Query;
import org.hikae.files.center.store.CenterStore.Stored;

/** A generated history against a model, that crashes at any step, with tables that stay, are old or are lost. */
final class StoreHistory implements AutoCloseable {

    /** One history of so many has frames of a mebibyte. */
    private static final int LARGE = 50;

    private static final List<String> PATHS =
            List.of("/a", "/b", "/b/c", "/b/c!", "/b/d", "/b0", "/\\xff", "/z", "/l" + "o".repeat(1200) + "ng");

    /** A file as the client knows it. @param run in which its content was sent, under {@code of} */
    private record Known(int mode, byte[] content, long run, String of) {}

    /** What a backup of the client has been at each run. */
    private static final class Client {
        private final String origin;
        private final TreeMap<Long, Map<String, Known>> states = new TreeMap<>();
        private final TreeSet<Long> kept = new TreeSet<>();
        private Map<String, Known> now = new HashMap<>();
        private long number;

        Client(String origin) {
            this.origin = origin;
        }

        Query at(long run) {
            return new Query(origin, "docs", null, false, TestRun.taken(run), false);
        }
    }

    private final Random random;
    /** Whether its frames are as large as those of clients. */
    private final boolean large;

    private final StoreRig rig;
    private final List<Client> clients = List.of(new Client("alice"), new Client("bob@r1"));
    /** What receipts said: it holds for ever. */
    private final Map<RunId, Stored> receipts = new HashMap<>();
    /** The tables as they were at some time. */
    private List<String> old;

    private long crashes;
    private long shared;

    StoreHistory(long seed) throws IOException {
        random = new Random(seed);
        large = random.nextInt(LARGE) == 0;
        rig = new StoreRig();
        rig.sharing = new Sharing.Limits(10_000, 20);
        rig.restart();
    }

    /** What may be cut off by a crash, and is done again then. */
    private interface Step {
        void run() throws IOException;
    }

    private void survive(Step step) throws IOException, SQLException {
        survive(step, 12);
    }

    /** @param steps before the end of which it may crash */
    private void survive(Step step, int steps) throws IOException, SQLException {
        while (true) {
            if (random.nextInt(3) == 0) {
                rig.medium().left = random.nextInt(steps);
            }
            try {
                step.run();
                rig.medium().restart();
                return;
            } catch (IOException e) {
                if (!rig.medium().hasStopped()) {
                    throw e;
                }
            }
            crashes++;
            comeBack();
        }
    }

    private void comeBack() throws IOException, SQLException {
        int how = random.nextInt(4);
        // A start may crash too.
        for (int more = 5; ; more--) {
            try {
                if (how == 0) {
                    rig.restartWithoutTables();
                } else if (how == 1 && old != null) {
                    rig.restartWith(old);
                } else {
                    rig.restart();
                }
                rig.store.look(Progress.NONE);
                break;
            } catch (IOException e) {
                if (!rig.medium().hasStopped() || more == 0) {
                    throw e;
                }
            }
        }
        for (Stored receipt : receipts.values()) {
            Stored now = rig.stored(receipt.run());
            boolean held = now.complete() || !receipt.complete() && now.frames() >= receipt.frames();
            assertThat(held || isForgotten(receipt.run()))
                    .as("%s, was %s", now, receipt)
                    .isTrue();
        }
    }

    /** Dropped, and nothing is left of it. */
    private boolean isForgotten(RunId run) {
        return clients.stream()
                .anyMatch(client -> client.origin.equals(run.origin())
                        && !client.kept.contains(run.number())
                        && client.kept.stream().anyMatch(kept -> kept > run.number()));
    }

    /** Some that others have too, or had. */
    private byte[] content() {
        if (random.nextInt(4) == 0) {
            return SharingTest.random(random.nextInt(3), random.nextInt(3) * 9_000 + (large ? 1_100_000 : 12_000));
        }
        int length = random.nextInt(6) == 0 ? random.nextInt(large ? 2_500_000 : 25_000) : random.nextInt(3000);
        return TestRun.content(random.nextInt(), length);
    }

    private TestRun change(Client client) throws IOException {
        long base = client.number;
        client.number += 1 + random.nextInt(2);
        boolean full = base == 0 || random.nextInt(5) == 0;
        long upon = full ? 0 : base;
        TestRun.Maker run = large
                ? TestRun.make(client.origin, "docs", client.number, upon)
                : TestRun.small(client.origin, "docs", client.number, upon);
        Map<String, Known> next = full ? new HashMap<>() : new HashMap<>(client.now);
        List<String> names = new ArrayList<>();
        for (String path : PATHS) {
            int what = random.nextInt(10);
            Known before = next.get(path);
            if (what < 3) {
                byte[] content = content();
                next.put(path, new Known(what, content, client.number, path));
                run.file(path, what, content);
                names.add(path);
            } else if (what == 3 && before != null) {
                next.remove(path);
                run.gone(path);
            } else if (what == 4 && before != null && before.content != null) {
                next.put(path, new Known(40, before.content, before.run, before.of));
                run.same(path, 40, before.content.length, before.run, before.of);
            } else if (what == 5 && !names.isEmpty()) {
                String of = names.get(random.nextInt(names.size()));
                byte[] content = next.get(of).content;
                next.put(path, new Known(50, content, client.number, of));
                run.same(path, 50, content.length, client.number, of);
            } else if (what == 6) {
                run.voided(path, content());
            } else if (what == 7) {
                next.put(path, new Known(70, null, 0, null));
                run.folder(path, 70);
            }
        }
        client.now = next;
        return run.end();
    }

    private void send(Client client) throws IOException, SQLException {
        TestRun run = change(client);
        RunId id = run.info().id();
        while (!rig.stored(id).complete()) {
            int most = 1 + random.nextInt(4);
            survive(() -> {
                if (!rig.stored(id).complete()) {
                    Stored stored = rig.send(run, most);
                    receipts.put(id, stored);
                }
            });
        }
        client.kept.add(client.number);
        client.states.put(client.number, client.now);
        assertThat(rig.frames(run.info(), 0)).isEqualTo(RemovalTest.concat(run.frames()));
    }

    private void retain(Client client) throws IOException, SQLException {
        int last = 1 + random.nextInt(4);
        List<Long> all = List.copyOf(client.kept);
        client.kept.retainAll(all.subList(Math.max(0, all.size() - last), all.size()));
        // What a crash cuts off is dropped already: the rest is what the same rule leaves.
        survive(() -> rig.store.retain(client.origin, new Retention(last, 0, 0, 0, 0, 0), Progress.NONE));
    }

    /** All that is listed, and what is in some of it: in the end all is looked at. */
    private void check(boolean all) throws IOException {
        for (Client client : clients) {
            List<Long> kept = rig.store.runs().stream()
                    .filter(run -> run.id().origin().equals(client.origin))
                    .map(run -> run.id().number())
                    .toList();
            assertThat(kept).containsExactlyElementsOf(client.kept);
            for (long run : client.kept) {
                if (all || random.nextInt(4) == 0) {
                    check(client.at(run), client.states.get(run));
                }
            }
            if (!client.kept.isEmpty() && (all || random.nextBoolean())) {
                check(new Query(client.origin, null, null, false, null, false), client.now);
                long before = client.kept.first() - 1;
                assertThat(rig.versions(client.at(before), 5)).isEmpty();
            }
        }
    }

    private void check(Query query, Map<String, Known> expected) throws IOException {
        Map<String, StoreRig.Restored> restored = rig.restored(query);
        assertThat(restored.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
        expected.forEach((path, known) -> {
            assertThat(restored.get(path).content()).isEqualTo(known.content);
            assertThat(restored.get(path).file().mode()).isEqualTo(known.mode);
        });
    }

    void run(int steps) throws IOException, SQLException {
        for (int i = 0; i < steps; i++) {
            Client client = clients.get(random.nextInt(clients.size()));
            int what = random.nextInt(10);
            if (what < 6) {
                send(client);
            } else if (what < 8) {
                retain(client);
            } else if (what == 8) {
                survive(rig::share, 60);
                shared += rig.store.saved();
            } else if (random.nextInt(3) == 0) {
                old = rig.script();
            } else if (random.nextBoolean()) {
                survive(() -> rig.store.rebuild(Progress.NONE));
            } else {
                String other = rig.current().equals(StoreRig.MEDIUM) ? StoreRig.OTHER : StoreRig.MEDIUM;
                survive(() -> rig.use(other));
            }
            check(false);
        }
        check(true);
        assertThat(rig.store.verify(null, Progress.NONE).problems()).isEmpty();
        // What older tables had, and what a crash left for later, are no damage.
        assertThat(rig.store.problems()).allMatch(text -> text.contains(" is gone from ") || text.contains(" for now"));
        rig.restartWithoutTables();
        check(true);
        emptied();
    }

    /** In the end nothing is kept that nobody needs. */
    private void emptied() throws IOException {
        for (Client client : clients) {
            if (client.number > 0) {
                rig.sendAll(TestRun.make(client.origin, "docs", client.number + 1, 0)
                        .end());
                rig.store.retain(client.origin, new Retention(1, 0, 0, 0, 0, 0), Progress.NONE);
                assertThat(rig.media.values().stream()
                                .flatMap(medium -> medium.objects.keySet().stream())
                                .filter(name ->
                                        name.startsWith("files/" + client.origin + "/") && !name.contains("/runs.")))
                        .allMatch(name -> name.contains(String.format(Locale.ROOT, "/%016x.", client.number + 1)));
            }
        }
        rig.share();
        assertThat(rig.media.values())
                .allMatch(medium -> medium.objects.keySet().stream().noneMatch(name -> name.contains("@common")));
    }

    /** Bytes that were saved, at some times. */
    long shared() {
        return shared;
    }

    long crashes() {
        return crashes;
    }

    @Override
    public void close() {
        rig.close();
    }
}

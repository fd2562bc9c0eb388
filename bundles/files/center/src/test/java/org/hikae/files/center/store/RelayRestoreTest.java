package org.hikae.files.center.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.hikae.api.files.Reach;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.files.relay.Above;
import org.hikae.api.files.relay.MissingVersionsException;
import org.hikae.api.fs.FileName;
import org.hikae.files.center.Lab;
import org.hikae.files.center.store.CenterStore.Query;
import org.hikae.files.transfer.message.ContentRequest;
import org.hikae.files.transfer.message.ErrorReply;
import org.hikae.files.transfer.message.VersionKey;
import org.hikae.files.transfer.message.VersionsRequest;
import org.hikae.files.transfer.run.ContentHash;
import org.hikae.files.transfer.uplink.RefusedException;
import org.hikae.files.transfer.uplink.RunOutbox;
import org.hikae.files.transfer.uplink.Uplink;
import org.hikae.files.transfer.uplink.UplinkTimes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restore at a relay that has some versions itself, while others are above alone (R25). */
class RelayRestoreTest {

    private static final byte[] OLD = TestRun.content(1, 5000);
    private static final byte[] NEW = TestRun.content(2, 2_000_000);

    @TempDir
    Path folder;

    private StoreRig relay;
    private StoreRig center;
    private TestRun two;
    private final Upper upper = new Upper();
    private Lab lab;
    private Uplink alice;

    private interface Step {
        void run() throws IOException;
    }

    /** The center above, which knows the client by the same name here. */
    private final class Upper implements Above {

        private IOException away;
        private ReadableByteChannel endless;
        private Begun passed;
        private Map<String, Long> told;
        /** Whether another center answers from the second time on, which has not all that the first one has. */
        private boolean lessLater;

        private Step beforeSecond = () -> {};
        private Step afterFirst = () -> {};
        private int asked;

        @Override
        public boolean isHandingOn() {
            return true;
        }

        @Override
        public Listing versions(String origin, String path, Instant at, Map<String, Long> released) throws IOException {
            if (away != null) {
                throw away;
            }
            if (asked++ == 1) {
                beforeSecond.run();
            }
            FileName name = path == null ? null : FileName.parse(path);
            Query query = new Query(origin, null, name, true, at, at == null);
            List<StoredVersion> found = center.versions(query, 7).stream()
                    .skip(lessLater && asked > 1 ? 1 : 0)
                    .map(Version::version)
                    .toList();
            told = released;
            Listing listing = new Listing(found, at == null ? null : center.store.reach(query));
            if (asked == 1) {
                afterFirst.run();
            }
            return listing;
        }

        @Override
        public ReadableByteChannel content(String origin, List<Key> versions, int skip, Begun begun)
                throws IOException {
            if (endless != null) {
                return endless;
            }
            List<String> ids = new ArrayList<>();
            List<Integer> missing = new ArrayList<>();
            for (int i = 0; i < versions.size(); i++) {
                Key key = versions.get(i);
                Query query = new Query(origin, key.backup(), key.path(), false, null, true);
                Optional<Version> found = center.versions(query, 7).stream()
                        .filter(each -> each.version().run().number() == key.run())
                        .findFirst();
                found.ifPresent(version -> ids.add(version.id()));
                if (found.isEmpty()) {
                    missing.add(i);
                }
            }
            if (!missing.isEmpty()) {
                throw new MissingVersionsException(origin, missing, "not here");
            }
            passed = begun;
            return center.store.content(origin, ids, skip, begun == null ? 0 : begun.bytes());
        }
    }

    @BeforeEach
    void open() throws Exception {
        relay = new StoreRig();
        center = new StoreRig();
        TestRun one = TestRun.make("alice", "docs", 1, 0)
                .folder("/d", 0755)
                .file("/d/changed", 0644, OLD)
                .file("/d/gone", 0600, OLD)
                .file("/d/kept", 0600, OLD)
                .file("/d/touched", 0600, OLD)
                .end();
        center.sendAll(one);
        relay.sendAll(one);
        relay.store.release(one.info().id());
        two = TestRun.make("alice", "docs", 2, 1)
                .file("/d/changed", 0644, NEW)
                .gone("/d/gone")
                .same("/d/touched", 0400, OLD.length, 1, "/d/touched")
                .file("/d/new", 0600, NEW)
                .end();
        relay.sendAll(two);
        lab = new Lab(folder, relay.store, upper);
        alice = uplink(lab);
    }

    private static Uplink uplink(Lab lab) throws Exception {
        return new Uplink(
                lab.uri("").resolve("/"),
                lab.join("alice", false).identity,
                new Nothing(),
                List::of,
                UplinkTimes.USUAL,
                Clock.systemUTC(),
                new Random(1));
    }

    @AfterEach
    void close() throws IOException {
        alice.close();
        lab.close();
        relay.close();
        center.close();
    }

    private List<StoredVersion> versions(Instant at, boolean all) throws IOException {
        List<StoredVersion> found = new ArrayList<>();
        alice.versions(new VersionsRequest("alice", null, FileName.parse("/d"), true, at, all, null, 3), found::add);
        return found;
    }

    /** How far all of it reaches, as each page says that knows what is above. */
    private List<Map<String, Reach>> reach(Instant at) throws IOException {
        return reach(alice, at, 1000);
    }

    private static List<Map<String, Reach>> reach(Uplink from, Instant at, int limit) throws IOException {
        List<Map<String, Reach>> said = new ArrayList<>();
        VersionsRequest request =
                new VersionsRequest("alice", null, FileName.parse("/d"), true, at, false, null, limit);
        from.versions(request, new Uplink.VersionSink() {
            @Override
            public void version(StoredVersion version) {}

            @Override
            public void reach(Map<String, Reach> reach) {
                said.add(reach);
            }
        });
        return said;
    }

    private static List<String> names(List<StoredVersion> versions) {
        return versions.stream()
                .map(each -> each.path() + "@" + each.run().number() + (each.until() == 0 ? "" : "-" + each.until()))
                .toList();
    }

    private static VersionKey key(StoredVersion version) {
        return new VersionKey(version.run().backup(), version.run().number(), version.path());
    }

    @Test
    void whatIsListedIsTheStateThatBothTellTogether() throws IOException {
        assertThat(names(versions(null, false)))
                .containsExactlyInAnyOrder("/d@1", "/d/changed@2", "/d/kept@1", "/d/touched@1", "/d/new@2");
        assertThat(names(versions(TestRun.taken(1), false)))
                .containsExactlyInAnyOrder("/d@1", "/d/changed@1", "/d/gone@1", "/d/kept@1", "/d/touched@1");
        assertThat(names(versions(null, true)))
                .containsExactlyInAnyOrder(
                        "/d@1",
                        "/d/changed@1-2",
                        "/d/changed@2",
                        "/d/gone@1-2",
                        "/d/kept@1",
                        "/d/touched@1",
                        "/d/new@2");
    }

    /** Each page asks anew, and nothing is passed over between two of them. */
    @Test
    void nothingIsPassedOverWhereOtherCentersAnswerBetweenPages() throws IOException {
        for (boolean all : new boolean[] {false, true}) {
            upper.lessLater = false;
            List<String> before = names(versions(null, all));
            upper.asked = 0;
            upper.lessLater = true;
            assertThat(names(versions(null, all))).isEqualTo(before);
        }
    }

    /** What is above is listed by path, and a run may be handed on meanwhile that has another version of the last path of a page. */
    @Test
    void nothingIsPassedOverWhereAnotherVersionTakesThePlaceOfTheLastOne() throws IOException {
        upper.beforeSecond = () -> center.sendAll(TestRun.make("alice", "docs", 2, 1)
                .file("/d/changed", 0644, NEW)
                .file("/d/gone", 0644, NEW)
                .file("/d/kept", 0644, NEW)
                .end());
        assertThat(names(versions(TestRun.taken(9), false))).contains("/d@1", "/d/touched@1");
        assertThat(upper.asked).isGreaterThan(1);
    }

    /** The center above says what it had before the run came, and here that is not any more. */
    @Test
    void aRunThatIsHandedOnWhileItIsListedIsNotPassedOver() throws IOException {
        upper.afterFirst = () -> {
            center.sendAll(two);
            relay.store.release(two.info().id());
        };
        assertThat(names(versions(null, false)))
                .contains("/d@1", "/d/changed@2", "/d/kept@1", "/d/touched@2", "/d/new@2")
                .doesNotContain("/d/gone@1");
    }

    /** As its relay has not begun yet, say. */
    @Test
    void whereNobodyCanAskWhatWasHandedOnThatIsNotPassedOver() throws Exception {
        try (Lab own = new Lab(Files.createDirectory(folder.resolve("own")), relay.store, null);
                Uplink client = uplink(own)) {
            assertThatThrownBy(() -> reach(client, null, 1000)).hasMessageContaining("handed on");
            assertThatThrownBy(() -> reach(client, TestRun.taken(2), 1000)).hasMessageContaining("handed on");
            relay.sendAll(TestRun.make("alice", "docs", 3, 0)
                    .file("/d/kept", 0600, NEW)
                    .end());
            assertThat(reach(client, null, 1000)).containsExactly(Map.of("docs", new Reach(3, 3, false)));
            assertThatThrownBy(() -> reach(client, TestRun.taken(2), 1000)).hasMessageContaining("handed on");
        }
    }

    @Test
    void howFarItReachesIsSaidOfBothTogether() throws IOException {
        assertThat(reach(null)).containsExactly(Map.of("docs", new Reach(2, 2, false)));
        assertThat(upper.told).containsExactly(Map.entry("docs", 1L));
        assertThat(reach(TestRun.taken(1))).containsExactly(Map.of("docs", new Reach(1, 1, false)));
        relay.sendAll(
                TestRun.make("alice", "docs", 5, 0).file("/d/kept", 0600, NEW).end());
        assertThat(reach(TestRun.taken(4))).containsExactly(Map.of("docs", new Reach(2, 5, true)));
    }

    @Test
    void aCenterSaysWithEachPageHowFarItReaches() throws Exception {
        center.sendAll(
                TestRun.make("alice", "docs", 4, 0).file("/d/kept", 0600, NEW).end());
        try (Lab own = new Lab(Files.createDirectory(folder.resolve("own")), center.store, null);
                Uplink client = uplink(own)) {
            Map<String, Reach> then = Map.of("docs", new Reach(1, 4, true));
            assertThat(reach(client, TestRun.taken(1), 3)).containsExactly(then, then);
            assertThat(reach(client, null, 3)).containsExactly(Map.of("docs", new Reach(4, 4, false)));
        }
    }

    @Test
    void aFullRunThatIsStillHereEndsWhatIsAboveAndItDoesNotName() throws IOException {
        relay.sendAll(
                TestRun.make("alice", "docs", 3, 0).file("/d/kept", 0600, NEW).end());
        assertThat(names(versions(null, false))).containsExactly("/d/kept@3");
        assertThat(names(versions(TestRun.taken(2), false)))
                .contains("/d/kept@1", "/d/changed@2-3")
                .doesNotContain("/d/gone@1");
    }

    /** Page by page it would be asked for as often as it makes pages. */
    @Test
    void whatIsAboveAndAllEndedIsAskedForOnce() throws IOException {
        relay.sendAll(
                TestRun.make("alice", "docs", 3, 0).file("/d/other", 0600, NEW).end());
        upper.asked = 0;
        assertThat(names(versions(null, false))).containsExactly("/d/other@3");
        assertThat(upper.asked).isEqualTo(1);
    }

    @Test
    void contentComesFromBothInTheOrderThatWasAskedFor() throws IOException {
        List<StoredVersion> all = versions(null, false);
        all.sort((a, b) -> a.path().toString().compareTo(b.path().toString()));
        List<VersionKey> keys = all.stream().map(RelayRestoreTest::key).toList();
        for (int skip = 0; skip <= keys.size(); skip++) {
            List<StoreRig.Restored> files = StoreRig.read(alice.content(new ContentRequest("alice", keys, skip)));
            assertThat(files)
                    .extracting(each -> each.file().path().toString())
                    .containsExactlyElementsOf(keys.subList(skip, keys.size()).stream()
                            .map(each -> each.path().toString())
                            .toList());
            for (StoreRig.Restored each : files) {
                String path = each.file().path().toString();
                boolean now = path.equals("/d/changed") || path.equals("/d/new");
                assertThat(each.content()).as(path).isEqualTo(path.equals("/d") ? null : now ? NEW : OLD);
            }
        }
    }

    private static ContentRequest begun(String path, long run, long bytes, byte[] content) {
        ContentHash hash = new ContentHash();
        hash.add(0, ByteBuffer.wrap(content));
        String sha256 = HexFormat.of().formatHex(hash.finish(content.length));
        VersionKey key = new VersionKey("docs", run, FileName.parse(path));
        VersionKey next = new VersionKey("docs", 2, FileName.parse("/d/new"));
        return new ContentRequest("alice", List.of(next, key, next), 1, new ContentRequest.Begun(bytes, sha256));
    }

    /** Here and above; of the one after it all comes. */
    @Test
    void whatWasBegunNeedNotComeAgain() throws IOException {
        List<StoreRig.Restored> here = StoreRig.read(alice.content(begun("/d/changed", 2, 1_500_000, NEW)));
        assertThat(here).hasSize(2);
        byte[] rest = here.get(0).content();
        assertThat(Arrays.copyOfRange(rest, 1_500_000, NEW.length))
                .isEqualTo(Arrays.copyOfRange(NEW, 1_500_000, NEW.length));
        assertThat(Arrays.copyOf(rest, 300_000)).containsOnly(0);
        assertThat(here.get(1).content()).isEqualTo(NEW);

        List<StoreRig.Restored> above = StoreRig.read(alice.content(begun("/d/kept", 1, OLD.length, OLD)));
        assertThat(upper.passed.bytes()).isEqualTo(OLD.length);
        assertThat(above.get(0).content()).containsOnly(0);
        assertThat(above.get(1).content()).isEqualTo(NEW);
    }

    @Test
    void whatWasBegunOfAnotherContentIsRefused() {
        assertThatThrownBy(() -> alice.content(begun("/d/changed", 2, 5, OLD)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(ErrorReply.MISSING));
    }

    @Test
    void whatNobodyHasIsMissingAndItIsSaidWhichThatIs() {
        ContentRequest request = new ContentRequest(
                "alice",
                List.of(
                        new VersionKey("docs", 7, FileName.parse("/d/passed")),
                        new VersionKey("docs", 2, FileName.parse("/d/new")),
                        new VersionKey("docs", 1, FileName.parse("/d/kept")),
                        new VersionKey("docs", 9, FileName.parse("/d/kept"))),
                1);
        assertThatThrownBy(() -> alice.content(request)).isInstanceOfSatisfying(RefusedException.class, e -> {
            assertThat(e.status()).isEqualTo(404);
            assertThat(e.missing()).containsExactly(3);
        });
    }

    @Test
    void ifWhoIsAboveIsAwayItIsSaid() {
        upper.away = new IOException("the center above at https://up:7443 cannot be asked: it is away");
        assertThatThrownBy(() -> versions(null, false))
                .hasMessageContaining("https://up:7443")
                .hasMessageContaining("away");
    }

    /** Frames without end: as long as the certificate is accepted. */
    @Test
    void whoIsRevokedGetsNoMoreOfAnAnswerThatGoesOn() throws Exception {
        CountDownLatch read = new CountDownLatch(100);
        upper.endless = new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer to) {
                int count = to.remaining();
                to.put(new byte[count]);
                read.countDown();
                return count;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
        ContentRequest request =
                new ContentRequest("alice", List.of(new VersionKey("docs", 1, FileName.parse("/d/kept"))), 0);
        try (ReadableByteChannel content = alice.content(request)) {
            CompletableFuture<Throwable> ended = CompletableFuture.supplyAsync(() -> {
                ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
                try {
                    while (content.read(buffer.clear()) >= 0) {
                        assertThat(buffer.position()).isPositive();
                    }
                    return null;
                } catch (IOException e) {
                    return e;
                }
            });
            read.await();
            assertThat(ended).isNotDone();
            lab.revoke("alice");
            assertThat(ended.join()).isInstanceOf(IOException.class);
        }
    }

    /** Nothing to send. */
    private static final class Nothing implements RunOutbox {

        @Override
        public List<RunInfo> runs() {
            return List.of();
        }

        @Override
        public ReadableByteChannel open(RunId run, long frame) throws IOException {
            throw new NoSuchFileException(run.toString());
        }

        @Override
        public void received(RunId run, long frames) {}

        @Override
        public void complete(RunId run, UUID identity) {}

        @Override
        public void fullWanted(String origin, String backup, long above) {}

        @Override
        public void refused(RunId run, UUID identity, String text) {}

        @Override
        public void problem(RunId run, String text) {}
    }
}

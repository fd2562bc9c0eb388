package org.hikae.files.center.store;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.hikae.api.files.Reach;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.files.relay.Above;
import org.hikae.api.files.relay.MissingVersionsException;
import org.hikae.api.fs.FileName;
import org.hikae.files.center.Lab;
import org.hikae.files.center.store.CenterStore.Query;
import org.hikae.files.transfer.message.VersionKey;
import org.hikae.files.transfer.message.VersionsRequest;
import org.hikae.files.transfer.uplink.RunOutbox;
import org.hikae.files.transfer.uplink.Uplink;
import org.hikae.files.transfer.uplink.UplinkTimes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A relay that has one run, and a center above that has the one before it, which the relay has handed on. */
abstract class RelayFixture {

    static final byte[] OLD = TestRun.content(1, 5000);
    static final byte[] NEW = TestRun.content(2, 2_000_000);

    @TempDir
    Path folder;

    StoreRig relay;
    StoreRig center;
    TestRun two;
    final Upper upper = new Upper();
    Lab lab;
    Uplink alice;

    interface Step {
        void run() throws IOException;
    }

    /** The center above, which knows the client by the same name here. */
    final class Upper implements Above {

        IOException away;
        ReadableByteChannel endless;
        Begun passed;
        Map<String, Long> told;
        /** Whether another center answers from the second time on, which has not all that the first one has. */
        boolean lessLater;

        Step beforeSecond = () -> {};
        Step afterFirst = () -> {};
        int asked;

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

    static Uplink uplink(Lab lab) throws Exception {
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

    List<StoredVersion> versions(Instant at, boolean all) throws IOException {
        List<StoredVersion> found = new ArrayList<>();
        alice.versions(new VersionsRequest("alice", null, FileName.parse("/d"), true, at, all, null, 3), found::add);
        return found;
    }

    /** How far all of it reaches, as each page says that knows what is above. */
    List<Map<String, Reach>> reach(Instant at) throws IOException {
        return reach(alice, at, 1000);
    }

    static List<Map<String, Reach>> reach(Uplink from, Instant at, int limit) throws IOException {
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

    static List<String> names(List<StoredVersion> versions) {
        return versions.stream()
                .map(each -> each.path() + "@" + each.run().number() + (each.until() == 0 ? "" : "-" + each.until()))
                .toList();
    }

    static VersionKey key(StoredVersion version) {
        return new VersionKey(version.run().backup(), version.run().number(), version.path());
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

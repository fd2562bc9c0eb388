package org.hikae.files.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.hikae.api.files.Reach;
import org.hikae.api.files.RunId;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.files.relay.Above;
import org.hikae.api.files.relay.MissingVersionsException;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.files.transfer.message.ContentRequest;
import org.hikae.files.transfer.run.RunItem;
import org.hikae.files.transfer.run.RunReader;
import org.junit.jupiter.api.Test;

/** What a relay asks the centers above for, each of which may lack something (R25). */
class PassThroughTest {

    private static final Instant T0 = Instant.parse("2026-11-01T00:00:00Z");

    private final FakeLink a = link("https://a:1", T0);
    private final FakeLink b = link("https://b:2", T0);
    private final FakeLink c = link("https://c:3", T0);
    private final PassThrough above = above(a, b, c);

    private static FakeLink link(String address, Instant since) {
        UUID id = new UUID(0, address.hashCode());
        Member member = new Member(URI.create(address), "f", "r1", id, since, true);
        return new FakeLink(member, new NoOutbox(), List::of);
    }

    private static PassThrough above(FakeLink... links) {
        List<Upstream> upstreams = new ArrayList<>();
        for (FakeLink each : links) {
            upstreams.add(new Upstream(each.member, null, null, each));
        }
        return new PassThrough(upstreams, () -> T0);
    }

    private static StoredVersion version(String origin, long run, String path) {
        return new StoredVersion(
                new RunId(origin, "docs", run),
                FileName.parse(path),
                0,
                FakeReceived.TAKEN,
                FileType.REGULAR,
                5,
                FakeReceived.TAKEN,
                "00",
                "vault",
                null);
    }

    private static StoredVersion stored(long run, String path) {
        return version("alice@r1", run, path);
    }

    private static List<StoredVersion> versions(PassThrough above, String path, Instant at) throws IOException {
        return above.versions("alice", path, at, Map.of("docs", 9L)).versions();
    }

    private static Above.Key key(long run, String path) {
        return new Above.Key("docs", run, FileName.parse(path));
    }

    /** By path, in their order, the center that each came from. */
    private static List<String> read(ReadableByteChannel channel) throws IOException {
        List<String> files = new ArrayList<>();
        try (RunReader reader = new RunReader(channel)) {
            for (RunItem item = reader.next(); item != null; item = reader.next()) {
                if (item instanceof RunItem.FileItem file) {
                    files.add(file.path() + " ");
                } else if (item instanceof RunItem.Data data) {
                    int last = files.size() - 1;
                    files.set(last, files.get(last) + StandardCharsets.US_ASCII.decode(data.bytes()));
                }
            }
        }
        return files;
    }

    @Test
    void oneThatHasAllGivesAllAndOneThatAnswersIsAskedFirst() throws IOException {
        a.versions.add(stored(3, "/home/\\xff"));
        b.versions.addAll(a.versions);
        b.versions.add(stored(4, "/home/b"));
        assertThat(versions(above, "/home", null))
                .containsExactly(version("alice", 3, "/home/\\xff"), version("alice", 4, "/home/b"));
        a.problem = "it is away";
        assertThat(versions(above, "/home", null)).hasSize(2);
        c.problem = "away, too";
        var keys = List.of(key(3, "/home/\\xff"), key(4, "/home/b"));
        assertThat(read(above.content("alice", keys, 1, null))).containsExactly("/home/b https://b:2");
        assertThat(a.asked).noneMatch(each -> each instanceof ContentRequest);
        b.problem = "away as well";
        assertThatThrownBy(() -> versions(above, "/home", null)).hasMessageContaining("away");
        assertThatThrownBy(() -> above.content("alice", List.of(key(3, "/a")), 0, null))
                .hasMessageContaining("away");
    }

    @Test
    void whatNoCenterHasAllOfComesFromEachThatHasSome() throws IOException {
        List<Above.Key> keys =
                IntStream.range(0, 30).mapToObj(i -> key(i / 10 + 1, "/f" + i)).toList();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            FakeLink has = List.of(a, b, c).get(i * 7 % 3);
            has.versions.add(stored(i / 10 + 1, "/f" + i));
            expected.add("/f" + i + " " + has.member.address());
        }
        b.versions.add(stored(1, "/f0")); // a has it, and is asked first
        for (int skip = 0; skip <= keys.size(); skip += 5) {
            if (skip < keys.size()) {
                assertThat(read(above.content("alice", keys, skip, null)))
                        .containsExactlyElementsOf(expected.subList(skip, expected.size()));
            }
        }
    }

    @Test
    void whatNobodyHasIsNamed() {
        a.versions.add(stored(1, "/a"));
        b.versions.add(stored(2, "/b"));
        List<Above.Key> keys = List.of(key(9, "/x"), key(2, "/b"), key(8, "/y"), key(1, "/a"), key(7, "/z"));
        assertThatThrownBy(() -> above.content("alice", keys, 1, null))
                .isInstanceOfSatisfying(MissingVersionsException.class, e -> assertThat(e.missing())
                        .containsExactly(1, 3));
    }

    @Test
    void whoIsAwayIsNamedIfTheOthersHaveNotAll() throws IOException {
        a.versions.add(stored(1, "/a"));
        b.versions.add(stored(2, "/b"));
        a.problem = "it sleeps";
        List<Above.Key> keys = List.of(key(1, "/a"), key(2, "/b"));
        assertThatThrownBy(() -> above.content("alice", keys, 0, null))
                .hasMessageContaining("https://a:1")
                .hasMessageContaining("sleeps");
        assertThat(read(above.content("alice", keys, 1, null))).hasSize(1);
    }

    /** A center of an earlier version. */
    @Test
    void whoDoesNotSayWhichItLacksIsTakenToHaveNone() throws IOException {
        a.versions.add(stored(1, "/a"));
        a.saysWhich = false;
        b.versions.add(stored(1, "/a"));
        c.versions.add(stored(2, "/b"));
        assertThat(read(above.content("alice", List.of(key(2, "/b"), key(1, "/a")), 0, null)))
                .containsExactly("/b https://c:3", "/a https://b:2");
    }

    @Test
    void whatOneCenterKnowsToHaveEndedHas() throws IOException {
        a.versions.add(stored(1, "/a"));
        b.versions.add(stored(1, "/a").endedBy(9));
        c.versions.add(stored(1, "/a").endedBy(5));
        assertThat(versions(above, null, null))
                .containsExactly(version("alice", 1, "/a").endedBy(5));
    }

    @Test
    void atOneTimeThereIsOneVersionOfAFile() throws IOException {
        a.versions.add(stored(1, "/a"));
        a.versions.add(stored(2, "/b"));
        b.versions.add(stored(4, "/a"));
        c.versions.add(stored(3, "/a"));
        assertThat(versions(above, null, T0))
                .containsExactlyInAnyOrder(version("alice", 4, "/a"), version("alice", 2, "/b"));
        assertThat(versions(above, null, null)).hasSize(4);
    }

    /** A center that lacks runs which were replaced there knows of no deletion in them (decision 0020). */
    @Test
    void whatWasDeletedInARunThatOneCenterLacksDoesNotComeBack() throws IOException {
        a.versions.add(stored(3, "/new"));
        a.reach = Map.of("docs", new Reach(4, 9, false));
        b.versions.add(stored(1, "/deleted"));
        b.reach = Map.of("docs", new Reach(2, 9, true));
        c.reach = Map.of();
        assertThat(versions(above, null, T0)).containsExactly(version("alice", 3, "/new"));
        b.problem = "it is away";
        assertThat(versions(above, null, T0)).containsExactly(version("alice", 3, "/new"));
        b.problem = null;
        a.problem = "it is away";
        assertThatThrownBy(() -> versions(above, null, T0)).hasMessageContaining("https://a:1");
        assertThat(versions(above, null, null)).hasSize(1);
    }

    @Test
    void oneThatWasJoinedEarlierMayHaveMoreAndIsMissed() throws IOException {
        FakeLink later = link("https://d:4", T0.plusSeconds(86_400));
        PassThrough both = above(a, later);
        later.problem = "it is away";
        assertThat(versions(both, null, null)).isEmpty();
        later.problem = null;
        a.problem = "it is away";
        assertThatThrownBy(() -> versions(both, null, null)).hasMessageContaining("https://a:1");
    }

    @Test
    void filesOfOthersAreNotPassedOn() {
        a.versions.add(version("bob@r1", 3, "/home/a"));
        assertThatThrownBy(() -> versions(above(a), null, null)).hasMessageContaining("another client");
    }

    @Test
    void whatIsThereOfTheFirstOneIsSaidToWhoeverMayGiveIt() throws IOException {
        a.versions.add(stored(1, "/b"));
        b.versions.add(stored(1, "/a"));
        Above.Begun begun = new Above.Begun(3, "0".repeat(64));
        assertThat(read(above.content("alice", List.of(key(1, "/a"), key(1, "/b")), 0, begun)))
                .containsExactly("/a https://b:2", "/b https://a:1");
        ContentRequest.Begun part = new ContentRequest.Begun(3, begun.sha256());
        assertThat(parts(a)).containsExactly(part, null);
        assertThat(parts(b)).containsExactly(part);
    }

    private static List<ContentRequest.Begun> parts(FakeLink link) {
        List<ContentRequest.Begun> parts = new ArrayList<>();
        for (Object each : link.asked) {
            if (each instanceof ContentRequest request) {
                parts.add(request.begun());
            }
        }
        return parts;
    }
}

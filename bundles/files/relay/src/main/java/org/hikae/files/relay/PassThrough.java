package org.hikae.files.relay;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.api.files.Reach;
import org.hikae.api.files.RunId;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.files.relay.Above;
import org.hikae.api.fs.FileName;
import org.hikae.files.transfer.identity.Origins;
import org.hikae.files.transfer.message.VersionKey;
import org.hikae.files.transfer.message.VersionsRequest;
import org.hikae.files.transfer.uplink.Histories;
import org.hikae.files.transfer.uplink.Uplink;

/**
 * Asks the centers above for what is not here any more (R25). Each has what was released since it was joined, but for runs that were replaced
 * (decision 0020). What was there at one time is told by {@link Histories}: those are believed that have the newest run of it.
 *
 * <p>One that cannot be asked is only missed if it may know better: if none that was joined as early answers, or if those that do may lack
 * runs of that time. They do not as long as the run that they go by is the last one that was released, or the next one that they have
 * builds upon what came before.
 */
final class PassThrough {

    private static final int MAX_VERSIONS = 2_000_000;
    private static final int PAGE = 1000;

    private final List<Upstream> upstreams;
    private final InstantSource clock;

    PassThrough(List<Upstream> upstreams, InstantSource clock) {
        this.upstreams = upstreams;
        this.clock = clock;
    }

    /** What the centers have said, and what could not be asked. */
    private static final class Answers {
        final Map<Upstream, List<StoredVersion>> versions = new LinkedHashMap<>();
        final Histories<Upstream> histories = new Histories<>();
        Instant answered = Instant.MAX;
        Instant missed = Instant.MAX;
        IOException why;

        void missed(Upstream upstream, IOException e) {
            IOException failed = new IOException(
                    "the center above at " + upstream.member().address()
                            + ", which has what this relay has handed on, cannot be asked: " + e.getMessage(),
                    e);
            if (why != null) {
                failed.addSuppressed(why);
            }
            why = failed;
            missed = earlier(missed, upstream.member().since());
        }

        void answered(Upstream upstream, List<StoredVersion> some) {
            versions.put(upstream, some);
            answered = earlier(answered, upstream.member().since());
        }

        private static Instant earlier(Instant one, Instant other) {
            return one.isBefore(other) ? one : other;
        }

        /** Whether one that could not be asked may know what nobody else knows. */
        boolean lacks(boolean state, Map<String, Long> released) {
            return why != null && (missed.isBefore(answered) || state && !isSure(released));
        }

        /** Of those that do not say how far they reach, nothing is known but that they were there. */
        private boolean isSure(Map<String, Long> released) {
            Map<String, Reach> believed = histories.believed();
            return !versions.keySet().stream().allMatch(histories::hasHeard)
                    || released.entrySet().stream().allMatch(each -> {
                        Reach reach = believed.getOrDefault(each.getKey(), Reach.NONE);
                        return !reach.gap() && reach.last() >= each.getValue();
                    });
        }
    }

    /** As {@link Above#versions}. */
    Above.Listing versions(String origin, String path, Instant at, Map<String, Long> released) throws IOException {
        Answers answers = new Answers();
        for (Upstream each : upstreams) {
            Optional<String> above = Origins.above(origin, each.member().name());
            if (above.isPresent()) {
                try {
                    // Wholly or not at all.
                    answers.answered(each, ask(each, above.get(), origin, path, at, answers.histories));
                } catch (IOException e) {
                    answers.missed(each, e);
                }
            }
        }
        if (answers.lacks(at != null, released)) {
            throw answers.why;
        }
        return at == null
                ? new Above.Listing(all(answers), null)
                : new Above.Listing(
                        state(answers),
                        answers.versions.keySet().stream().allMatch(answers.histories::hasHeard)
                                ? answers.histories.believed()
                                : null);
    }

    private static List<StoredVersion> all(Answers answers) {
        Map<VersionKey, StoredVersion> found = new LinkedHashMap<>();
        for (List<StoredVersion> some : answers.versions.values()) {
            some.forEach(version -> found.merge(key(version), version, PassThrough::merged));
        }
        return List.copyOf(found.values());
    }

    /** One center may lack what another one knows: that the version has ended. */
    private static StoredVersion merged(StoredVersion one, StoredVersion other) {
        boolean earlier = other.until() != 0 && (one.until() == 0 || other.until() < one.until());
        return earlier ? one.endedBy(other.until()) : one;
    }

    /** At one time there was one version of a file: the newest of those that count. */
    private static List<StoredVersion> state(Answers answers) {
        Map<VersionKey, StoredVersion> newest = new LinkedHashMap<>();
        answers.versions.forEach((upstream, versions) -> versions.stream()
                .filter(each -> answers.histories.counts(
                        upstream, each.run().backup(), each.run().number()))
                .forEach(each ->
                        newest.merge(new VersionKey(each.run().backup(), 1, each.path()), each, PassThrough::newer)));
        return List.copyOf(newest.values());
    }

    private static StoredVersion newer(StoredVersion one, StoredVersion other) {
        return one.run().number() == other.run().number()
                ? merged(one, other)
                : one.run().number() > other.run().number() ? one : other;
    }

    private static VersionKey key(StoredVersion version) {
        return new VersionKey(version.run().backup(), version.run().number(), version.path());
    }

    private static List<StoredVersion> ask(
            Upstream upstream, String above, String origin, String path, Instant at, Histories<Upstream> histories)
            throws IOException {
        FileName name = path == null ? null : FileName.parse(path);
        List<StoredVersion> versions = new ArrayList<>();
        List<Map<String, Reach>> reach = new ArrayList<>();
        VersionsRequest request = new VersionsRequest(above, null, name, path != null, at, at == null, null, PAGE);
        upstream.link().versions(request, new Uplink.VersionSink() {
            @Override
            public void version(StoredVersion version) throws IOException {
                if (!version.run().origin().equals(above)) {
                    throw new IOException("it answers with files of another client");
                } else if (versions.size() == MAX_VERSIONS) {
                    throw new IOException("it has more than " + MAX_VERSIONS + " versions; ask for fewer");
                }
                versions.add(named(version, origin));
            }

            @Override
            public void reach(Map<String, Reach> said) {
                reach.add(said);
            }
        });
        reach.forEach(each -> histories.heard(upstream, each));
        return versions;
    }

    private static StoredVersion named(StoredVersion version, String origin) {
        return new StoredVersion(
                new RunId(origin, version.run().backup(), version.run().number()),
                version.path(),
                version.until(),
                version.taken(),
                version.type(),
                version.size(),
                version.modified(),
                version.sha256(),
                version.medium(),
                version.doubt());
    }

    /** As {@link org.hikae.api.files.relay.Above#content}. */
    ReadableByteChannel content(String origin, List<Above.Key> versions, int skip, Above.Begun begun)
            throws IOException {
        return new Gathering(upstreams, origin, versions.subList(skip, versions.size()), begun).open(clock.instant());
    }
}

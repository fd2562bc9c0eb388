package org.hikae.files.relay;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.api.files.RunId;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.files.relay.Above;
import org.hikae.api.fs.FileName;
import org.hikae.files.transfer.identity.Origins;
import org.hikae.files.transfer.message.VersionKey;
import org.hikae.files.transfer.message.VersionsRequest;

/**
 * Asks the centers above for what is not here any more (R25). Each has all that was released since it was joined: so one that cannot be
 * asked is only missed if none that was joined as early answers.
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

    /** As {@link org.hikae.api.files.relay.Above#versions}. */
    List<StoredVersion> versions(String origin, String path, Instant at) throws IOException {
        Map<VersionKey, StoredVersion> found = new LinkedHashMap<>();
        Instant answered = Instant.MAX;
        Instant missed = Instant.MAX;
        IOException why = null;
        for (Upstream each : upstreams) {
            Optional<String> above = Origins.above(origin, each.member().name());
            if (above.isEmpty()) {
                continue;
            }
            Instant since = each.member().since();
            try {
                // Wholly or not at all.
                List<StoredVersion> some = ask(each, above.get(), origin, path, at);
                some.forEach(version -> found.merge(key(version), version, PassThrough::merged));
                answered = since.isBefore(answered) ? since : answered;
            } catch (IOException e) {
                IOException failed = new IOException(
                        "the center above at " + each.member().address()
                                + ", which has what this relay has handed on, cannot be asked: " + e.getMessage(),
                        e);
                if (why != null) {
                    failed.addSuppressed(why);
                }
                why = failed;
                missed = since.isBefore(missed) ? since : missed;
            }
        }
        if (why != null && missed.isBefore(answered)) {
            throw why;
        }
        return at == null ? List.copyOf(found.values()) : newest(found.values());
    }

    /** One center may lack what another one knows: that the version has ended. */
    private static StoredVersion merged(StoredVersion one, StoredVersion other) {
        boolean earlier = other.until() != 0 && (one.until() == 0 || other.until() < one.until());
        return earlier ? one.endedBy(other.until()) : one;
    }

    /** At one time there was one version of a file: that of the center which has the newest. */
    private static List<StoredVersion> newest(Collection<StoredVersion> versions) {
        Map<VersionKey, StoredVersion> newest = new LinkedHashMap<>();
        for (StoredVersion each : versions) {
            newest.merge(
                    new VersionKey(each.run().backup(), 1, each.path()),
                    each,
                    (one, other) -> one.run().number() >= other.run().number() ? one : other);
        }
        return List.copyOf(newest.values());
    }

    private static VersionKey key(StoredVersion version) {
        return new VersionKey(version.run().backup(), version.run().number(), version.path());
    }

    private static List<StoredVersion> ask(Upstream upstream, String above, String origin, String path, Instant at)
            throws IOException {
        FileName name = path == null ? null : FileName.parse(path);
        List<StoredVersion> versions = new ArrayList<>();
        VersionsRequest request = new VersionsRequest(above, null, name, path != null, at, at == null, null, PAGE);
        upstream.link().versions(request, version -> {
            if (!version.run().origin().equals(above)) {
                throw new IOException("it answers with files of another client");
            } else if (versions.size() == MAX_VERSIONS) {
                throw new IOException("it has more than " + MAX_VERSIONS + " versions; ask for fewer");
            }
            versions.add(named(version, origin));
        });
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

package org.hikae.files.relay;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.api.files.RunId;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.files.relay.Above;
import org.hikae.api.fs.FileName;
import org.hikae.files.transfer.identity.Origins;
import org.hikae.files.transfer.message.ContentRequest;
import org.hikae.files.transfer.message.ErrorReply;
import org.hikae.files.transfer.message.VersionKey;
import org.hikae.files.transfer.message.VersionsRequest;
import org.hikae.files.transfer.uplink.RefusedException;

/**
 * Asks the centers above for what is not here any more (R25). Each has all that was released since it was joined: so one that cannot be
 * asked is only missed if none that was joined as early answers.
 */
final class PassThrough {

    private static final int MAX_VERSIONS = 2_000_000;
    private static final int PAGE = 1000;

    private final List<Upstream> upstreams;

    PassThrough(List<Upstream> upstreams) {
        this.upstreams = upstreams;
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
                some.forEach(version -> found.putIfAbsent(key(version), version));
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
        return List.copyOf(found.values());
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

    /** As {@link org.hikae.api.files.relay.Above#content}; those first of which nothing bad was heard. */
    ReadableByteChannel content(String origin, List<Above.Key> versions, int skip, Above.Begun begun)
            throws IOException {
        ContentRequest.Begun part = begun == null ? null : new ContentRequest.Begun(begun.bytes(), begun.sha256());
        List<VersionKey> keys = versions.stream()
                .map(key -> new VersionKey(key.backup(), key.run(), key.path()))
                .toList();
        List<Upstream> order = new ArrayList<>(upstreams);
        order.sort(Comparator.comparing(each -> each.link().status().problem() != null));
        IOException why = null;
        for (Upstream each : order) {
            Optional<String> above = Origins.above(origin, each.member().name());
            if (above.isPresent()) {
                try {
                    return each.link().content(new ContentRequest(above.get(), keys, skip, part));
                } catch (IOException e) {
                    if (e instanceof RefusedException refused && refused.code().equals(ErrorReply.MISSING)) {
                        continue;
                    }
                    IOException failed = new IOException(
                            "the center above at " + each.member().address()
                                    + " does not give what this relay has handed" + " on: " + e.getMessage(),
                            e);
                    if (why != null) {
                        failed.addSuppressed(why);
                    }
                    why = failed;
                }
            }
        }
        throw why != null ? why : new NoSuchFileException(origin, null, "no center above has these versions");
    }
}

package org.hikae.files.center.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.files.relay.Above;
import org.hikae.files.center.authority.Peers;
import org.hikae.files.center.collect.Refusal;
import org.hikae.files.center.store.CenterStore;
import org.hikae.files.center.store.Version;
import org.hikae.files.transfer.message.ContentRequest;
import org.hikae.files.transfer.message.ErrorReply;
import org.hikae.files.transfer.message.Messages;
import org.hikae.files.transfer.message.Protocol;
import org.hikae.files.transfer.message.VersionKey;
import org.hikae.files.transfer.message.VersionsLine;
import org.hikae.files.transfer.message.VersionsRequest;

/** Gives stored files back (e.7). What is not here any more, but at the centers above, passes through (e.8). Thread-safe. */
public final class StoredFiles {

    private static final int PAGE = 200;
    private static final int ENOUGH = Protocol.MAX_RESPONSE / 2;
    private static final int BUFFER = 1 << 16;
    /** Later than any run. */
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    /** Before a cursor that goes on with what is above. */
    private static final String ABOVE = "above:";

    private final CenterStore store;
    private final Supplier<Optional<Above>> above;

    /** @param above what is known above, if this center is a relay's */
    public StoredFiles(CenterStore store, Supplier<Optional<Above>> above) {
        this.store = store;
        this.above = above;
    }

    void versions(String peer, VersionsRequest request, HttpServletResponse response)
            throws IOException, Refusal.Refused {
        Peers.checkSpeaksFor(peer, request.origin());
        boolean local = request.after() == null || !request.after().startsWith(ABOVE);
        // The first page before the head: what is wrong with the request has its own status.
        Page page = local ? here(request, request.after(), request.limit()) : fromAbove(request);
        Answers.head(response, 200, Protocol.JSON_LINES);
        OutputStream out = response.getOutputStream();
        long bytes = 0;
        int left = request.limit();
        while (true) {
            for (StoredVersion version : page.versions) {
                byte[] line = Messages.write(new VersionsLine.Version(version));
                out.write(line);
                bytes += line.length;
            }
            left -= page.versions.size();
            boolean ended = page.next == null || page.next.startsWith(ABOVE);
            if (ended || left <= 0 || bytes > ENOUGH) {
                out.write(Messages.write(new VersionsLine.Last(page.next)));
                return;
            }
            page = here(request, page.next, left);
        }
    }

    private record Page(List<StoredVersion> versions, String next) {}

    private Page here(VersionsRequest request, String cursor, int limit) throws IOException {
        CenterStore.Query query = new CenterStore.Query(
                request.origin(), request.backup(), request.path(), request.recursive(), request.at(), request.all());
        CenterStore.Page page = store.versions(query, cursor, Math.min(PAGE, limit));
        List<StoredVersion> versions =
                page.versions().stream().map(Version::version).toList();
        boolean more = page.next() == null && above.get().isPresent();
        return new Page(versions, more ? ABOVE + 0 : page.next());
    }

    private Page fromAbove(VersionsRequest request) throws IOException, Refusal.Refused {
        long from = PathParts.number(request.after().substring(ABOVE.length()));
        Above there = above.get().orElseThrow(() -> new IllegalArgumentException("that cursor is none of this query"));
        String path = request.path() == null ? null : request.path().toString();
        Instant at = request.at() != null || request.all() ? request.at() : LATEST;
        List<StoredVersion> all = there.versions(request.origin(), path, at);
        List<StoredVersion> wanted = all.stream()
                .filter(version -> request.backup() == null
                        || request.backup().equals(version.run().backup()))
                .toList();
        int begin = (int) Math.min(wanted.size(), from);
        int to = Math.min(wanted.size(), begin + Math.min(PAGE, request.limit()));
        List<StoredVersion> some = wanted.subList(begin, to);
        return new Page(some, to < wanted.size() ? ABOVE + to : null);
    }

    void content(String peer, ContentRequest request, HttpServletResponse response)
            throws IOException, Refusal.Refused {
        Peers.checkSpeaksFor(peer, request.origin());
        try (ReadableByteChannel frames = open(request)) {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            // The first bytes before the head: what cannot be read at all has its own status.
            int n = frames.read(buffer);
            Answers.head(response, 200, Protocol.FRAMES);
            OutputStream out = response.getOutputStream();
            while (n >= 0) {
                out.write(buffer.array(), 0, buffer.position());
                n = frames.read(buffer.clear());
            }
        }
    }

    private ReadableByteChannel open(ContentRequest request) throws IOException, Refusal.Refused {
        List<String> ids = new ArrayList<>();
        for (VersionKey key : request.versions()) {
            Optional<String> id = id(request.origin(), key);
            if (id.isEmpty()) {
                return passThrough(request);
            }
            ids.add(id.get());
        }
        return store.content(request.origin(), ids, request.skipFiles());
    }

    private Optional<String> id(String origin, VersionKey key) throws IOException {
        CenterStore.Query query = new CenterStore.Query(origin, key.backup(), key.path(), false, null, true);
        String cursor = null;
        do {
            CenterStore.Page page = store.versions(query, cursor, PAGE);
            for (Version each : page.versions()) {
                if (each.version().run().number() == key.run()
                        && each.version().path().equals(key.path())) {
                    return Optional.of(each.id());
                }
            }
            cursor = page.next();
        } while (cursor != null);
        return Optional.empty();
    }

    private ReadableByteChannel passThrough(ContentRequest request) throws IOException, Refusal.Refused {
        Above there = above.get().orElseThrow(() -> new NoSuchFileException("a version"));
        List<StoredVersion> versions = new ArrayList<>();
        for (VersionKey key : request.versions()) {
            versions.add(there.versions(request.origin(), key.path().toString(), null).stream()
                    .filter(version -> version.run().backup().equals(key.backup())
                            && version.run().number() == key.run()
                            && version.path().equals(key.path()))
                    .findFirst()
                    .orElseThrow(() -> Answers.refused(404, ErrorReply.MISSING, "there is no such version")));
        }
        return there.content(request.origin(), versions, request.skipFiles());
    }
}

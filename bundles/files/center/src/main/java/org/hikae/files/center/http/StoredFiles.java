package org.hikae.files.center.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.hikae.api.files.Reach;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.files.relay.Above;
import org.hikae.api.files.relay.MissingVersionsException;
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
import org.hikae.files.transfer.run.MergedContent;
import org.hikae.files.transfer.uplink.Histories;

/**
 * Gives stored files back (e.7). What is not here any more, but at the centers above, passes through, between what still is here (e.8).
 * Thread-safe.
 */
public final class StoredFiles {

    private static final int PAGE = 200;
    private static final int ENOUGH = Protocol.MAX_RESPONSE / 2;
    private static final int BUFFER = 1 << 16;
    /** Later than any run. */
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    /** How often what is above is listed again, as runs were handed on meanwhile. */
    private static final int AGAIN = 5;

    /** Before a cursor that goes on with what is above. */
    private static final String ABOVE = "above:";

    private static final Comparator<StoredVersion> ORDER = Comparator.comparing(StoredVersion::path)
            .thenComparing(version -> version.run().backup())
            .thenComparing(version -> version.run().number(), Comparator.reverseOrder());

    private final CenterStore store;
    private final Supplier<Optional<Above>> above;
    private final InstantSource clock;

    /** @param above what is known above, if this center is a relay's */
    public StoredFiles(CenterStore store, Supplier<Optional<Above>> above, InstantSource clock) {
        this.store = store;
        this.above = above;
        this.clock = clock;
    }

    /** Whether who asked may still be answered: an answer can take hours. */
    interface Allowed {
        /** @throws Refusal.Refused if not */
        void check() throws Refusal.Refused;
    }

    void versions(String peer, VersionsRequest request, HttpServletResponse response)
            throws IOException, Refusal.Refused {
        Peers.checkSpeaksFor(peer, request.origin());
        boolean last = above.get().isEmpty();
        if (last && !store.released(query(request)).isEmpty()) {
            throw Answers.refused(
                    502,
                    ErrorReply.FAILED,
                    "files of this client were handed on, and the relay that can ask for them is not there");
        }
        // Before the versions: what comes meanwhile is more than was said.
        Map<String, Reach> own = last && !request.all() ? store.reach(query(request)) : null;
        // The first page before the head: what is wrong with the request has its own status.
        Page page = page(request, request.after(), request.limit());
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
            boolean ended = page.next == null || isAbove(page.next);
            if (ended || left <= 0 || bytes > ENOUGH) {
                out.write(Messages.write(new VersionsLine.Last(page.next, last ? own : page.reach)));
                return;
            }
            page = page(request, page.next, left);
        }
    }

    private static boolean isAbove(String cursor) {
        return cursor != null && cursor.startsWith(ABOVE);
    }

    /** None without versions that is not the last one. */
    private Page page(VersionsRequest request, String cursor, int limit) throws IOException, Refusal.Refused {
        String at = cursor;
        Page page;
        do {
            page = isAbove(at) ? fromAbove(request, at) : here(request, at, limit);
            at = page.next;
        } while (page.versions.isEmpty() && at != null);
        return page;
    }

    /** @param reach how far all of it reaches, if it comes from above; null: that is not known */
    private record Page(List<StoredVersion> versions, String next, Map<String, Reach> reach) {}

    private static CenterStore.Query query(VersionsRequest request) {
        return new CenterStore.Query(
                request.origin(), request.backup(), request.path(), request.recursive(), request.at(), request.all());
    }

    private Page here(VersionsRequest request, String cursor, int limit) throws IOException {
        CenterStore.Page page = store.versions(query(request), cursor, Math.min(PAGE, limit));
        List<StoredVersion> versions =
                page.versions().stream().map(Version::version).toList();
        boolean more = page.next() == null && above.get().isPresent();
        return new Page(versions, more ? ABOVE + 0 : page.next(), null);
    }

    /**
     * As many as an answer holds: each page asks all that is above. What runs that are still here have ended makes no page of its own: a full
     * one may have ended all.
     */
    private Page fromAbove(VersionsRequest request, String cursor) throws IOException, Refusal.Refused {
        for (int again = 0; again < AGAIN; again++) {
            Map<String, Long> released = store.released(query(request));
            Page page = fromAbove(request, cursor, released);
            // A run that has gone since the centers were asked is in what neither these nor this one has said.
            if (released.equals(store.released(query(request)))) {
                return page;
            }
        }
        throw Answers.refused(
                502, ErrorReply.FAILED, "runs were handed on each time that this was looked for; try again");
    }

    private Page fromAbove(VersionsRequest request, String cursor, Map<String, Long> released)
            throws IOException, Refusal.Refused {
        Map<String, Reach> here = request.all() ? null : store.reach(query(request));
        Above.Listing listing = above(request, released);
        List<StoredVersion> wanted = listing.versions().stream()
                .filter(version -> isMeant(request, version))
                .sorted(ORDER)
                .toList();
        int to = begin(cursor.substring(ABOVE.length()), wanted, request.all());
        List<StoredVersion> left = List.of();
        while (left.isEmpty() && to < wanted.size()) {
            List<StoredVersion> some = new ArrayList<>();
            long bytes = 0;
            for (; to < wanted.size() && some.size() < request.limit() && bytes < ENOUGH; to++) {
                some.add(wanted.get(to));
                bytes += Messages.write(new VersionsLine.Version(wanted.get(to))).length;
            }
            left = ended(request, some);
        }
        String next = to < wanted.size() ? ABOVE + to + ":" + mark(wanted.get(to - 1), request.all()) : null;
        return new Page(left, next, both(here, listing.reach()));
    }

    private Above.Listing above(VersionsRequest request, Map<String, Long> released)
            throws IOException, Refusal.Refused {
        Above there = above.get().orElseThrow(() -> new IllegalArgumentException("that cursor is none of this query"));
        String path = request.path() == null ? null : request.path().toString();
        Instant at = request.at() != null || request.all() ? request.at() : LATEST;
        return asked(() -> there.versions(request.origin(), path, at, released));
    }

    private static boolean isMeant(VersionsRequest request, StoredVersion version) {
        boolean path =
                request.recursive() || request.path() == null || version.path().equals(request.path());
        return path
                && (request.backup() == null
                        || request.backup().equals(version.run().backup()));
    }

    /** Runs that are still here follow those that were handed on. */
    private static Map<String, Reach> both(Map<String, Reach> here, Map<String, Reach> above) {
        if (here == null || above == null) {
            return null;
        }
        Map<String, Reach> both = new HashMap<>(here);
        above.forEach((backup, reach) -> both.merge(backup, reach, Histories::further));
        return both;
    }

    /**
     * Where a page begins: behind the last version of the one before, wherever that is by now. Runs may have been handed on meanwhile, or other
     * centers answer: nothing is passed over on account of that.
     *
     * @param cursor how many came before, and the mark of the last of them, if there is one
     * @param all whether there may be several versions of a path
     */
    private static int begin(String cursor, List<StoredVersion> wanted, boolean all) throws Refusal.Refused {
        int colon = cursor.indexOf(':');
        if (colon < 0) {
            return (int) Math.min(wanted.size(), PathParts.number(cursor));
        }
        String last = cursor.substring(colon + 1);
        long likely = PathParts.number(cursor.substring(0, colon));
        if (likely > 0
                && likely <= wanted.size()
                && mark(wanted.get((int) likely - 1), all).equals(last)) {
            return (int) likely;
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (mark(wanted.get(i), all).equals(last)) {
                return i + 1;
            }
        }
        throw Answers.refused(
                502, ErrorReply.FAILED, "what the centers above have has changed while it was being listed; try again");
    }

    /** Where there is one version of a path, another one may have taken its place. */
    private static String mark(StoredVersion version, boolean all) {
        String key = (all ? version.run().number() : 0) + "/" + version.run().backup() + version.path();
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** What runs that are still here say of what lies above: it is not there any more from them on. */
    private List<StoredVersion> ended(VersionsRequest request, List<StoredVersion> versions) throws IOException {
        List<Long> ends = store.ends(versions, request.at());
        List<StoredVersion> left = new ArrayList<>();
        for (int i = 0; i < versions.size(); i++) {
            StoredVersion version = versions.get(i);
            long end = ends.get(i);
            if (end == 0) {
                left.add(version);
            } else if (request.all()) {
                left.add(version.until() != 0 && version.until() <= end ? version : version.endedBy(end));
            }
        }
        return left;
    }

    /** Asks the centers above. */
    private interface Asking<T> {
        T ask() throws IOException;
    }

    /** Why they do not answer is for whoever wants the files, too. */
    private static <T> T asked(Asking<T> asking) throws IOException, Refusal.Refused {
        try {
            return asking.ask();
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            throw Answers.refused(502, ErrorReply.FAILED, e.getMessage());
        }
    }

    void content(String peer, ContentRequest request, HttpServletResponse response, Allowed allowed)
            throws IOException, Refusal.Refused {
        Peers.checkSpeaksFor(peer, request.origin());
        try (ReadableByteChannel frames = open(request)) {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            // The first bytes before the head: what cannot be read at all has its own status.
            int n = frames.read(buffer);
            Answers.head(response, 200, Protocol.FRAMES);
            OutputStream out = response.getOutputStream();
            while (n >= 0) {
                allowed.check();
                out.write(buffer.array(), 0, buffer.position());
                n = frames.read(buffer.clear());
            }
        }
    }

    /**
     * Where the versions that were asked for are.
     *
     * @param here ids of those that are here
     * @param places of those that are elsewhere: which of those asked for they are
     * @param turns of each: 0 if it is here, and else 1
     */
    private record Split(List<String> here, List<Above.Key> elsewhere, List<Integer> places, List<Integer> turns) {

        boolean beginsHere() {
            return turns.isEmpty() || turns.get(0) == 0;
        }
    }

    private Split split(ContentRequest request) throws IOException {
        Split split = new Split(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        List<VersionKey> keys = request.versions()
                .subList(request.skipFiles(), request.versions().size());
        List<Optional<Version>> versions = store.versions(request.origin(), keys);
        for (int i = 0; i < keys.size(); i++) {
            VersionKey key = keys.get(i);
            Optional<Version> version = versions.get(i);
            if (i == 0 && request.begun() != null && version.isPresent()) {
                checkContent(request, version.get());
            }
            if (version.isPresent()) {
                split.here.add(version.get().id());
            } else {
                split.elsewhere.add(new Above.Key(key.backup(), key.run(), key.path()));
                split.places.add(request.skipFiles() + i);
            }
            split.turns.add(version.isPresent() ? 0 : 1);
        }
        return split;
    }

    private ReadableByteChannel open(ContentRequest request) throws IOException, Refusal.Refused {
        Split split = split(request);
        ContentRequest.Begun begun = request.begun();
        boolean first = split.beginsHere();
        long bytes = begun == null || !first ? 0 : begun.bytes();
        if (split.elsewhere.isEmpty()) {
            return store.content(request.origin(), split.here, 0, bytes);
        }
        Above.Begun part = begun == null || first ? null : new Above.Begun(begun.bytes(), begun.sha256());
        ReadableByteChannel passing = passing(request.origin(), split.elsewhere, split.places, part);
        if (split.here.isEmpty()) {
            return passing;
        }
        ReadableByteChannel own;
        try {
            own = store.content(request.origin(), split.here, 0, bytes);
        } catch (IOException | RuntimeException e) {
            try (passing) {
                throw e;
            }
        }
        return MergedContent.of(split.turns, List.of(own, passing), clock.instant());
    }

    private ReadableByteChannel passing(String origin, List<Above.Key> keys, List<Integer> places, Above.Begun begun)
            throws IOException, Refusal.Refused {
        Above there = above.get()
                .orElseThrow(() -> new MissingVersionsException(origin, places, "there are no such versions"));
        try {
            return asked(() -> there.content(origin, keys, 0, begun));
        } catch (MissingVersionsException e) {
            throw new MissingVersionsException(
                    origin, e.missing().stream().map(places::get).toList(), e.getReason());
        }
    }

    /** Of another one, what is to come does not go with what is there. */
    private static void checkContent(ContentRequest request, Version version) throws MissingVersionsException {
        if (!request.begun().sha256().equals(version.version().sha256())) {
            throw new MissingVersionsException(
                    request.origin(), List.of(request.skipFiles()), "it has another content than was begun with");
        }
    }
}

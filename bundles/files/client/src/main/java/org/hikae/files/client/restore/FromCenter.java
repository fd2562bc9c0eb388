package org.hikae.files.client.restore;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.hikae.api.files.RunId;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.files.client.send.Archive;
import org.hikae.files.transfer.message.ContentRequest;
import org.hikae.files.transfer.message.ErrorReply;
import org.hikae.files.transfer.message.Messages;
import org.hikae.files.transfer.message.Protocol;
import org.hikae.files.transfer.message.VersionKey;
import org.hikae.files.transfer.run.FormatException;
import org.hikae.files.transfer.run.FrameReader;
import org.hikae.files.transfer.run.RunItem;
import org.hikae.files.transfer.run.RunParser;
import org.hikae.files.transfer.run.RunState;
import org.hikae.files.transfer.run.StoredFrame;
import org.hikae.files.transfer.uplink.RefusedException;
import org.hikae.io.BufferedIo;
import org.hikae.io.PrivateFiles;

/**
 * Gets versions from a center, through the buffer: what comes is put there first, some megabytes at a time, and into place from there. What
 * is cut off is gone on with where it was, in the midst of a file too. A center that is busy is waited for. Not thread-safe.
 */
final class FromCenter {

    /** Bytes that are received before they are put into place: few at first, so that the first file is soon there. */
    private static final long FIRST_PIECE = 1L << 20;

    private static final long PIECE = 32L << 20;
    /** Versions that are asked for at once, few at first, too: they and the request are in memory. */
    private static final int FIRST_AT_ONCE = 40;

    private static final int AT_ONCE = 2500;

    /** So often in a row without any progress. */
    private static final int ATTEMPTS = 8;

    private final Archive center;
    private final Path buffer;
    private final Placer placer;
    private final Progress progress;
    private final Outcome outcome;
    private final Patience patience;
    private int failures;
    private long piece = FIRST_PIECE;
    private int atOnce = FIRST_AT_ONCE;

    /**
     * @param buffer a folder for what comes
     * @param pause before a center is asked again for the first time, at most
     */
    FromCenter(Archive center, Path buffer, Placer placer, Progress progress, Outcome outcome, Duration pause) {
        this.center = center;
        this.buffer = buffer;
        this.placer = placer;
        this.progress = progress;
        this.outcome = outcome;
        patience = new Patience(progress, pause);
    }

    /** Gives versions, one after the other. */
    @FunctionalInterface
    interface Source {
        /** Null behind the last. */
        Wanted next() throws IOException;
    }

    void place(List<Wanted> wanted) throws IOException {
        Iterator<Wanted> all = wanted.iterator();
        place(() -> all.hasNext() ? all.next() : null);
    }

    void place(Source source) throws IOException {
        Wanted next = source.next();
        while (next != null) {
            List<Wanted> some = new ArrayList<>();
            long bytes = 0;
            do {
                some.add(next);
                bytes += bytes(next);
                next = source.next();
            } while (next != null && some.size() < atOnce && bytes + bytes(next) <= Protocol.MAX_REQUEST);
            batch(some);
            atOnce = Math.min(AT_ONCE, 4 * atOnce);
        }
    }

    /** More than it takes in a request, of which it may be the only one. */
    private long bytes(Wanted wanted) {
        return Messages.write(new ContentRequest(center.origin(), List.of(key(wanted)), 0)).length;
    }

    private static VersionKey key(Wanted wanted) {
        RunId run = wanted.version().run();
        return new VersionKey(run.backup(), run.number(), wanted.version().path());
    }

    /** What the center lacks is named, and all else is put into place. */
    private void batch(List<Wanted> wanted) throws IOException {
        Deque<List<Wanted>> todo = new ArrayDeque<>(List.of(wanted));
        try {
            while (!todo.isEmpty()) {
                List<Wanted> some = todo.pop();
                Feed feed = new Feed(some, placer, progress, outcome);
                List<VersionKey> keys = some.stream().map(FromCenter::key).toList();
                RefusedException missing = null;
                while (missing == null && feed.settled() < some.size()) {
                    missing = attempt(keys, some, feed);
                }
                if (missing != null) {
                    left(some, feed.settled(), missing).forEach(todo::addFirst);
                }
            }
        } finally {
            placer.suspend();
        }
    }

    /**
     * What is still to be asked for of some versions of which the center lacks one or more. If it does not say which, they are parted until it
     * is known.
     *
     * @return the last ones first
     */
    private List<List<Wanted>> left(List<Wanted> some, int settled, RefusedException missing) {
        Set<Integer> lacks = new HashSet<>(missing.missing());
        lacks.removeIf(each -> each < settled || each >= some.size());
        if (lacks.isEmpty() && some.size() - settled > 1) {
            int middle = (settled + some.size()) / 2;
            return List.of(some.subList(middle, some.size()), some.subList(settled, middle));
        }
        List<Wanted> left = new ArrayList<>();
        for (int i = settled; i < some.size(); i++) {
            if (lacks.isEmpty() || lacks.contains(i)) {
                outcome.failed(
                        some.get(i).path(),
                        new IOException(
                                "center '" + center.name() + "' does not have it any more: " + Reason.of(missing),
                                missing));
            } else {
                left.add(some.get(i));
            }
        }
        return left.isEmpty() ? List.of() : List.of(left);
    }

    /**
     * As far as it goes. As long as each attempt gets further there may be as many as it takes.
     *
     * @return what the center says if it lacks something; null: it does not say so
     */
    private RefusedException attempt(List<VersionKey> keys, List<Wanted> wanted, Feed feed) throws IOException {
        int settled = feed.settled();
        long there = placer.kept(wanted.get(settled));
        try {
            stream(new ContentRequest(center.origin(), keys, settled, begun(wanted.get(settled), there)), feed);
            patience.reset();
            failures = 0;
            if (feed.settled() < wanted.size()) {
                throw new FormatException("center '" + center.name() + "' gives less than it was asked for");
            }
        } catch (StartOverException e) {
            placer.abandon();
        } catch (FormatException e) {
            throw e;
        } catch (RefusedException e) {
            return refused(e, settled, there);
        } catch (IOException e) {
            if (feed.settled() > settled || placer.position() > there) {
                patience.reset();
                failures = 0;
            }
            failures++;
            if (failures >= ATTEMPTS) {
                throw e;
            }
            patience.await("waiting for center " + center.name() + ": " + Reason.of(e), Duration.ZERO);
        }
        return null;
    }

    private static ContentRequest.Begun begun(Wanted wanted, long there) {
        return there == 0
                ? null
                : new ContentRequest.Begun(there, wanted.version().sha256());
    }

    /** @return what it says if it lacks something; null: it is asked again */
    private RefusedException refused(RefusedException e, int settled, long there) throws IOException {
        boolean missing = e.code().equals(ErrorReply.MISSING);
        if (e.isBusy()) {
            patience.await("waiting for center " + center.name() + ", which is busy", e.retryAfter());
        } else if (missing && there > 0 && (e.missing().isEmpty() || e.missing().contains(settled))) {
            // It may have the version all the same, from its beginning on.
            placer.abandon();
        } else if (missing) {
            return e;
        } else {
            throw e;
        }
        return null;
    }

    private void stream(ContentRequest request, Feed feed) throws IOException {
        Path spool = buffer.resolve("frames");
        try (ReadableByteChannel channel = center.content(request);
                FrameReader frames = new FrameReader(channel);
                RunParser parser = new RunParser(RunState.BEGIN)) {
            boolean more = true;
            while (more && !parser.state().ended()) {
                Files.deleteIfExists(spool);
                try {
                    more = receive(frames, spool);
                } finally {
                    // Whatever came whole is of use, even if no more comes.
                    unpack(spool, parser, feed);
                    placer.note();
                    piece = Math.min(PIECE, 2 * piece);
                }
            }
            if (!parser.state().ended()) {
                throw new IOException("what center '" + center.name() + "' sends is cut off");
            }
        } finally {
            Files.deleteIfExists(spool);
        }
    }

    /** @return whether there may be more */
    private boolean receive(FrameReader frames, Path spool) throws IOException {
        progress.phase("receiving from center " + center.name());
        try (FileChannel file = PrivateFiles.create(spool)) {
            long length = 0;
            while (length < piece) {
                progress.check();
                StoredFrame frame = frames.next();
                if (frame == null) {
                    return false;
                }
                BufferedIo.write(file, frame.bytes(), length);
                length += frame.header().frameLength();
            }
        }
        return true;
    }

    private static void unpack(Path spool, RunParser parser, Feed feed) throws IOException {
        try (FrameReader frames = new FrameReader(FileChannel.open(spool))) {
            for (StoredFrame frame = frames.next(); frame != null; frame = frames.next()) {
                for (RunItem item : parser.items(frame)) {
                    feed.item(item);
                }
            }
        }
    }
}

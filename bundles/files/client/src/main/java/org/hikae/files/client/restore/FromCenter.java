package org.hikae.files.client.restore;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hikae.api.files.RunId;
import org.hikae.api.job.Progress;
import org.hikae.files.client.send.Archive;
import org.hikae.files.transfer.message.ContentRequest;
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
 * is cut off is gone on with at the file that was under way. Not thread-safe.
 */
final class FromCenter {

    private static final long PIECE = 32L << 20;
    private static final int ATTEMPTS = 5;

    private final Archive center;
    private final Path buffer;
    private final Placer placer;
    private final Progress progress;
    private final Outcome outcome;
    private final Duration pause;

    /** @param buffer a folder for what comes */
    FromCenter(Archive center, Path buffer, Placer placer, Progress progress, Outcome outcome, Duration pause) {
        this.center = center;
        this.buffer = buffer;
        this.placer = placer;
        this.progress = progress;
        this.outcome = outcome;
        this.pause = pause;
    }

    void place(List<Wanted> wanted) throws IOException {
        int from = 0;
        while (from < wanted.size()) {
            int to = from;
            long bytes = 0;
            do {
                bytes += bytes(wanted.get(to));
                to++;
            } while (to < wanted.size()
                    && to - from < ContentRequest.MAX_VERSIONS
                    && bytes + bytes(wanted.get(to)) <= Protocol.MAX_REQUEST);
            batch(wanted.subList(from, to));
            from = to;
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

    private void batch(List<Wanted> wanted) throws IOException {
        Feed feed = new Feed(wanted, placer, progress, outcome);
        List<VersionKey> keys = wanted.stream().map(FromCenter::key).toList();
        int failures = 0;
        while (feed.settled() < wanted.size()) {
            int before = feed.settled();
            try {
                stream(new ContentRequest(center.origin(), keys, before), feed);
                if (feed.settled() < wanted.size()) {
                    throw new FormatException("center '" + center.name() + "' gives less than it was asked for");
                }
            } catch (FormatException | RefusedException e) {
                throw e;
            } catch (IOException e) {
                failures = feed.settled() > before ? 0 : failures + 1;
                if (failures >= ATTEMPTS) {
                    throw e;
                }
                pause();
            } finally {
                placer.abandon();
            }
        }
    }

    private void pause() throws IOException {
        progress.phase("waiting for center " + center.name());
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        progress.check();
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
            while (length < PIECE) {
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

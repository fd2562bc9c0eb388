package org.hikae.files.transfer.uplink;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.hikae.api.files.Reach;
import org.hikae.api.files.StoredVersion;
import org.hikae.files.transfer.identity.Identity;
import org.hikae.files.transfer.identity.TlsContexts;
import org.hikae.files.transfer.message.About;
import org.hikae.files.transfer.message.ContentRequest;
import org.hikae.files.transfer.message.MessageException;
import org.hikae.files.transfer.message.Messages;
import org.hikae.files.transfer.message.Protocol;
import org.hikae.files.transfer.message.VersionsLine;
import org.hikae.files.transfer.message.VersionsRequest;

/**
 * Hands runs of an outbox to a center when that asks for them, and asks it for versions and contents. Each uplink has
 * threads and connections of its own: one that is stuck delays no other. Thread-safe.
 */
public final class Uplink implements Closeable {
    private final Exchanges exchanges;
    private final Standing standing;
    private final ExecutorService threads = Threads.daemons("hikae-uplink");
    private final PollLoop loop;

    /** Guarded by this. */
    private boolean started;

    /** Guarded by this. */
    private boolean closed;

    /**
     * Does nothing before {@link #start}, except to answer queries.
     *
     * @param address as {@link Joining#join} had it
     * @param route asked before each poll, see {@code PollRequest}; gives nothing for a client
     * @throws IOException if address or identity is of no use
     */
    public Uplink(
            URI address,
            Identity identity,
            RunOutbox outbox,
            Supplier<List<UUID>> route,
            UplinkTimes times,
            Clock clock,
            RandomGenerator random)
            throws IOException {
        exchanges = new Exchanges(address, TlsContexts.of(identity, clock), times);
        standing = new Standing(clock);
        loop = new PollLoop(exchanges, outbox, route, times, random, threads, standing);
    }

    /** Begins to announce runs, and to send what is ordered. Once; not after {@link #close}. */
    public synchronized void start() {
        if (started || closed) {
            throw new IllegalStateException("an uplink is started once");
        }
        started = true;
        threads.execute(loop);
    }

    /**
     * There is something new in the outbox: it is announced at once, unless the center wanted to be left alone. Never
     * waits.
     */
    public void changed() {
        loop.changed();
    }

    /**
     * Somebody waits for the center: if it could not be reached it is tried at once, unless it wanted to be left alone. A query that the
     * center answers does the same. Never waits.
     */
    public void wake() {
        loop.wake();
    }

    public UplinkStatus status() {
        return standing.status();
    }

    /**
     * What the center says of itself.
     *
     * @throws IOException if it cannot be reached, or speaks no version of the protocol that is known here
     */
    public About about() throws IOException {
        About about = Joining.about(exchanges);
        loop.wake();
        return about;
    }

    /**
     * All versions that answer a request, page by page: its {@code limit} is that of a page.
     *
     * @param to told of each, in the order of the answer
     * @throws RefusedException if the center does not give them
     * @throws IOException if it cannot be reached, or the answer is cut off or makes no sense: a page without versions that says that there
     *     are more does not, nor do pages that go round in a circle
     */
    public void versions(VersionsRequest request, VersionSink to) throws IOException {
        versions(request, to, busy -> {
            throw busy;
        });
    }

    /**
     * As the other, where a center that has too much to do may be waited for, between pages too: each is asked for again until it comes.
     *
     * @param busy told each time that the center refuses for that reason
     */
    public void versions(VersionsRequest request, VersionSink to, Busy busy) throws IOException {
        String next = patiently(request, to, busy);
        Course course = new Course();
        while (next != null) {
            course.goOn(next);
            VersionsRequest page = new VersionsRequest(
                    request.origin(),
                    request.backup(),
                    request.path(),
                    request.recursive(),
                    request.at(),
                    request.all(),
                    next,
                    request.limit());
            next = patiently(page, to, busy);
        }
    }

    /** Where pages have begun: none that was asked for is asked for again, however long it takes for it to come. In a few bytes of memory. */
    private static final class Course {
        private String known = "";
        private long pages;
        private long until = 1;

        void goOn(String next) throws MessageException {
            if (next.equals(known)) {
                throw new MessageException("an answer with versions that leads to where it has been");
            }
            // A mark that is set again at double the distance is in each circle sooner or later, and is met there.
            pages++;
            if (pages == until) {
                known = next;
                until *= 2;
            }
        }
    }

    private String patiently(VersionsRequest request, VersionSink to, Busy busy) throws IOException {
        while (true) {
            to.check();
            try {
                // Who is refused has been told of none.
                return page(request, to);
            } catch (RefusedException e) {
                if (!e.isBusy()) {
                    throw e;
                }
                busy.await(e);
            }
        }
    }

    /** Where the next page begins; null: there is none. */
    private String page(VersionsRequest request, VersionSink to) throws IOException {
        try (StreamBody body = exchanges.stream(Protocol.VERSIONS, Messages.write(request))) {
            loop.wake();
            Lines lines = new Lines(body, to);
            for (int count = 0; count <= request.limit(); count++) {
                byte[] line = lines.next();
                if (line == null) {
                    throw new MessageException("an answer with versions that is cut off");
                }
                VersionsLine read = Messages.versionsLine(line);
                if (read instanceof VersionsLine.Last last) {
                    if (count == 0 && last.next() != null) {
                        throw new MessageException("an answer without versions that says that there are more");
                    }
                    if (last.reach() != null) {
                        to.reach(last.reach());
                    }
                    return last.next();
                } else if (read instanceof VersionsLine.Version version) {
                    to.version(version.version());
                }
            }
            throw new MessageException("an answer with more versions than were asked for");
        }
    }

    /** Waits for a center that is busy. */
    @FunctionalInterface
    public interface Busy {
        /** @throws IOException to wait no longer */
        void await(RefusedException why) throws IOException;
    }

    /** Takes versions. */
    @FunctionalInterface
    public interface VersionSink {
        /** @throws IOException to hear of no more */
        void version(StoredVersion version) throws IOException;

        /**
         * Asked again and again, however slowly the answer comes.
         *
         * @throws java.util.concurrent.CancellationException to hear of no more
         */
        default void check() {}

        /** By backup, how far what was told reaches; told with each page by a center that knows. */
        default void reach(Map<String, Reach> reach) {}
    }

    /** Lines of a body, no longer than messages are. */
    private static final class Lines {
        private final ReadableByteChannel body;
        private final VersionSink to;
        private final ByteBuffer buffer = ByteBuffer.allocate(1 << 14).flip();

        Lines(ReadableByteChannel body, VersionSink to) {
            this.body = body;
            this.to = to;
        }

        /** Null at the end, also if the last line is not ended. */
        byte[] next() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            while (line.size() <= Protocol.MAX_REQUEST) {
                if (!buffer.hasRemaining()) {
                    to.check();
                    buffer.clear();
                    int count = body.read(buffer);
                    buffer.flip();
                    if (count < 0) {
                        return null;
                    }
                    continue;
                }
                byte next = buffer.get();
                if (next == '\n') {
                    return line.toByteArray();
                }
                line.write(next);
            }
            throw new MessageException("an answer with a line that does not end");
        }
    }

    /**
     * The frames of a run that holds versions with their contents. Closing the channel early ends the transfer.
     *
     * @throws RefusedException if the center does not give them
     * @throws IOException if it cannot be reached
     */
    public ReadableByteChannel content(ContentRequest request) throws IOException {
        StreamBody content = exchanges.stream(Protocol.CONTENT, Messages.write(request));
        loop.wake();
        return content;
    }

    /**
     * Ends all that goes on, queries too, and waits until no thread of it calls the outbox any more. Not to be called by
     * the outbox itself.
     */
    @Override
    public void close() {
        boolean running;
        synchronized (this) {
            closed = true;
            running = started;
        }
        exchanges.close();
        loop.close();
        boolean interrupted = false;
        while (running && !threads.isTerminated()) {
            try {
                // The loop gives work to these threads until it ends.
                loop.awaitEnd();
                threads.shutdown();
                threads.awaitTermination(1, TimeUnit.HOURS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

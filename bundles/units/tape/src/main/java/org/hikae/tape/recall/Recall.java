package org.hikae.tape.recall;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.hikae.api.job.Jobs;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.tier.BufferSpaces;
import org.hikae.api.tape.BufferStatus;
import org.hikae.io.BufferPool;
import org.hikae.tape.format.RecordSizes;
import org.hikae.tape.home.Settings;
import org.hikae.tape.mount.Mounts;
import org.hikae.tape.store.ObjectMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads objects that are on tape (c.3, c.4). What is asked for is gathered by cartridge and read in the order of its positions; what is
 * read at random is kept in a buffer on a backup medium, by how often it is used, for all who read here; what is read in sequence is read
 * ahead, past the buffer (d.3). Thread-safe.
 */
public final class Recall implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Recall.class);

    /** After that time a drive that does not end what it does is left to itself. */
    private static final Duration FAREWELL = Duration.ofSeconds(30);

    private final ObjectMap map;
    private final Mounts mounts;
    private final Jobs jobs;
    private final Limits limits;
    private final LongSupplier nanos;
    private final Buffering buffer;
    private final SlotMemory memory;
    private final Slots slots;
    private final Queues queues;
    /** For records: those of some drives. */
    private final BufferPool buffers = new BufferPool(RecordSizes.USUAL, 36);

    private final Fetches fetches;
    private final ExecutorService servers;
    private final ScheduledThreadPoolExecutor timer;
    /** Number of those that are open. */
    private final AtomicInteger readers = new AtomicInteger();

    private final Set<Server> serving = ConcurrentHashMap.newKeySet();

    /**
     * @param settings where the buffer is to be; nothing is opened before it is needed
     * @param jobs shows recalls that last
     */
    public Recall(ObjectMap map, Mounts mounts, BufferSpaces spaces, Jobs jobs, Settings settings) {
        this(map, mounts, spaces, jobs, settings, Limits.USUAL, System::nanoTime);
    }

    Recall(
            ObjectMap map,
            Mounts mounts,
            BufferSpaces spaces,
            Jobs jobs,
            Settings settings,
            Limits limits,
            LongSupplier nanos) {
        this.map = map;
        this.mounts = mounts;
        this.jobs = jobs;
        this.limits = limits;
        this.nanos = nanos;
        buffer = new Buffering(spaces, new Buffering.Choice(settings.buffer(), settings.bufferBytes()), limits, nanos);
        memory = new SlotMemory(limits.slot(), limits.memory());
        slots = new Slots(memory, buffer);
        queues = new Queues(limits, nanos);
        fetches = new Fetches(queues, slots, limits.slot(), this::serve);
        servers = Executors.newCachedThreadPool(task -> thread(task, "hikae-recall"));
        timer = new ScheduledThreadPoolExecutor(1, task -> thread(task, "hikae-recall-jobs"));
        timer.setRemoveOnCancelPolicy(true);
    }

    private static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Opens an object; waits for no cartridge. Reads do: until it comes or is not waited for any more, in any thread that reads; closing
     * the reader ends that, and so does interrupting the thread.
     *
     * @return throws {@link org.hikae.tape.mount.CartridgeAbsentException} from reads if all that is missing is a cartridge, another
     *     {@link IOException} if no copy can be read; the message names object, cartridge and cause
     * @throws java.nio.file.NoSuchFileException if it has no copy
     * @throws IOException if what is known of it cannot be read
     */
    public ObjectReader open(UUID medium, String name) throws IOException {
        Source source = Source.open(map, mounts, medium, name);
        Streams streams = new Streams(limits, memory, nanos);
        ReadAhead readAhead = new ReadAhead(source, slots, memory, fetches, streams, limits.slot());
        readers.incrementAndGet();
        return new RecallReader(source, slots, fetches, streams, readAhead, limits.slot(), readers::decrementAndGet);
    }

    /** Lets a cartridge be read from as long as there is something to be read. */
    private void serve(Cartridge cartridge) {
        RecallJob job =
                new RecallJob(jobs, queues, cartridge, why -> fetches.cancel(cartridge, why), limits.show(), nanos);
        long period = Math.max(1, limits.show().toNanos() / 2);
        ScheduledFuture<?> looking =
                timer.scheduleWithFixedDelay(job::look, limits.show().toNanos(), period, TimeUnit.NANOSECONDS);
        Server server =
                new Server(mounts, queues, fetches, limits, buffers, nanos, cartridge, job, () -> readers.get() > 0);
        Runnable after = () -> {
            looking.cancel(false);
            serving.remove(server);
        };
        serving.add(server);
        try {
            servers.execute(() -> {
                try {
                    server.run();
                } finally {
                    after.run();
                }
            });
        } catch (RuntimeException | Error e) {
            after.run();
            throw e;
        }
    }

    /**
     * Moves the buffer; what was in the old one is forgotten.
     *
     * @param medium a name, {@link Settings#AUTO} or {@link Settings#NONE}
     * @param bytes of the room
     * @throws IOException if there is no such medium, or it cannot be used for that; then all is as it was
     */
    public void buffer(String medium, long bytes) throws IOException {
        buffer.choose(new Buffering.Choice(medium, bytes));
    }

    /**
     * How the buffer stands, and what is waited for.
     *
     * @param patience is passed on
     */
    public BufferStatus status(Duration patience) {
        Buffering.Choice choice = buffer.choice();
        List<String> awaited = queues.awaited();
        return new BufferStatus(
                buffer.medium(),
                choice.medium(),
                choice.bytes(),
                buffer.usedBytes(),
                buffer.hits(),
                slots.misses(),
                slots.bypassed(),
                awaited.isEmpty() ? null : String.join("; ", awaited),
                patience,
                buffer.problem());
    }

    /** Number of slots that are being read from tape, handed over or put into the buffer. */
    int asked() {
        return fetches.open();
    }

    /** Ends all reads; drives are let go when this returns, but for those that hang. */
    @Override
    public void close() {
        fetches.close("tape control ends");
        servers.shutdown();
        long end = System.nanoTime() + FAREWELL.toNanos();
        boolean ended = false;
        try {
            while (!ended && System.nanoTime() - end < 0) {
                serving.forEach(Server::cancelDrive);
                ended = servers.awaitTermination(100, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!ended) {
            LOG.warn("A drive that was read from does not end what it does");
        }
        timer.shutdownNow();
        buffer.close();
    }
}

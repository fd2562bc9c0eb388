package org.hikae.tape.store.registry;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.h2.mvstore.MVStore;
import org.hikae.io.BufferedIo;
import org.hikae.io.DurableFiles;

/**
 * The file of the registry. Every change is one transaction, durable when it returns. What was lost at its end, as MVStore would
 * not say, is known by a mark beside it. Thread-safe.
 */
public final class Registry implements Closeable {

    private static final String NAME = "registry.mv";
    private static final String MARK = "registry.mark";
    private static final String ADVICE =
            "; 'catalog rebuild --from tape --all' puts it aside, and reads what is on the cartridges anew";

    private static final int CACHE_MEGABYTES = 16;
    /** Changes between two looks for room in the file. */
    private static final int COMPACTION = 256;

    private static final int FILL_PERCENT = 60;
    private static final int COMPACTED_BYTES = 8 << 20;

    private final Path folder;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    /** Guarded by {@link #lock}, as all that follows; null if it has to be opened. */
    private MVStore store;

    private Book book;

    private boolean closed;
    /** The sessions that this process runs now. */
    private final Running running = new Running();

    /** @param folder that the file is in, which is there */
    public Registry(Path folder) {
        this.folder = folder;
    }

    /** The sessions that go on now; those who begin and end them say so here. */
    Running running() {
        return running;
    }

    /** Looks at things as they are between two changes. */
    <T> T read(Use<T> use) throws IOException {
        lock.readLock().lock();
        try {
            if (book != null) {
                return use(use);
            }
        } finally {
            lock.readLock().unlock();
        }
        lock.writeLock().lock();
        try {
            open();
            return use(use);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /**
     * Changes things, all or none of what is asked, durably.
     *
     * @throws IOException if it cannot be stored: nothing was changed then, unless it came to the disk all the same
     */
    <T> T change(Use<T> use) throws IOException {
        lock.writeLock().lock();
        try {
            open();
            T result = use(use);
            long count = book.count();
            commit();
            mark(count);
            if (count % COMPACTION == 0) {
                compact();
            }
            return result;
        } catch (IOException | RuntimeException | Error e) {
            rollBack(e);
            throw e;
        } finally {
            lock.writeLock().unlock();
        }
    }

    private <T> T use(Use<T> use) throws IOException {
        try {
            return use.of(book);
        } catch (DamagedRegistryException e) {
            throw explained(e);
        }
    }

    private void commit() throws IOException {
        Translation.of(() -> {
            store.commit();
            store.sync();
            return null;
        });
    }

    private void compact() throws IOException {
        Translation.of(() -> {
            if (store.compact(FILL_PERCENT, COMPACTED_BYTES)) {
                store.commit();
                store.sync();
            }
            return null;
        });
    }

    private void rollBack(Throwable why) {
        try {
            if (store != null) {
                store.rollback();
            }
        } catch (RuntimeException e) {
            // MVStore has given the file up; whoever comes next opens it again
            why.addSuppressed(e);
            drop();
        }
        if (store != null && store.isClosed()) {
            drop();
        }
    }

    private void drop() {
        MVStore dropped = store;
        store = null;
        book = null;
        if (dropped != null) {
            dropped.closeImmediately();
        }
    }

    /** Under the lock for changes. */
    private void open() throws IOException {
        if (closed) {
            throw new IOException("the registry of tapes is closed");
        }
        if (store == null) {
            try {
                openFile();
            } catch (IOException e) {
                drop();
                throw e instanceof DamagedRegistryException damaged ? explained(damaged) : e;
            }
        }
    }

    private void openFile() throws IOException {
        Path file = folder.resolve(NAME);
        boolean isNew = !Files.exists(file);
        store = Translation.of(() -> new MVStore.Builder()
                .fileName(file.toString())
                .autoCommitDisabled()
                .autoCommitBufferSize(0)
                .cacheSize(CACHE_MEGABYTES)
                .open());
        book = Translation.of(() -> new Book(store));
        if (isNew) {
            commit();
            DurableFiles.forceFolder(folder);
        }
        long mark = readMark();
        if (mark > book.counted() && book.behind() == null) {
            book.setBehind("the registry of tapes in " + folder + " has lost its last changes");
            book.count();
            commit();
        }
    }

    /** What was counted when the last change was durable; 0 if that is not known. */
    private long readMark() throws IOException {
        Path file = folder.resolve(MARK);
        byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        if (bytes.length != 2 * Long.BYTES) {
            return 0;
        }
        ByteBuffer mark = ByteBuffer.wrap(bytes);
        long count = mark.getLong();
        return count == ~mark.getLong() ? count : 0;
    }

    /** Behind the change, so that it is never ahead of what is durable. */
    private void mark(long count) throws IOException {
        ByteBuffer mark = ByteBuffer.allocate(2 * Long.BYTES).putLong(count).putLong(~count);
        try (FileChannel channel =
                FileChannel.open(folder.resolve(MARK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            BufferedIo.write(channel, mark.flip(), 0);
        }
    }

    /**
     * Puts a file that cannot be read aside, and begins a new one, which knows nothing and knows that.
     *
     * @return what has been done, a sentence; null if the file can be read
     */
    public String replaceDamaged() throws IOException {
        try {
            read(Book::check);
            return null;
        } catch (DamagedRegistryException e) {
            return replace(e);
        }
    }

    private String replace(DamagedRegistryException why) throws IOException {
        lock.writeLock().lock();
        try {
            drop();
            Path aside = folder.resolve(NAME + ".damaged-" + Instant.now().toEpochMilli());
            // the mark stays: a kill from here on leaves a new registry that is behind it, and knows that
            Files.move(folder.resolve(NAME), aside, StandardCopyOption.ATOMIC_MOVE);
            openFile();
            book.setBehind("the registry of tapes was damaged, and begun anew");
            long count = book.count();
            commit();
            mark(count);
            return "the registry of tapes was damaged, and lies in " + aside + " now: " + why.getMessage();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private IOException explained(DamagedRegistryException e) {
        return new DamagedRegistryException(
                "the registry of tapes in " + folder + " is damaged: " + e.getMessage() + ADVICE, e);
    }

    /** Idempotent. */
    @Override
    public void close() throws IOException {
        lock.writeLock().lock();
        try {
            closed = true;
            MVStore last = store;
            store = null;
            book = null;
            if (last != null) {
                Translation.of(() -> {
                    last.close();
                    return null;
                });
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Uses the maps. */
    @FunctionalInterface
    interface Use<T> {
        T of(Book book) throws IOException;
    }
}

package org.hikae.tapevirtual;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.hikae.api.tape.spi.NoCartridgeException;
import org.hikae.api.tape.spi.TapeLibrary.Place;
import org.hikae.io.DurableFiles;

/** The cartridge that is loaded in a drive, which has the drive locked against all others. Thread-safe. */
final class Loading implements Closeable {

    private static final Set<PosixFilePermission> WRITABLE = EnumSet.of(
            PosixFilePermission.OWNER_WRITE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Places places;
    private final Place place;
    private final Cancellation cancellation;

    /** All guarded by this. */
    private FolderLock lock;

    private Path file;
    private Head head;
    private boolean writeProtected;
    private boolean closed;

    Loading(Places places, Place place, Cancellation cancellation) {
        this.places = places;
        this.place = place;
        this.cancellation = cancellation;
    }

    /** Something that is done meanwhile. */
    @FunctionalInterface
    interface Action {
        void run() throws IOException;
    }

    synchronized boolean isLoaded() throws ClosedChannelException {
        checkOpen();
        return head != null;
    }

    /** The head above the cartridge. */
    synchronized Head head() throws IOException {
        checkOpen();
        if (head == null) {
            throw new NoCartridgeException("no cartridge is loaded in " + place);
        }
        if (!head.isOpen()) {
            // An interrupted thread closes the file that it uses.
            head.reopen(open());
        }
        return head;
    }

    synchronized boolean isWriteProtected() {
        return writeProtected;
    }

    synchronized void load() throws IOException {
        checkOpen();
        if (head != null) {
            return;
        }
        FolderLock locked = lock();
        try {
            file = places.cartridge(place);
            if (file == null) {
                throw new NoCartridgeException("there is no cartridge in " + place);
            }
            writeProtected = !isWritable(file);
            head = new Head(open(), cancellation);
            lock = locked;
        } finally {
            if (lock == null) {
                locked.close();
            }
        }
    }

    private FileChannel open() throws IOException {
        if (writeProtected) {
            return FileChannel.open(file, StandardOpenOption.READ);
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            // What a process that was killed has written may be nowhere but in memory.
            channel.force(true);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean isWritable(Path file) throws IOException {
        PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (posix != null) {
            // One who may write everything is kept from it all the same.
            Set<PosixFilePermission> permissions = posix.readAttributes().permissions();
            if (WRITABLE.stream().noneMatch(permissions::contains)) {
                return false;
            }
        }
        return Files.isWritable(file);
    }

    private FolderLock lock() throws IOException {
        DurableFiles.createFolders(places.of(place));
        return FolderLock.tryLock(places.of(place).resolve(VirtualLibrary.LOCK))
                .orElseThrow(() -> new IOException(place + " is used by another process"));
    }

    synchronized void unload() throws IOException {
        try {
            if (head != null) {
                head.close();
            }
        } finally {
            head = null;
            if (lock != null) {
                lock.close();
                lock = null;
            }
        }
    }

    synchronized void whileNotLoaded(Action action) throws IOException {
        checkOpen();
        if (head != null) {
            throw new IOException("the cartridge in " + place + " is loaded, and must be unloaded before it is moved");
        }
        try (FolderLock locked = lock()) {
            action.run();
        }
    }

    private void checkOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        unload();
    }
}

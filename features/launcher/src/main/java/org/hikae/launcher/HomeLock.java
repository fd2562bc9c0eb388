package org.hikae.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hikae.wire.Ownership;

/**
 * The lock of a home: who has it is the platform. The operating system lifts it when the process ends, however it does.
 * It would also do so if this process opened the file another time and closed it again, so nothing here does.
 */
final class HomeLock implements AutoCloseable {
    private final FileChannel channel;
    private final FileLock lock;

    private final Purpose purpose;

    private HomeLock(FileChannel channel, FileLock lock, Purpose purpose) {
        this.channel = channel;
        this.lock = lock;
        this.purpose = purpose;
    }

    /** What a platform is for. */
    enum Purpose {
        SERVE,
        SHELL,
        COMMAND;

        /** The word for it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What the holder wants it for. */
    Purpose purpose() {
        return purpose;
    }

    /** Who has the lock, as the file says. */
    record Holder(long pid, Purpose purpose) {

        /** False for what a process left that was killed. */
        boolean isAlive() {
            return ProcessHandle.of(pid).isPresent();
        }
    }

    /** @return empty if another process has it */
    static Optional<HomeLock> tryAcquire(Home home, Purpose purpose) throws IOException {
        Set<OpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    home.lock(), options, PosixFilePermissions.asFileAttribute(Ownership.PRIVATE_FILE));
        } catch (IOException e) {
            throw home.cannotWrite(e);
        }
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            String holder = ProcessHandle.current().pid() + " " + purpose.word() + "\n";
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.US_ASCII)), 0);
            return Optional.of(new HomeLock(channel, lock, purpose));
        } catch (IOException e) {
            channel.close();
            throw home.cannotWrite(e);
        } catch (RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Who has the lock; empty if nobody has, or has not said yet. For processes that do not have it. */
    static Optional<Holder> holder(Home home) throws IOException {
        String text;
        try {
            text = Files.readString(home.lock(), StandardCharsets.ISO_8859_1).strip();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (!text.matches("\\d{1,18} (serve|shell|command)")) {
            return Optional.empty();
        }
        String[] words = text.split(" ", 2);
        Holder holder = new Holder(Long.parseLong(words[0]), Purpose.valueOf(words[1].toUpperCase(Locale.ROOT)));
        return Optional.of(holder).filter(Holder::isAlive);
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            channel.truncate(0);
            lock.release();
            channel.close();
        }
    }
}

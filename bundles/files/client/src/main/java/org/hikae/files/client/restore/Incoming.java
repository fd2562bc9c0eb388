package org.hikae.files.client.restore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hikae.api.job.Progress;
import org.hikae.files.client.select.Facts;
import org.hikae.files.transfer.run.ContentHash;
import org.hikae.files.transfer.run.RunItem;
import org.hikae.io.BufferedIo;
import org.hikae.io.OpenedFile;
import org.hikae.io.PrivateFiles;

/**
 * A file whose content comes, made under another name beside its place. A large one of which the hash is known beforehand outlives whatever
 * ends the restore, as far as it was noted. Not thread-safe.
 */
final class Incoming {

    /** Smaller files come again from their beginning. */
    private static final long LARGE = 16L << 20;

    private static final int PIECE = 1 << 18;

    /** Rights of others than the owner. */
    private static final int OTHERS = 077;

    final Wanted wanted;
    final Path place;

    /** As the target reaches the place, and the name under which the file is made. */
    final Path here;

    final Path next;

    private final FileChannel channel;
    private final ContentHash hash = new ContentHash();

    /** Null: it ends with the restore. */
    private final RestoreRecord record;

    private long position;
    private long bytes;
    private long noted;
    private RunItem.FileItem item;
    private boolean resumed;

    private Incoming(Wanted wanted, Path place, Path here, Path next, FileChannel channel, RestoreRecord record) {
        this.wanted = wanted;
        this.place = place;
        this.here = here;
        this.next = next;
        this.channel = channel;
        this.record = record;
    }

    /**
     * Begins a file.
     *
     * @param here the place, as it is reached
     */
    static Incoming begin(Wanted wanted, RunItem.FileItem item, Path place, Path here, RestoreRecord record)
            throws IOException {
        boolean large = item.size() >= LARGE && wanted.hasHash();
        if (large) {
            record.begin(wanted, place.resolveSibling(record.lasting()));
        } else {
            record.making(place.resolveSibling(record.temporary()));
        }
        Path next = here.resolveSibling(large ? record.lasting() : record.temporary());
        Files.deleteIfExists(next);
        Incoming file = new Incoming(wanted, place, here, next, PrivateFiles.create(next), large ? record : null);
        file.item = item;
        return file;
    }

    /**
     * Goes on with a file of which a part is there.
     *
     * @throws IOException if that cannot be, or it is not the file that was made, or is not this process's alone
     */
    static Incoming goOn(Wanted wanted, Path place, Path here, RestoreRecord record, Progress progress)
            throws IOException {
        RestoreRecord.Partial partial = record.partial();
        Path next = here.resolveSibling(record.lasting());
        long owner = owner(place, here, record);
        try (OpenedFile left = OpenedFile.open(next)) {
            Facts there = Facts.of(left, next);
            // Whoever may write to the folder could have put a file of his own there, to read what comes: an inode is
            // used again.
            boolean own = there.uid() == owner && (there.mode() & OTHERS) == 0;
            boolean same = own
                    && there.inode() == partial.inode()
                    && there.links() == 1
                    && there.size() >= partial.position()
                    && partial.position() > 0
                    && partial.place().equals(place.resolveSibling(record.lasting()));
            if (!same) {
                throw new IOException("what is left of " + place + " is something else");
            }
            Incoming file = new Incoming(wanted, place, here, next, left.writing(), record);
            try {
                file.read(left, partial.position(), progress);
                // What came behind that was not noted, and may be in the way of a hole.
                file.channel.truncate(partial.position());
            } catch (IOException | RuntimeException e) {
                file.channel.close();
                throw e;
            }
            file.resumed = true;
            return file;
        }
    }

    /** Whose the files are that this process makes beside a place. */
    private static long owner(Path place, Path here, RestoreRecord record) throws IOException {
        Path probe = here.resolveSibling(record.temporary());
        record.making(place.resolveSibling(record.temporary()));
        Files.deleteIfExists(probe);
        PrivateFiles.create(probe).close();
        try {
            return Facts.of(probe).uid();
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    private void read(OpenedFile left, long end, Progress progress) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        long at = Math.min(left.nextData(0), end);
        while (at < end) {
            progress.check();
            long stop = Math.min(end, Math.max(left.nextHole(at), at + 1));
            piece.clear().limit((int) Math.min(PIECE, stop - at));
            if (!BufferedIo.read(left.channel(), piece, at)) {
                throw new IOException("it has become shorter");
            }
            hash.add(at, piece.flip());
            bytes += piece.limit();
            at += piece.limit();
            at = at < stop ? at : Math.min(left.nextData(at), end);
        }
        position = end;
        noted = end;
    }

    /** Its item has come again, as what follows comes from elsewhere. @return false if it is not the same file */
    boolean comesAgain(RunItem.FileItem again) {
        boolean same = item == null ? position <= again.size() : item.size() == again.size();
        item = again;
        resumed = true;
        return same;
    }

    /** @return bytes that were not there */
    int add(RunItem.Data data) throws IOException {
        ByteBuffer content = data.bytes().duplicate();
        int known = (int) Math.min(content.remaining(), Math.max(0, position - data.offset()));
        content.position(content.position() + known);
        int length = content.remaining();
        if (length > 0) {
            long offset = data.offset() + known;
            hash.add(offset, content);
            BufferedIo.write(channel, content, offset);
            position = offset + length;
            bytes += length;
        }
        return length;
    }

    /** Ends the content, with the hole that it may end with. @return its hash */
    byte[] finish() throws IOException {
        byte[] sha256 = hash.finish(item.size());
        if (position < item.size()) {
            BufferedIo.write(channel, ByteBuffer.allocate(1), item.size() - 1);
        }
        return sha256;
    }

    /** Notes durably how far it has come. */
    void note() throws IOException {
        if (record != null && position > noted) {
            channel.force(false);
            record.note(
                    wanted,
                    place.resolveSibling(record.lasting()),
                    Facts.of(next).inode(),
                    position);
            noted = position;
        }
    }

    /** Whether it can outlive the restore. */
    boolean isLarge() {
        return record != null;
    }

    /** Whether it outlives the restore with what was noted. */
    boolean isLasting() {
        return record != null && noted > 0;
    }

    RunItem.FileItem item() {
        return item;
    }

    /** Bytes from the beginning on that are there, holes too. */
    long position() {
        return position;
    }

    /** The same without holes. */
    long bytes() {
        return bytes;
    }

    /** Whether it has come in several goes. */
    boolean isResumed() {
        return resumed;
    }

    /** What was made stays where it is. */
    void close() throws IOException {
        channel.close();
    }

    /** Nobody goes on with it; what was made and has not got its name is taken away. */
    void delete() throws IOException {
        channel.close();
        Files.deleteIfExists(next);
        if (record != null) {
            record.end();
        }
    }
}

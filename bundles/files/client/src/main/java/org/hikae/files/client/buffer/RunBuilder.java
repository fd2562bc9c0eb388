package org.hikae.files.client.buffer;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.hikae.files.transfer.run.FrameCodec;
import org.hikae.files.transfer.run.RunItem;
import org.hikae.files.transfer.run.RunWriter;
import org.hikae.files.transfer.run.StoredFrame;
import org.hikae.io.BufferedIo;
import org.hikae.io.DurableFiles;
import org.hikae.io.PrivateFiles;

/**
 * Makes a run in a folder of the buffer. Frames that hold nothing but a piece of a frozen file are not stored: they are made from it
 * whenever they are sent. Not thread-safe.
 */
public final class RunBuilder implements Closeable {

    static final String FRAMES = "frames";

    private static final String FROZEN = "frozen-";

    /** Kind (1), length (4) and offset (8) of a packed piece of content. */
    private static final int DATA_HEAD = 13;

    private static final int DATA = 3;

    private final Path folder;
    private final RunItem.Start start;
    private final Room room;
    private final FrameCodec codec = new FrameCodec();
    private final FileChannel frames;
    private final FileChannel index;
    private final RunTable.Writer table;
    private final RunWriter writer;

    private long framesLength;
    private long sent;
    private long taken;
    private int frozenFiles;
    /** Number of the frozen file whose content is being written; 0: none is. */
    private int frozen;

    /** Of a file whose content is not whole yet; null: none. */
    private RunTable.Entry open;

    /** @param folder empty, and for this alone */
    RunBuilder(Path folder, RunItem.Start start, Room room) throws IOException {
        this.folder = folder;
        this.start = start;
        this.room = room;
        frames = PrivateFiles.create(folder.resolve(FRAMES));
        index = PrivateFiles.create(folder.resolve(FrameIndex.NAME));
        table = new RunTable.Writer(folder.resolve(RunTable.NAME));
        writer = new RunWriter(start, this::frame);
    }

    public long number() {
        return start.number();
    }

    /**
     * Adds an item other than a file with content that was sent before.
     *
     * @throws BufferFullException if the buffer has no room for it; the run is of no use then
     */
    public void write(RunItem item) throws IOException {
        write(item, null);
    }

    /** @param sha256 of the content, if the item is a file whose content was sent before */
    public void write(RunItem item, byte[] sha256) throws IOException {
        writer.write(item);
        if (item instanceof RunItem.FileItem file) {
            RunItem.Same same = file.content() instanceof RunItem.Same earlier ? earlier : null;
            open = new RunTable.Entry(
                    file.path(),
                    writer.frames(),
                    file.type(),
                    file.size(),
                    file.times().modified(),
                    sha256,
                    same == null ? 0 : same.run(),
                    same == null ? null : same.path(),
                    null);
            if (!(file.content() instanceof RunItem.Follows)) {
                enter(open);
            }
        } else if (item instanceof RunItem.FileEnd end) {
            enter(open.ended(end.sha256(), end.doubt()));
        } else if (item instanceof RunItem.FileVoid) {
            open = null;
        } else if (item instanceof RunItem.Gone gone) {
            enter(RunTable.Entry.gone(gone.path()));
        }
    }

    private void enter(RunTable.Entry entry) throws IOException {
        take(64 + entry.path().length());
        table.add(entry);
        open = null;
    }

    /** Where the next file that is to be frozen goes; there is none yet. */
    public Path nextFrozen() {
        return folder.resolve(FROZEN + (frozenFiles + 1));
    }

    /** Says that the content that follows, up to the file's end, is that of the file at {@link #nextFrozen}. */
    public void freeze() {
        frozen = ++frozenFiles;
    }

    /** Says that what follows is from elsewhere. */
    public void thaw() {
        frozen = 0;
    }

    private void frame(long number, ByteBuffer raw) throws IOException {
        boolean piece = frozen != 0
                && raw.remaining() > DATA_HEAD
                && raw.get(raw.position()) == DATA
                && raw.getInt(raw.position() + 1) == raw.remaining() - DATA_HEAD + Long.BYTES;
        FrameIndex.Entry entry = piece ? frozen(raw) : stored(number, raw);
        BufferedIo.write(index, ByteBuffer.wrap(entry.encode()), number * FrameIndex.ENTRY);
    }

    private FrameIndex.Entry frozen(ByteBuffer raw) throws IOException {
        take(FrameIndex.ENTRY);
        sent += raw.remaining();
        CRC32C crc = new CRC32C();
        crc.update(raw.duplicate());
        long offset = raw.getLong(raw.position() + DATA_HEAD - Long.BYTES);
        return new FrameIndex.Entry(frozen, raw.remaining() - DATA_HEAD, offset, (int) crc.getValue());
    }

    private FrameIndex.Entry stored(long number, ByteBuffer raw) throws IOException {
        StoredFrame frame = codec.encode(number, start.mark(), raw);
        int length = frame.bytes().remaining();
        take(length + FrameIndex.ENTRY);
        BufferedIo.write(frames, frame.bytes(), framesLength);
        FrameIndex.Entry entry = new FrameIndex.Entry(0, length, framesLength, 0);
        framesLength += length;
        sent += length;
        return entry;
    }

    private void take(long bytes) throws IOException {
        room.take(bytes);
        taken += bytes;
    }

    /** Bytes of room taken so far. */
    long taken() {
        return taken;
    }

    /**
     * Ends the run and makes all of it durable in its folder.
     *
     * @return what it is
     */
    Manifest finish(UUID baseId) throws IOException {
        RunItem.End end = writer.finish();
        frames.force(true);
        index.force(true);
        table.finish();
        for (int i = 1; i <= frozenFiles; i++) {
            try (FileChannel file = FileChannel.open(folder.resolve(FROZEN + i), StandardOpenOption.WRITE)) {
                file.force(true);
            }
        }
        close();
        Manifest manifest = new Manifest(start, baseId, writer.frames(), sent, taken, end.files());
        manifest.write(folder);
        DurableFiles.forceFolder(folder);
        return manifest;
    }

    static Path frozen(Path folder, int number) {
        return folder.resolve(FROZEN + number);
    }

    /** The frame of a piece of a frozen file, as it was when the run was made. */
    static StoredFrame thawed(FrameCodec codec, long number, int mark, FrameIndex.Entry entry, ByteBuffer content)
            throws IOException {
        ByteBuffer raw = ByteBuffer.allocate(DATA_HEAD + entry.length());
        raw.put((byte) DATA)
                .putInt(entry.length() + Long.BYTES)
                .putLong(entry.position())
                .put(content);
        raw.flip();
        CRC32C crc = new CRC32C();
        crc.update(raw.duplicate());
        if ((int) crc.getValue() != entry.crc()) {
            throw new IOException("a frozen file in the buffer is damaged");
        }
        return codec.encode(number, mark, raw);
    }

    /** Files of the folder stay. */
    @Override
    public void close() throws IOException {
        try (frames;
                index;
                table) {
            codec.close();
        }
    }

    /** Deletes a frozen file that turned out not to be of use. */
    public void discardFrozen() throws IOException {
        Files.deleteIfExists(nextFrozen());
    }
}

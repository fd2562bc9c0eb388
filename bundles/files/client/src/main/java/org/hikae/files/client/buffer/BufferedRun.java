package org.hikae.files.client.buffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.UUID;
import org.hikae.api.job.Progress;
import org.hikae.files.transfer.run.FrameCodec;
import org.hikae.files.transfer.run.FrameSource;
import org.hikae.files.transfer.run.RunItem;
import org.hikae.io.BufferedIo;

/** A sealed run in the buffer. Thread-safe. */
public final class BufferedRun implements FrameSource {

    private final Path folder;
    private final Manifest manifest;
    private final Instant sent;

    /** @param sent when it was durable at the center with all it has; null: it is not */
    BufferedRun(Path folder, Manifest manifest, Instant sent) {
        this.folder = folder;
        this.manifest = manifest;
        this.sent = sent;
    }

    public String backup() {
        return manifest.start().backup();
    }

    public long number() {
        return manifest.start().number();
    }

    public long base() {
        return manifest.start().base();
    }

    /** Of the run that it builds upon; null: it builds upon none, or that is not known. */
    public UUID baseId() {
        return manifest.baseId();
    }

    public Instant taken() {
        return manifest.start().taken();
    }

    public UUID id() {
        return manifest.start().id();
    }

    @Override
    public long frames() {
        return manifest.frames();
    }

    /** Of its frames as they are sent, about. */
    public long bytes() {
        return manifest.bytes();
    }

    public long files() {
        return manifest.files();
    }

    /** Bytes that it takes in the buffer. */
    long size() {
        return manifest.size();
    }

    /** When it was durable at the center with all it has; null: it is not, and must stay. */
    public Instant sent() {
        return sent;
    }

    Path folder() {
        return folder;
    }

    Manifest manifest() {
        return manifest;
    }

    private RunItem.Start start() {
        return manifest.start();
    }

    /** What is in it. */
    public RunTable.Reader table() throws IOException {
        return new RunTable.Reader(folder);
    }

    /**
     * Makes the table anew from the frames, if it is damaged.
     *
     * @throws IOException if these are damaged too
     * @throws java.util.concurrent.CancellationException if the progress was cancelled
     */
    public void repairTable(Progress progress) throws IOException {
        TableRepair.repair(this, progress);
    }

    @Override
    public ReadableByteChannel open(long from) throws IOException {
        if (from < 0 || from > frames()) {
            throw new IllegalArgumentException("frame " + from + " of " + frames());
        }
        FrameIndex index = new FrameIndex(folder, frames());
        try {
            FileChannel frames = FileChannel.open(folder.resolve(RunBuilder.FRAMES), StandardOpenOption.READ);
            return new Frames(index, frames, from);
        } catch (IOException e) {
            index.close();
            throw e;
        }
    }

    /** Frames one after the other. */
    private final class Frames implements ReadableByteChannel {

        private final FrameIndex index;
        private final FileChannel stored;
        private final FrameCodec codec = new FrameCodec();
        private long next;
        private ByteBuffer frame = ByteBuffer.allocate(0);

        /** What is open of frozen files; 0: none is. */
        private int frozen;

        private FileChannel content;
        private boolean open = true;

        Frames(FrameIndex index, FileChannel stored, long from) {
            this.index = index;
            this.stored = stored;
            this.next = from;
        }

        @Override
        public synchronized int read(ByteBuffer to) throws IOException {
            if (!open) {
                throw new ClosedChannelException();
            }
            if (!frame.hasRemaining()) {
                if (next >= index.frames()) {
                    return -1;
                }
                frame = frame(index.entry(next));
                next++;
            }
            int count = Math.min(to.remaining(), frame.remaining());
            to.put(frame.slice().limit(count));
            frame.position(frame.position() + count);
            return count;
        }

        private ByteBuffer frame(FrameIndex.Entry entry) throws IOException {
            if (entry.frozen() == 0) {
                return FrameCodec.take(read(stored, entry)).bytes();
            }
            if (entry.frozen() != frozen) {
                if (content != null) {
                    content.close();
                }
                content = FileChannel.open(RunBuilder.frozen(folder, entry.frozen()), StandardOpenOption.READ);
                frozen = entry.frozen();
            }
            ByteBuffer piece = read(content, entry);
            return RunBuilder.thawed(codec, next, start().mark(), entry, piece).bytes();
        }

        private ByteBuffer read(FileChannel from, FrameIndex.Entry entry) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(entry.length());
            if (!BufferedIo.read(from, bytes, entry.position())) {
                throw new IOException("run " + number() + " of " + backup() + " in the buffer is cut off");
            }
            return bytes.flip();
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public synchronized void close() throws IOException {
            if (open) {
                open = false;
                codec.close();
                try (index;
                        stored;
                        FileChannel last = content) {
                    frame = ByteBuffer.allocate(0);
                }
            }
        }
    }
}

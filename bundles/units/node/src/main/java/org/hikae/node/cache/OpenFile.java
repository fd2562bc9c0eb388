package org.hikae.node.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.hikae.node.volume.FileContent;

/** One user's hold on a file. */
final class OpenFile implements FileContent {

    private final FileVolume volume;
    private final RegularFile file;
    private final Consumer<FileContent> whenClosed;
    private final AtomicBoolean closed = new AtomicBoolean();

    OpenFile(FileVolume volume, RegularFile file, Consumer<FileContent> whenClosed) {
        this.volume = volume;
        this.file = file;
        this.whenClosed = whenClosed;
    }

    private RegularFile file() throws ClosedChannelException {
        if (closed.get()) {
            throw new ClosedChannelException();
        }
        return file;
    }

    @Override
    public long size() throws IOException {
        return file().size();
    }

    @Override
    public int read(ByteBuffer dst, long offset) throws IOException {
        return file().read(dst, offset);
    }

    @Override
    public void write(ByteBuffer src, long offset) throws IOException {
        file().write(src, offset);
    }

    @Override
    public long append(ByteBuffer src) throws IOException {
        return file().append(src);
    }

    @Override
    public void resize(long size) throws IOException {
        file().resize(size);
    }

    @Override
    public void force(boolean metadata) throws IOException {
        file().force();
    }

    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            whenClosed.accept(this);
            volume.closed(file);
        }
    }
}

package org.hikae.node.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.hikae.node.volume.FileContent;

/** One user's hold on a file. */
final class OpenFile implements FileContent {

    private final RegularFile file;
    private final Busy busy;

    OpenFile(FileVolume volume, RegularFile file, Consumer<FileContent> whenClosed) {
        this.file = file;
        this.busy = new Busy(() -> {
            whenClosed.accept(this);
            volume.closed(file);
        });
    }

    @Override
    public long size() throws IOException {
        return busy.call(file::size);
    }

    @Override
    public int read(ByteBuffer dst, long offset) throws IOException {
        return busy.call(() -> file.read(dst, offset));
    }

    @Override
    public void write(ByteBuffer src, long offset) throws IOException {
        busy.run(() -> file.write(src, offset));
    }

    @Override
    public long append(ByteBuffer src) throws IOException {
        return busy.call(() -> file.append(src));
    }

    @Override
    public void resize(long size) throws IOException {
        busy.run(() -> file.resize(size));
    }

    @Override
    public void force(boolean metadata) throws IOException {
        busy.run(file::force);
    }

    @Override
    public void close() throws IOException {
        busy.close();
    }
}

package org.hikae.node.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Instant;
import org.hikae.api.shared.FileSystemFullException;
import org.hikae.node.volume.FileContent;

/** The content of a file in memory, in pages that are there once they were written. */
final class MemoryContent implements FileContent {

    private static final int PAGE = MemoryInode.PAGE;

    private final MemoryFiles files;
    private final MemoryInode file;
    private boolean closed;

    MemoryContent(MemoryFiles files, MemoryInode file) {
        this.files = files;
        this.file = file;
        file.openers.add(this);
    }

    private void check() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public long size() throws IOException {
        synchronized (files) {
            check();
            return file.size;
        }
    }

    @Override
    public int read(ByteBuffer dst, long offset) throws IOException {
        synchronized (files) {
            check();
            if (!dst.hasRemaining()) {
                return 0;
            }
            if (offset >= file.size) {
                return -1;
            }
            int count = (int) Math.min(dst.remaining(), file.size - offset);
            for (long at = offset; at < offset + count; at++) {
                byte[] page = file.pages.get(at / PAGE);
                dst.put(page == null ? 0 : page[(int) (at % PAGE)]);
            }
            return count;
        }
    }

    @Override
    public void write(ByteBuffer src, long offset) throws IOException {
        synchronized (files) {
            check();
            for (long at = offset; src.hasRemaining(); at++) {
                page(at / PAGE)[(int) (at % PAGE)] = src.get();
                file.size = Math.max(file.size, at + 1);
            }
            file.touch(Instant.now());
        }
    }

    private byte[] page(long number) throws FileSystemFullException {
        if (!file.pages.containsKey(number)) {
            if (files.used == files.room) {
                throw new FileSystemFullException("no block is free");
            }
            files.used++;
            file.pages.put(number, new byte[PAGE]);
        }
        return file.pages.get(number);
    }

    @Override
    public long append(ByteBuffer src) throws IOException {
        synchronized (files) {
            long at = size();
            write(src, at);
            return at;
        }
    }

    @Override
    public void resize(long size) throws IOException {
        synchronized (files) {
            check();
            int before = file.pages.size();
            file.pages.tailMap((size + PAGE - 1) / PAGE).clear();
            byte[] cut = file.pages.get(size / PAGE);
            for (int i = (int) (size % PAGE); cut != null && i < PAGE; i++) {
                cut[i] = 0;
            }
            files.used -= before - file.pages.size();
            file.size = size;
            file.touch(Instant.now());
        }
    }

    @Override
    public void force(boolean metadata) throws IOException {
        check();
        files.commit();
    }

    @Override
    public void close() {
        synchronized (files) {
            closed = true;
            file.openers.remove(this);
            files.dropUnused(file);
        }
    }
}

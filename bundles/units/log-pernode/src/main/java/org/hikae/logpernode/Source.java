package org.hikae.logpernode;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.io.BufferPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node's log as the merge reads it: entry by entry, and the data that are asked for. One thread at a time. */
final class Source implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Source.class);

    private final String node;
    private final InputFile list;
    private final InputFile data;
    private final EntryReader entries;
    private final BufferPool buffers;
    private final ByteBuffer buffer;
    private final Share share;
    private ListEntry next;
    private long messages;
    private long messageBytes;

    private Source(FileHeader header, InputFile list, InputFile data, long listEnd, long dataEnd, BufferPool buffers) {
        this.node = header.node();
        this.list = list;
        this.data = data;
        this.entries = new EntryReader(list, header.blockSize(), listEnd, dataEnd);
        this.buffers = buffers;
        this.buffer = buffers.take();
        this.share = new Share(buffer, header.blockSize());
    }

    /**
     * Opens a log's files, and goes to the first entry.
     *
     * @param listEnd bytes that were written into the log management file
     * @param dataEnd bytes that were written into the data file
     */
    static Source open(FileHeader header, LogFiles files, long listEnd, long dataEnd, BufferPool buffers)
            throws IOException {
        InputFile list = InputFile.open(files.list(), header, FileHeader.LIST, listEnd);
        try {
            InputFile data = InputFile.open(files.data(), header, FileHeader.DATA, dataEnd);
            Source source = new Source(header, list, data, listEnd, dataEnd, buffers);
            try {
                source.advance();
                return source;
            } catch (IOException e) {
                source.close();
                throw e;
            }
        } catch (IOException e) {
            list.close();
            throw e;
        }
    }

    String node() {
        return node;
    }

    /** The entry that it stands at; null behind the last one. */
    ListEntry peek() {
        return next;
    }

    void advance() throws IOException {
        next = entries.next();
    }

    /** What is to be sent next. */
    Share share() {
        return share;
    }

    void fetch() throws IOException {
        if (!share.isEmpty()) {
            share.fetch(data);
            messages++;
            messageBytes += share.bytes();
        }
    }

    long messages() {
        return messages + entries.messages();
    }

    long messageBytes() {
        return messageBytes + entries.bytes();
    }

    @Override
    public void close() {
        try (list;
                data) {
            buffers.give(buffer);
        } catch (IOException e) {
            LOG.warn("the temporary log of node {} cannot be closed", node, e);
        }
    }
}

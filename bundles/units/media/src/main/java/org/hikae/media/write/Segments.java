package org.hikae.media.write;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.log.spi.Patience;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.media.format.ObjectHeader;
import org.hikae.media.format.ObjectRef;
import org.hikae.media.format.Sha256;
import org.hikae.media.index.Frame;
import org.hikae.media.index.FrameList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The objects that one writer fills with frames, one after the other. Not thread-safe. */
public final class Segments implements FrameSink, Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Segments.class);

    /** Names and headers of the objects. */
    public interface Naming {

        String name(int sequence);

        ObjectHeader header(int sequence);
    }

    private final Medium medium;
    private final Naming naming;
    private final FrameList frames;
    private final long rollAt;
    private final boolean hashed;
    private final Patience patience;
    private final List<ObjectRef> written = new ArrayList<>();

    /** The object being filled; null between two. */
    private ObjectWriter current;

    private long length;
    private MessageDigest digest;
    /** Checksum of the last frame; 0 before the first. */
    private int lastChecksum;

    private volatile boolean closed;

    /**
     * @param frames takes the frames, in the objects by the numbers that they have here
     * @param rollAt bytes beyond which an object is not filled further
     * @param hashed whether to make a hash of each object
     * @param patience asked when the medium is full, but for the first object
     */
    public Segments(Medium medium, Naming naming, FrameList frames, long rollAt, boolean hashed, Patience patience) {
        this.medium = medium;
        this.naming = naming;
        this.frames = frames;
        this.rollAt = rollAt;
        this.hashed = hashed;
        this.patience = patience;
    }

    /** Begins the first object already, so that a medium that takes none is found out early: nobody waits for room then. */
    void begin() throws IOException {
        current = medium.create(naming.name(0));
        beginObject(Patience.NONE);
    }

    private void next() throws IOException {
        patiently(patience, () -> current = medium.create(naming.name(written.size())));
        beginObject(patience);
    }

    private void beginObject(Patience untilHeader) throws IOException {
        length = 0;
        digest = hashed ? Sha256.begin() : null;
        write(naming.header(written.size()).after(lastChecksum).encode(), untilHeader);
    }

    @Override
    public void put(ByteBuffer head, ByteBuffer rest, int checksum, int blocks) throws IOException {
        int added = head.remaining() + rest.remaining();
        if (current != null && length > ObjectHeader.LENGTH && length + added > rollAt) {
            commit();
        }
        if (current == null) {
            next();
        }
        long offset = length;
        write(head, patience);
        write(rest, patience);
        frames.add(new Frame(written.size(), offset, added, checksum, blocks));
        lastChecksum = checksum;
    }

    /** The frames so far, in all objects. */
    public FrameList frames() {
        return frames;
    }

    /** Makes the last object durable too. */
    public void complete() throws IOException {
        if (current != null && frames.count() > 0) {
            commit();
        }
        close();
    }

    /** The objects that are complete. */
    public List<ObjectRef> written() {
        return List.copyOf(written);
    }

    private void write(ByteBuffer bytes, Patience whenFull) throws IOException {
        length += bytes.remaining();
        if (digest != null) {
            digest.update(bytes.duplicate());
        }
        if (bytes.hasRemaining()) {
            ObjectWriter to = current;
            patiently(whenFull, () -> to.write(bytes)); // what it took before it was full is not in the buffer any more
        }
    }

    /** Whoever waits here is not left waiting when this is closed meanwhile. */
    private void patiently(Patience whenFull, Step step) throws IOException {
        Patiently.run(whenFull, () -> {
            if (closed) {
                throw new IOException("what was written was given up while its medium was full");
            }
            step.run();
        });
    }

    private void commit() throws IOException {
        ObjectWriter from = current;
        patiently(patience, from::commit);
        String hash = digest == null ? null : Sha256.end(digest);
        written.add(new ObjectRef(naming.name(written.size()), length, hash));
        from.close();
        current = null;
    }

    /** Drops the object being filled. Idempotent. */
    @Override
    public void close() {
        closed = true;
        ObjectWriter unfinished = current;
        current = null;
        if (unfinished != null) {
            try {
                unfinished.close();
            } catch (IOException e) {
                LOG.debug("an object that was not completed stays as garbage", e);
            }
        }
    }
}

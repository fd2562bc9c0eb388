package org.hikae.media.read;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.HashMap;
import java.util.Map;
import org.hikae.media.medium.UsableMedium;

/**
 * The generations that are being read, by themselves or as parents of others: each is open once, and only when a block of
 * it is wanted. Thread-safe; no lock that others need is held while a medium works.
 */
final class Layers {

    /** Media are the same only while they are open. */
    private record Key(UsableMedium medium, UsableMedium log, String sha256) {}

    private final Part.Shared shared;
    /** Guarded by this. */
    private final Map<Key, Lazy> layers = new HashMap<>();

    Layers(Part.Shared shared) {
        this.shared = shared;
    }

    /** The layer of a generation, to be closed by each that asks for it. */
    synchronized Lease lease(Link link) {
        Lazy lazy = layers.computeIfAbsent(new Key(link.medium(), link.log(), link.sha256()), key -> new Lazy(link));
        lazy.users++;
        return new Lease(lazy);
    }

    private void end(Lazy lazy) {
        synchronized (this) {
            lazy.users--;
            if (lazy.users > 0) {
                return;
            }
            layers.values().remove(lazy);
        }
        lazy.close();
    }

    /** A layer that is opened when it is needed. */
    private final class Lazy {

        private final Link link;
        /** Guarded by the {@link Layers}. */
        private int users;
        /** Set once, under the lock of this. */
        private volatile Layer layer;

        private boolean closed;

        Lazy(Link link) {
            this.link = link;
        }

        Layer layer() throws IOException {
            Layer opened = layer;
            return opened != null ? opened : open();
        }

        private synchronized Layer open() throws IOException {
            if (closed) {
                throw new ClosedChannelException();
            }
            if (layer == null) {
                layer = Layer.open(link.manifest(), link.medium(), link.log(), shared);
            }
            return layer;
        }

        synchronized void close() {
            closed = true;
            if (layer != null) {
                layer.close();
            }
        }
    }

    /** One use of a layer. */
    final class Lease implements Closeable {

        private final Lazy lazy;
        /** Guarded by this. */
        private boolean closed;

        private Lease(Lazy lazy) {
            this.lazy = lazy;
        }

        /** Opens the layer if nobody has yet. */
        Layer layer() throws IOException {
            return lazy.layer();
        }

        @Override
        public void close() {
            synchronized (this) {
                if (closed) {
                    return;
                }
                closed = true;
            }
            end(lazy);
        }
    }
}

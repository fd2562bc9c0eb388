package org.hikae.nbd.export;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hikae.api.block.BlockDevice;

/**
 * The devices that are open: from the first lease of an export to its last, so that a disk or generation that nobody uses
 * can be removed. Thread-safe.
 */
final class OpenExports {

    /** What is open, and what is about to be. Guarded by this. */
    private final Map<Source, Opened> opened = new HashMap<>();

    Lease open(Source source) throws IOException {
        Opened export;
        synchronized (this) {
            export = opened.computeIfAbsent(source, Opened::new);
            export.leases++;
        }
        try {
            return new Held(export, export.device());
        } catch (IOException | RuntimeException | Error e) {
            release(export);
            throw e;
        }
    }

    private void release(Opened export) throws IOException {
        synchronized (this) {
            export.leases--;
            if (export.leases > 0) {
                return;
            }
            opened.remove(export.source);
        }
        // Outside the lock, for it takes its time. Whoever comes meanwhile opens the export anew.
        export.close();
    }

    /** The number of leases of each open export, by name. */
    synchronized Map<String, Integer> leases() {
        Map<String, Integer> leases = new TreeMap<>();
        opened.values().forEach(export -> leases.merge(export.source.name(), export.leases, Integer::sum));
        return leases;
    }

    /** An export in use. */
    private static final class Opened {
        private final Source source;
        /** Guarded by the {@link OpenExports}. */
        private int leases;
        /** Null before it was opened. Guarded by this: others wait while it is being opened. */
        private BlockDevice device;

        Opened(Source source) {
            this.source = source;
        }

        synchronized BlockDevice device() throws IOException {
            if (device == null) {
                device = source.open();
            }
            return device;
        }

        synchronized void close() throws IOException {
            if (device != null) {
                device.close();
            }
        }
    }

    private final class Held implements Lease {
        private final Opened export;
        private final BlockDevice device;
        private final AtomicBoolean closed = new AtomicBoolean();

        Held(Opened export, BlockDevice device) {
            this.export = export;
            this.device = device;
        }

        @Override
        public String name() {
            return export.source.name();
        }

        @Override
        public String description() {
            return export.source.description(device);
        }

        @Override
        public BlockDevice device() {
            return device;
        }

        @Override
        public void close() throws IOException {
            if (closed.compareAndSet(false, true)) {
                release(export);
            }
        }
    }
}

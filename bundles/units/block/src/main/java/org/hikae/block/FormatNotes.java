package org.hikae.block;

import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hikae.config.Configured;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes in their configurations which formats disks have. Thread-safe. */
final class FormatNotes {

    /** As long as is waited for configurations elsewhere. */
    private static final int PATIENCE_SECONDS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(FormatNotes.class);

    private final Configured<FileDisk> disks;
    /** Changed configurations that somebody waits for. */
    private final Map<DiskSettings, CountDownLatch> awaited = new ConcurrentHashMap<>();

    FormatNotes(Configured<FileDisk> disks) {
        this.disks = disks;
    }

    /** Says that a disk has come to life. */
    void started(DiskSettings settings) {
        CountDownLatch waiting = awaited.get(settings);
        if (waiting != null) {
            waiting.countDown();
        }
    }

    /**
     * Notes, durably, that a disk has a format. The disk itself has it first: then its component, which starts again, finds it
     * as it is configured.
     *
     * @throws IOException if that cannot be; then it has the format that it had
     */
    void note(FileDisk disk, String format) throws IOException {
        DiskSettings before = disk.settings();
        DiskSettings after = before.withFormat(format);
        disk.becomes(after);
        CountDownLatch started = new CountDownLatch(1);
        awaited.put(after, started);
        try {
            if (store(disk.name(), format)) {
                await(disk.name(), started);
            }
        } catch (IOException | RuntimeException e) {
            disk.becomes(before);
            throw e;
        } finally {
            awaited.remove(after);
        }
    }

    /** False if that is how it is configured already. */
    private boolean store(String name, String format) throws IOException {
        Dictionary<String, Object> configured = disks.configured().get(name);
        if (configured == null) {
            throw new IOException("disk '" + name + "' is not configured any more");
        } else if (format.equals(configured.get("format"))) {
            return false;
        }
        Map<String, Object> properties = new HashMap<>();
        Collections.list(configured.keys()).forEach(key -> properties.put(key, configured.get(key)));
        properties.put("format", format);
        disks.store(name, properties);
        return true;
    }

    /** Otherwise the disk could not be seen for a moment. */
    private static void await(String name, CountDownLatch started) {
        try {
            if (!started.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("disk {} has another format, but does not start with its new configuration", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

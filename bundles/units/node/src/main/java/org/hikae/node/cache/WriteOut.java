package org.hikae.node.cache;

import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes out in the background: what has been dirty for long, and whatever there is when room gets short. */
public final class WriteOut implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(WriteOut.class);

    private final String node;
    private final PageCache cache;

    public WriteOut(String node, PageCache cache) {
        this.node = node;
        this.cache = cache;
    }

    /** Ends when the cache is closed. */
    @Override
    public void run() {
        for (List<FilePages> due = cache.awaitWork(); due != null; due = cache.awaitWork()) {
            writeOut(due);
        }
    }

    /**
     * What cannot be written stays dirty: who forces it gets the error, and who waits for room, if there comes none from other
     * disks either; a later round may succeed.
     */
    private void writeOut(List<FilePages> due) {
        int failed = 0;
        IOException failure = null;
        for (FilePages pages : due) {
            IOException why = attempt(pages);
            if (why != null) {
                cache.failed(pages);
                failure = why;
                failed++;
            }
        }
        if (failure != null && failed == due.size()) {
            cache.cameToNothing(failure);
        }
    }

    /** @return why it failed; null if it did not */
    private IOException attempt(FilePages pages) {
        try {
            pages.file().settle();
            return null;
        } catch (IOException e) {
            LOG.warn(
                    "node {}: {} could not be written out: {}",
                    node,
                    pages.file().id(),
                    e.getMessage());
            return e;
        } catch (RuntimeException | Error e) {
            // Nobody else writes out: without this thread whoever waits for room would wait for ever.
            LOG.error("node {}: {} could not be written out", node, pages.file().id(), e);
            return new IOException("writing out failed: " + e, e);
        }
    }
}

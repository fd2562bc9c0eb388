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
            due.forEach(this::writeOut);
        }
    }

    /** What cannot be written stays dirty: who forces it, or waits for room, gets the error; a later round may succeed. */
    private void writeOut(FilePages pages) {
        try {
            pages.file().settle();
        } catch (IOException e) {
            LOG.warn(
                    "node {}: {} could not be written out: {}",
                    node,
                    pages.file().id(),
                    e.getMessage());
            cache.failed(pages, e);
        } catch (RuntimeException e) {
            LOG.error("node {}: {} could not be written out", node, pages.file().id(), e);
            cache.failed(pages, new IOException("writing out failed: " + e, e));
        }
    }
}

package org.hikae.cache;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.hikae.api.cache.CachedFile;
import org.hikae.api.cache.CachedRegion;
import org.hikae.api.cache.Lease;
import org.hikae.api.cache.LeaseMode;
import org.hikae.api.cache.NodeGate;
import org.hikae.api.cache.PageRange;
import org.hikae.api.log.LogReceipt;
import org.hikae.api.log.LogSession;

/** A node that does what a test says, and otherwise agrees to everything. */
class ScriptedGate implements NodeGate {

    private final String name;
    /** What it was granted, in order. */
    final List<Lease> granted = Collections.synchronizedList(new ArrayList<>());

    volatile Answer onRecall = (file, needed, wished, wanted) -> List.of(needed);

    ScriptedGate(String name) {
        this.name = name;
    }

    /** What the node does when it is called back. */
    interface Answer {
        List<PageRange> recall(CachedFile file, PageRange needed, PageRange wished, LeaseMode wanted)
                throws IOException;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long incarnation() {
        return 7;
    }

    @Override
    public Path temporaryLog() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void flush(String disk) throws IOException {}

    @Override
    public long dirtyBytes(String disk) {
        return 0;
    }

    @Override
    public void commit(String disk) throws IOException {}

    @Override
    public void hold(String disk, Duration limit) {}

    @Override
    public boolean drain(String disk) {
        return true;
    }

    @Override
    public boolean settle(String disk) {
        return true;
    }

    @Override
    public void granted(CachedFile file, List<Lease> leases) {
        granted.addAll(leases);
    }

    @Override
    public List<PageRange> recall(CachedFile file, PageRange needed, PageRange wished, LeaseMode wanted)
            throws IOException {
        return onRecall.recall(file, needed, wished, wanted);
    }

    @Override
    public List<CachedRegion> cached(String disk) {
        return List.of();
    }

    @Override
    public boolean enter(LogSession session) throws IOException {
        return true;
    }

    @Override
    public void release(String disk) {}

    @Override
    public LogReceipt leave(LogSession session) {
        return new LogReceipt(name, incarnation(), 0, true);
    }

    @Override
    public LogReceipt lost(LogSession session) {
        return leave(session);
    }

    @Override
    public String toString() {
        return name;
    }
}

package org.hikae.shell.command;

import java.util.ArrayList;
import java.util.List;
import org.hikae.api.cache.CacheControl;
import org.hikae.api.cache.CachedFile;
import org.hikae.api.cache.CachedRegion;
import org.hikae.api.cache.Lease;
import org.hikae.api.cache.NodeGate;
import org.hikae.api.disk.Disk;
import org.hikae.api.log.LogReceipt;
import org.hikae.api.log.LogSession;

/** A cache table in a list. */
final class FakeCache implements CacheControl {

    final List<CachedRegion> regions = new ArrayList<>();

    @Override
    public List<CachedRegion> table(String disk) {
        return regions.stream()
                .filter(region -> disk == null || region.file().disk().equals(disk))
                .toList();
    }

    @Override
    public CacheTraffic traffic() {
        return new CacheTraffic(17, 4, 2);
    }

    @Override
    public void admit(NodeGate node) {
        throw onlyLooks();
    }

    @Override
    public void dismiss(NodeGate node) {
        throw onlyLooks();
    }

    @Override
    public Pause begin(Disk disk, LogSession session, Instantaneous atT0) {
        throw onlyLooks();
    }

    @Override
    public Pause instant(Disk disk, Instantaneous atT0) {
        throw onlyLooks();
    }

    @Override
    public List<LogReceipt> end(LogSession session) {
        throw onlyLooks();
    }

    @Override
    public void acquire(NodeGate node, CachedFile file, List<Lease> needs) {
        throw onlyLooks();
    }

    @Override
    public void release(NodeGate node, CachedFile file) {
        throw onlyLooks();
    }

    @Override
    public void lost(NodeGate node) {
        throw onlyLooks();
    }

    private static UnsupportedOperationException onlyLooks() {
        return new UnsupportedOperationException("the shell only looks at caches");
    }
}

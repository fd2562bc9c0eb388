package org.hikae.node.cache;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.api.cache.CachedFile;
import org.hikae.api.cache.Lease;
import org.hikae.api.cache.LeaseMode;
import org.hikae.api.cache.PageRange;

/** A node that has no others beside it: it gets all that it asks for. */
final class LoneNode implements NodeAccess {

    private final Map<CachedFile, CoherentFile> files = new ConcurrentHashMap<>();

    <T extends CoherentFile> T add(T file) {
        files.put(file.id(), file);
        return file;
    }

    @Override
    public String name() {
        return "n1";
    }

    @Override
    public void acquire(CachedFile file, List<Lease> needs) {
        files.get(file).granted(List.of(new Lease(PageRange.ALL, LeaseMode.EXCLUSIVE)));
    }

    @Override
    public void release(CachedFile file) {}

    @Override
    public boolean isGone() {
        return false;
    }

    @Override
    public void check() {}

    @Override
    public Inside enter() {
        return () -> {};
    }

    @Override
    public Inside enterManager() {
        return () -> {};
    }
}

package org.hikae.nbd.export;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.disk.Disks;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.Generations;
import org.hikae.api.nbd.NbdExport;
import org.hikae.api.node.Nodes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All exports of the platform, and the generations that are mounted. Thread-safe. */
public final class Exports implements Catalogue, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Exports.class);

    private final Sources sources;
    private final OpenExports open = new OpenExports();
    /** What keeps the mounted generations open, by id. Guarded by itself. */
    private final Map<String, Lease> mounts = new TreeMap<>();

    /** @param generations gives null while there is no such unit */
    public Exports(Disks disks, Nodes nodes, Supplier<Generations> generations) {
        sources = new Sources(disks, nodes, generations);
    }

    @Override
    public List<Entry> list() {
        return sources.entries();
    }

    @Override
    public Lease open(String name) throws IOException {
        return open.open(sources.find(name));
    }

    /**
     * Keeps a generation open.
     *
     * @return its size in bytes
     * @throws IOException if there is no such generation, or it cannot be opened
     */
    public long mount(String generation) throws IOException {
        if (generation.indexOf('@') < 0 || generation.indexOf('/') >= 0) {
            throw new IOException("'" + generation + "' is no generation; see 'generation list'");
        }
        Lease lease = open(generation);
        synchronized (mounts) {
            if (mounts.putIfAbsent(generation, lease) == null) {
                return lease.device().size();
            }
        }
        try (lease) {
            return lease.device().size();
        }
    }

    /** @throws IOException if it is not mounted */
    public void unmount(String generation) throws IOException {
        Lease lease;
        synchronized (mounts) {
            lease = mounts.remove(generation);
        }
        if (lease == null) {
            throw new IOException("generation " + generation + " is not mounted; see 'nbd list'");
        }
        lease.close();
    }

    public Set<String> mounted() {
        synchronized (mounts) {
            return new TreeSet<>(mounts.keySet());
        }
    }

    /**
     * Every export, those that cannot be opened too.
     *
     * @param uri makes a URI of a name
     */
    public List<NbdExport> describe(UnaryOperator<String> uri) {
        Map<String, Integer> leases = open.leases();
        Set<String> mounted = mounted();
        Set<String> seen = new HashSet<>();
        List<NbdExport> exports = new ArrayList<>();
        for (DiskStatus disk : sources.disks()) {
            seen.add(disk.name());
            exports.add(export(disk.name(), disk.size(), false, leases, mounted, uri, disk.problem()));
        }
        for (GenerationInfo generation : sources.listGenerations()) {
            seen.add(generation.id());
            long size = generation.problem() == null ? generation.size() : -1;
            exports.add(export(generation.id(), size, true, leases, mounted, uri, generation.problem()));
        }
        // Disks through other nodes, and whatever is in use although it is listed no more.
        for (String name : leases.keySet()) {
            if (!seen.contains(name)) {
                exports.add(export(name, -1, name.indexOf('@') >= 0, leases, mounted, uri, null));
            }
        }
        return exports;
    }

    private static NbdExport export(
            String name,
            long size,
            boolean readOnly,
            Map<String, Integer> leases,
            Set<String> mounted,
            UnaryOperator<String> uri,
            String problem) {
        boolean isMounted = mounted.contains(name);
        int clients = leases.getOrDefault(name, 0) - (isMounted ? 1 : 0);
        return new NbdExport(name, size, readOnly, Math.max(0, clients), isMounted, uri.apply(name), problem);
    }

    /** Ends all mounts. */
    @Override
    public void close() {
        for (String generation : mounted()) {
            try {
                unmount(generation);
            } catch (IOException e) {
                LOG.warn("Generation {} was not closed cleanly", generation, e);
            }
        }
    }
}

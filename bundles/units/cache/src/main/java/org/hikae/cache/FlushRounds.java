package org.hikae.cache;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.hikae.api.cache.NodeGate;

/**
 * Has the nodes write out what is dirty while writers go on (a.1), again and again, so that little is left to do while they
 * are held: until little is dirty, or it no longer gets less.
 */
final class FlushRounds {

    /** Bytes that are written out in a few milliseconds. */
    private static final long LITTLE = 1 << 20;
    /** Writers that are nearly as fast as the disk make rounds shorter, but not short. */
    private static final int MOST = 10;

    private final String disk;
    private final List<NodeGate> nodes;

    FlushRounds(String disk, List<NodeGate> nodes) {
        this.disk = disk;
        this.nodes = nodes;
    }

    void run() throws IOException {
        long before = Long.MAX_VALUE;
        for (int round = 0; round < MOST; round++) {
            flush(nodes, disk);
            for (NodeGate node : nodes) {
                node.commit(disk);
            }
            long dirty = nodes.stream().mapToLong(node -> node.dirtyBytes(disk)).sum();
            if (dirty <= LITTLE || dirty > before / 4 * 3) {
                return;
            }
            before = dirty;
        }
    }

    /** Several nodes that have much to write do so at the same time. All have ended when this returns. */
    static void flush(List<NodeGate> nodes, String disk) throws IOException {
        if (nodes.stream().filter(node -> node.dirtyBytes(disk) > LITTLE).count() < 2) {
            for (NodeGate node : nodes) {
                node.flush(disk);
            }
            return;
        }
        IOException failure = null;
        for (FutureTask<Void> task :
                nodes.stream().map(node -> start(node, disk)).toList()) {
            try {
                await(task);
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static FutureTask<Void> start(NodeGate node, String disk) {
        FutureTask<Void> task = new FutureTask<>(() -> {
            node.flush(disk);
            return null;
        });
        Thread thread = new Thread(task, "hikae-flush-" + node.name());
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    /** An interrupt is kept for later: what was begun on a node ends before anything else is done with it. */
    private static void await(FutureTask<Void> task) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    task.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IOException("a node could not write out what is dirty: " + e.getCause(), e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

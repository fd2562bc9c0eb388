package org.hikae.copy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.api.copy.BackUpCopy;
import org.hikae.api.copy.CopyManager;
import org.hikae.api.copy.CopyReport;
import org.hikae.api.copy.RestoreCopy;
import org.hikae.api.job.Progress;
import org.hikae.api.node.Node;
import org.osgi.service.component.annotations.Component;

/** Deals chunks out to workers, and waits for them. */
@Component
public final class CopyManagerUnit implements CopyManager {

    /** Reading, compressing and writing overlap best with a few more workers than cores. */
    private static final int DEFAULT_WORKERS = Math.min(16, Runtime.getRuntime().availableProcessors() + 2);

    /** As many zeros as are written to a target at once. */
    private static final long ZERO_BYTES = 64L << 20;

    @Override
    public CopyReport backUp(BackUpCopy copy, Progress progress) throws IOException {
        int workers = copy.limits().workers() > 0
                ? copy.limits().workers()
                : Math.max(DEFAULT_WORKERS, copy.nodes().size());
        Tally tally = new Tally();
        RateLimit limit = new RateLimit(copy.limits().bytesPerSecond());
        DiskChunks chunks = new DiskChunks(copy.wanted().iterator(), copy.disk().blockSize());
        Set<Node> gone = ConcurrentHashMap.newKeySet();
        long start = System.nanoTime();
        while (!chunks.done()) {
            List<Node> nodes =
                    copy.nodes().stream().filter(node -> !gone.contains(node)).toList();
            if (nodes.isEmpty()) {
                throw new IOException("no node is left to copy disk '"
                        + copy.disk().name() + "': the nodes that copied were removed");
            }
            List<Workers.Work> work = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                work.add(new BackUpWorker(copy, nodes.get(i % nodes.size()), chunks, gone, limit, tally, progress));
            }
            new Workers("hikae-copy").run(work);
        }
        return tally.report(System.nanoTime() - start, workers);
    }

    @Override
    public CopyReport restore(RestoreCopy copy, Progress progress) throws IOException {
        Tally tally = new Tally();
        RateLimit limit = new RateLimit(copy.bytesPerSecond());
        DeviceChunks chunks = new DeviceChunks(copy.source().size(), copy.targetIsZero() ? Long.MAX_VALUE : ZERO_BYTES);
        List<Workers.Work> work = new ArrayList<>();
        for (int i = 0; i < DEFAULT_WORKERS; i++) {
            work.add(new RestoreWorker(copy, chunks, limit, tally, progress));
        }
        long start = System.nanoTime();
        new Workers("hikae-restore").run(work);
        return tally.report(System.nanoTime() - start, DEFAULT_WORKERS);
    }
}

package org.hikae.copy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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

    private final Time time;

    public CopyManagerUnit() {
        this(Time.SYSTEM);
    }

    CopyManagerUnit(Time time) {
        this.time = time;
    }

    /** Workers end when nothing is left to claim; what one gives back after that is done by new ones. */
    @Override
    public CopyReport backUp(BackUpCopy copy, Progress progress) throws IOException {
        DiskChunks chunks = new DiskChunks(copy.wanted().iterator(), copy.disk().blockSize());
        Crew crew = new Crew(copy.nodes(), copy.limits());
        Tally tally = new Tally();
        BackUpWorker.Shared shared =
                new BackUpWorker.Shared(copy, chunks, crew, new Rates(copy.limits(), time), tally, progress);
        int workers = 0;
        long start = time.nanos();
        while (!chunks.done()) {
            List<Node> nodes = crew.deal(workers(copy));
            if (nodes.isEmpty()) {
                throw new IOException("no node is left to copy disk '"
                        + copy.disk().name() + "': the nodes that copied were removed");
            }
            workers = Math.max(workers, nodes.size());
            List<Workers.Work> work = new ArrayList<>();
            nodes.forEach(node -> work.add(new BackUpWorker(shared, node)));
            new Workers("hikae-copy").run(work);
        }
        return tally.report(time.nanos() - start, workers);
    }

    private static int workers(BackUpCopy copy) {
        int wanted = copy.limits().workers();
        return wanted > 0 ? wanted : Math.max(DEFAULT_WORKERS, copy.nodes().size());
    }

    @Override
    public CopyReport restore(RestoreCopy copy, Progress progress) throws IOException {
        Tally tally = new Tally();
        RateLimit limit = new RateLimit(copy.bytesPerSecond(), time);
        DeviceChunks chunks =
                new DeviceChunks(copy.source(), copy.wanted(), copy.targetIsZero() ? Long.MAX_VALUE : ZERO_BYTES);
        List<Workers.Work> work = new ArrayList<>();
        for (int i = 0; i < DEFAULT_WORKERS; i++) {
            work.add(new RestoreWorker(copy, chunks, limit, tally, progress));
        }
        long start = time.nanos();
        new Workers("hikae-restore").run(work);
        return tally.report(time.nanos() - start, DEFAULT_WORKERS);
    }
}

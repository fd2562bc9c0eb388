package org.hikae.copy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.copy.BackUpCopy;
import org.hikae.api.copy.CopyManager;
import org.hikae.api.copy.CopyReport;
import org.hikae.api.copy.RestoreCopy;
import org.hikae.api.job.Progress;
import org.osgi.service.component.annotations.Component;

/** Deals chunks out to workers, and waits for them. */
@Component
public final class CopyManagerUnit implements CopyManager {

    /** Reading, compressing and writing overlap best with a few more workers than cores. */
    private static final int DEFAULT_WORKERS =
            Math.min(16, Runtime.getRuntime().availableProcessors() + 2);

    @Override
    public CopyReport backUp(BackUpCopy copy, Progress progress) throws IOException {
        int workers = copy.workers() > 0 ? copy.workers() : DEFAULT_WORKERS;
        workers = Math.max(workers, copy.nodes().size());
        Tally tally = new Tally();
        RateLimit limit = new RateLimit(copy.bytesPerSecond(), progress);
        DiskChunks chunks = new DiskChunks(copy.wanted().iterator(), copy.disk().blockSize());
        List<Workers.Work> work = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            work.add(new BackUpWorker(
                    copy, copy.nodes().get(i % copy.nodes().size()), chunks, limit, tally, progress));
        }
        long start = System.nanoTime();
        new Workers("hikae-copy").run(work);
        if (!chunks.done()) {
            throw new IOException("no node is left to copy disk '" + copy.disk().name()
                    + "': the nodes that copied were removed");
        }
        return tally.report(System.nanoTime() - start, workers);
    }

    @Override
    public CopyReport restore(RestoreCopy copy, Progress progress) throws IOException {
        Tally tally = new Tally();
        RateLimit limit = new RateLimit(copy.bytesPerSecond(), progress);
        DeviceChunks chunks = new DeviceChunks(copy.source().size());
        List<Workers.Work> work = new ArrayList<>();
        for (int i = 0; i < DEFAULT_WORKERS; i++) {
            work.add(new RestoreWorker(copy, chunks, limit, tally, progress));
        }
        long start = System.nanoTime();
        new Workers("hikae-restore").run(work);
        return tally.report(System.nanoTime() - start, DEFAULT_WORKERS);
    }
}

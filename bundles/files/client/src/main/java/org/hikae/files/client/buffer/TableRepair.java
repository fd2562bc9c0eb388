package org.hikae.files.client.buffer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.hikae.api.job.Progress;
import org.hikae.files.transfer.run.RunItem;
import org.hikae.files.transfer.run.RunReader;
import org.hikae.io.DurableFiles;

/**
 * Makes the table of a run anew from its frames, which say all that is in it but the hashes of contents that were sent before. Several may do so
 * at once: each makes the same. It is there as a whole and durable, or as it was.
 */
final class TableRepair {

    private TableRepair() {}

    /**
     * @throws IOException if the frames cannot be read, or the table not be written
     * @throws java.util.concurrent.CancellationException if the progress was cancelled: all frames are read, with the contents in them
     */
    static void repair(BufferedRun run, Progress progress) throws IOException {
        Path next = run.folder().resolve(RunTable.NAME + "." + UUID.randomUUID());
        try {
            try (RunTable.Writer table = new RunTable.Writer(next);
                    RunReader items = new RunReader(run.open(0))) {
                copy(items, table, progress);
                table.finish();
            }
            Files.move(next, run.folder().resolve(RunTable.NAME), StandardCopyOption.ATOMIC_MOVE);
            DurableFiles.forceFolder(run.folder());
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private static void copy(RunReader items, RunTable.Writer table, Progress progress) throws IOException {
        RunTable.Entry open = null;
        for (RunItem item = items.next(); item != null; item = items.next()) {
            progress.check();
            if (item instanceof RunItem.FileItem file) {
                open = entry(file, items.frame());
                if (!(file.content() instanceof RunItem.Follows)) {
                    table.add(open);
                }
            } else if (item instanceof RunItem.FileEnd end && open != null) {
                table.add(open.ended(end.sha256(), end.doubt()));
            } else if (item instanceof RunItem.Gone gone) {
                table.add(RunTable.Entry.gone(gone.path()));
            }
        }
    }

    private static RunTable.Entry entry(RunItem.FileItem file, long frame) {
        RunItem.Same same = file.content() instanceof RunItem.Same earlier ? earlier : null;
        return new RunTable.Entry(
                file.path(),
                frame,
                file.type(),
                file.size(),
                file.times().modified(),
                null,
                same == null ? 0 : same.run(),
                same == null ? null : same.path(),
                null);
    }
}

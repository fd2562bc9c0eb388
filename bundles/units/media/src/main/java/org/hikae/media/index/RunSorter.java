package org.hikae.media.index;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Sorts the runs that one writer writes, however many they are, in bounded memory: when so many have come together, they
 * are sorted and go to a file, to the one before if they go on with it, as those of a writer that goes forward always do.
 * When there are too many files, they become one of the next tier, so that their number grows with the logarithm of that
 * of the runs. Not thread-safe.
 */
public final class RunSorter implements Closeable {

    private static final int IN_MEMORY = 8192;
    private static final int FILES_IN_TIER = 32;

    private final ScratchFolder folder;
    private final RunList list;
    private final int filesInTier;
    /** By tier, the lowest first; each is one stream when everything is merged. */
    private final List<List<RunFile>> tiers = new ArrayList<>();

    public RunSorter(ScratchFolder folder) {
        this(folder, IN_MEMORY, FILES_IN_TIER);
    }

    RunSorter(ScratchFolder folder, int inMemory, int filesInTier) {
        this.folder = folder;
        this.list = new RunList(inMemory);
        this.filesInTier = filesInTier;
    }

    /**
     * Adds a run.
     *
     * @param frame number of the frame, or {@link Span#ZERO}
     * @throws IOException if the scratch folder cannot be written to
     */
    public void add(long first, long blocks, int frame, int position) throws IOException {
        if (list.isFull()) {
            spill();
        }
        list.add(first, blocks, frame, position);
    }

    private void spill() throws IOException {
        SpanSource sorted = list.sorted();
        Span first = sorted.next();
        RunFile last = last();
        if (last == null || first.first() < last.end()) {
            last = create(0);
        }
        last.append(first, sorted);
        list.clear();
        for (int tier = 0; tiers.get(tier).size() > filesInTier; tier++) {
            mergeTier(tier);
        }
    }

    /** The file written last, unless that was merged. */
    private RunFile last() {
        List<RunFile> lowest = tiers.isEmpty() ? List.of() : tiers.get(0);
        return lowest.isEmpty() ? null : lowest.get(lowest.size() - 1);
    }

    private RunFile create(int tier) throws IOException {
        while (tiers.size() <= tier) {
            tiers.add(new ArrayList<>());
        }
        RunFile file = new RunFile(folder);
        tiers.get(tier).add(file);
        return file;
    }

    private void mergeTier(int tier) throws IOException {
        List<RunFile> files = tiers.get(tier);
        SpanSource merged = new MergedSpans(files.stream().map(RunFile::spans).toList());
        create(tier + 1).append(merged.next(), merged);
        closeAll(files);
        files.clear();
    }

    /** All runs sorted, of overlapping ones any; the sorter takes no more, and can be asked again. */
    public SpanSource sorted() throws IOException {
        List<SpanSource> sources = new ArrayList<>();
        tiers.forEach(files -> files.forEach(file -> sources.add(file.spans())));
        if (!list.isEmpty()) {
            sources.add(list.sorted());
        }
        return new MergedSpans(sources);
    }

    /** Releases the files. Idempotent. */
    @Override
    public void close() throws IOException {
        for (List<RunFile> files : tiers) {
            closeAll(files);
        }
        tiers.clear();
        list.clear();
    }

    private static void closeAll(List<RunFile> files) throws IOException {
        for (RunFile file : files) {
            file.close();
        }
    }
}

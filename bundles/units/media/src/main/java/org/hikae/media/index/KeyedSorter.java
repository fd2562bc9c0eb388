package org.hikae.media.index;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Sorts records by their keys in bounded memory, however many they are, as {@link RunSorter} does with runs, whose lists in
 * memory are far smaller than records would be. What comes in order makes one file. Not thread-safe.
 */
public final class KeyedSorter implements Closeable {

    private static final int BYTES_IN_MEMORY = 4 << 20;
    private static final int FILES_IN_TIER = 32;

    private final ScratchFolder folder;
    private final int bytesInMemory;
    private final int filesInTier;
    private final List<Keyed> list = new ArrayList<>();
    private int bytes;
    /** By tier, the lowest first; each is one stream when everything is merged. */
    private final List<List<KeyedFile>> tiers = new ArrayList<>();

    public KeyedSorter(ScratchFolder folder) {
        this(folder, BYTES_IN_MEMORY, FILES_IN_TIER);
    }

    KeyedSorter(ScratchFolder folder, int bytesInMemory, int filesInTier) {
        this.folder = folder;
        this.bytesInMemory = bytesInMemory;
        this.filesInTier = filesInTier;
    }

    /** @throws IOException if the scratch folder cannot be written to */
    public void add(Keyed record) throws IOException {
        list.add(record);
        bytes += record.bytes();
        if (bytes >= bytesInMemory) {
            spill();
        }
    }

    private void spill() throws IOException {
        list.sort(null);
        KeyedFile last = last();
        if (last == null || last.last().compareTo(list.get(0)) > 0) {
            last = create(0);
        }
        last.append(inMemory());
        list.clear();
        bytes = 0;
        for (int tier = 0; tiers.get(tier).size() > filesInTier; tier++) {
            mergeTier(tier);
        }
    }

    /** The file written last, unless that was merged. */
    private KeyedFile last() {
        List<KeyedFile> lowest = tiers.isEmpty() ? List.of() : tiers.get(0);
        return lowest.isEmpty() ? null : lowest.get(lowest.size() - 1);
    }

    private KeyedFile create(int tier) throws IOException {
        while (tiers.size() <= tier) {
            tiers.add(new ArrayList<>());
        }
        KeyedFile file = new KeyedFile(folder);
        tiers.get(tier).add(file);
        return file;
    }

    private void mergeTier(int tier) throws IOException {
        List<KeyedFile> files = tiers.get(tier);
        create(tier + 1)
                .append(new MergedKeyed(files.stream().map(KeyedFile::records).toList()));
        closeAll(files);
        files.clear();
    }

    private KeyedSource inMemory() {
        Iterator<Keyed> records = List.copyOf(list).iterator();
        return () -> records.hasNext() ? records.next() : null;
    }

    /** All records by their keys, those with the same key in any order; more can be added, and it can be asked again. */
    public KeyedSource sorted() throws IOException {
        list.sort(null);
        List<KeyedSource> sources = new ArrayList<>(List.of(inMemory()));
        tiers.forEach(files -> files.forEach(file -> sources.add(file.records())));
        return new MergedKeyed(sources);
    }

    /** Releases the files. Idempotent. */
    @Override
    public void close() throws IOException {
        for (List<KeyedFile> files : tiers) {
            closeAll(files);
        }
        tiers.clear();
        list.clear();
        bytes = 0;
    }

    private static void closeAll(List<KeyedFile> files) throws IOException {
        for (KeyedFile file : files) {
            file.close();
        }
    }
}

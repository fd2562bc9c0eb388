package org.hikae.block.tracking;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.hikae.api.block.BlockSet;

/** Writes block sets, and makes one of those that nobody needs apart, so that they stay few. */
final class SetWriter {

    /** So many files between two ends of epochs that matter; a further one, and all become one. */
    private static final int APART = 4;

    private final TrackingFiles files;
    private final LongSupplier numbers;

    /** @param numbers gives numbers that no file bears */
    SetWriter(TrackingFiles files, LongSupplier numbers) {
        this.files = files;
        this.numbers = numbers;
    }

    /** The sets that stand for all of the draft; those that are not saved yet are durable when this returns. */
    List<SavedSet> write(Lineage.Draft draft) throws IOException {
        // By the end that comes next: what has the same one can be kept as one.
        SortedMap<Long, Group> groups = new TreeMap<>();
        for (SavedSet set : draft.saved()) {
            add(draft, groups, set.epochs(), group -> group.saved.add(set));
        }
        for (Piece piece : draft.unsaved()) {
            add(draft, groups, piece.epochs(), group -> group.unsaved.add(piece));
        }
        List<SavedSet> sets = new ArrayList<>();
        for (Group group : groups.values()) {
            sets.addAll(write(group));
        }
        return sets;
    }

    /** What lies before the first end that matters is forgotten. */
    private static void add(
            Lineage.Draft draft, SortedMap<Long, Group> groups, Span epochs, java.util.function.Consumer<Group> what) {
        if (epochs.last() > draft.needed().first()) {
            Long end = draft.needed().ceiling(epochs.last());
            what.accept(groups.computeIfAbsent(end == null ? Long.MAX_VALUE : end, any -> new Group()));
        }
    }

    private List<SavedSet> write(Group group) throws IOException {
        boolean many = group.saved.size() + (group.unsaved.isEmpty() ? 0 : 1) > APART;
        if (group.unsaved.isEmpty() && !many) {
            return group.saved;
        }
        List<SavedSet> sets = many ? new ArrayList<>() : new ArrayList<>(group.saved);
        BlockSet blocks = BlockSet.empty();
        Span epochs = null;
        for (SavedSet set : many ? group.saved : List.<SavedSet>of()) {
            blocks = blocks.union(files.readSet(set.file()));
            epochs = join(epochs, set.epochs());
        }
        for (Piece piece : group.unsaved) {
            blocks = blocks.union(piece.blocks().get());
            epochs = join(epochs, piece.epochs());
        }
        if (!blocks.isEmpty()) {
            long number = numbers.getAsLong();
            files.writeSet(number, blocks);
            sets.add(new SavedSet(number, epochs));
        }
        return sets;
    }

    private static Span join(Span one, Span other) {
        return one == null ? other : one.join(other);
    }

    /** What can be kept as one. */
    private static final class Group {

        private final List<SavedSet> saved = new ArrayList<>();
        private final List<Piece> unsaved = new ArrayList<>();
    }
}

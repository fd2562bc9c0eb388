package org.hikae.media.index;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Several sorted sources as one, with all records of each. */
final class MergedKeyed implements KeyedSource {

    private record Head(Keyed record, KeyedSource source) {}

    private final PriorityQueue<Head> heads = new PriorityQueue<>(Comparator.comparing(Head::record));

    /** @throws IOException if a source cannot be read */
    MergedKeyed(List<KeyedSource> sources) throws IOException {
        for (KeyedSource source : sources) {
            put(source);
        }
    }

    private void put(KeyedSource source) throws IOException {
        Keyed record = source.next();
        if (record != null) {
            heads.add(new Head(record, source));
        }
    }

    @Override
    public Keyed next() throws IOException {
        Head head = heads.poll();
        if (head == null) {
            return null;
        }
        put(head.source());
        return head.record();
    }
}

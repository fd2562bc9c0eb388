package org.hikae.files.client.restore;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.hikae.files.client.select.PathOrder;

/**
 * Brings versions from several places together in the order of paths, in bounded memory: those that come in order already are only put aside,
 * others are sorted some thousand at a time. Not thread-safe.
 */
final class FoundSorter implements Closeable {

    /** By path, backup, what is elsewhere first, and run; what is alike stays as it came. */
    private static final Comparator<Found> ORDER = Comparator.comparing(
                    (Found found) -> found.path().bytes(), PathOrder::compare)
            .thenComparing(Found::backup)
            .thenComparing(found -> found instanceof Found.Buffered)
            .thenComparing(Found::run);

    private static final int MOST = 8192;

    /** Characters of paths that are in memory, about: names may be long. */
    private static final long MOST_CHARACTERS = 2 << 20;

    private static final int BUFFERS = 4 << 20;
    private static final int LARGEST = 1 << 16;
    private static final int LEAST = 1 << 10;

    private final Spool spool;
    private final FoundCodec codec;
    private final List<Found> chunk = new ArrayList<>();

    /** Where those begin that are in order. */
    private final List<Long> pieces = new ArrayList<>();

    private long characters;
    private Found last;

    FoundSorter(Path folder, FoundCodec codec) throws IOException {
        spool = new Spool(folder);
        this.codec = codec;
    }

    void add(Found found) throws IOException {
        chunk.add(found);
        characters += found.path().bytes().length;
        if (chunk.size() >= MOST || characters >= MOST_CHARACTERS) {
            putAside();
        }
    }

    private void putAside() throws IOException {
        if (chunk.isEmpty()) {
            return;
        }
        chunk.sort(ORDER);
        if (last == null || ORDER.compare(last, chunk.get(0)) > 0) {
            pieces.add(spool.written());
        }
        for (Found found : chunk) {
            codec.write(spool.out(), found);
        }
        last = chunk.get(chunk.size() - 1);
        chunk.clear();
        characters = 0;
    }

    /** Those of a piece that are still to come. */
    private final class Piece {

        private final int number;
        private final DataInputStream in;
        private Found next;

        Piece(int number, DataInputStream in) {
            this.number = number;
            this.in = in;
        }

        boolean goOn() throws IOException {
            boolean more = in.available() > 0;
            next = more ? codec.read(in) : null;
            return more;
        }
    }

    /** All, in order. Nothing can be added any more. */
    FoundList.Cursor sorted() throws IOException {
        putAside();
        long end = spool.written();
        int buffer = Math.max(LEAST, Math.min(LARGEST, BUFFERS / Math.max(1, pieces.size())));
        PriorityQueue<Piece> queue = new PriorityQueue<>(
                Comparator.comparing((Piece piece) -> piece.next, ORDER).thenComparing(piece -> piece.number));
        for (int i = 0; i < pieces.size(); i++) {
            long to = i + 1 < pieces.size() ? pieces.get(i + 1) : end;
            Piece piece = new Piece(i, spool.read(pieces.get(i), to, buffer));
            if (piece.goOn()) {
                queue.add(piece);
            }
        }
        return () -> {
            Piece first = queue.poll();
            if (first == null) {
                return null;
            }
            Found found = first.next;
            if (first.goOn()) {
                queue.add(first);
            }
            return found;
        };
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }
}

package org.hikae.media.merge;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.api.job.Progress;
import org.hikae.media.format.ObjectRef;
import org.hikae.media.index.IndexWriter;
import org.hikae.media.index.Span;
import org.hikae.media.merge.SourceObject.Fate;
import org.hikae.media.read.ChainPieces;
import org.hikae.media.read.Layer;
import org.hikae.media.read.Part;
import org.hikae.media.read.Piece;

/** The generations that are merged, and their logs: where the blocks of the result are. Not thread-safe. */
final class Sources implements Closeable {

    /** Pieces between two looks whether to go on. */
    private static final int STEP = 4096;

    /** Takes the blocks of the result in ascending order. */
    private interface Target {
        void put(Piece piece) throws IOException;
    }

    private final List<Layer> layers = new ArrayList<>();
    /** In the order of the layers. */
    private final List<Source> list = new ArrayList<>();

    private final Map<Part, Source> byPart = new IdentityHashMap<>();

    Sources(MergePlan plan) throws IOException {
        try {
            for (var link : plan.range()) {
                Layer layer = plan.files().openAlone(link);
                layers.add(layer);
                add(layer.own());
                if (layer.log() != null) {
                    add(layer.log());
                }
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void add(Part part) {
        Source source = new Source(part);
        list.add(source);
        byPart.put(part, source);
    }

    /** Finds out which frames are referred to, and what becomes of the objects. */
    void look(MergePlan plan, Progress progress) throws IOException {
        forEachPiece(progress, piece -> {
            if (piece.span().inFrame()) {
                byPart.get(piece.part()).mark(piece.span());
            }
        });
        for (Source source : list) {
            source.decide(source.part().medium().id().equals(plan.target().id()));
        }
        place(plan);
    }

    private void forEachPiece(Progress progress, Target target) throws IOException {
        ChainPieces pieces = new ChainPieces(layers);
        long count = 0;
        for (Piece piece = pieces.next(); piece != null; piece = pieces.next()) {
            if (count++ % STEP == 0) {
                progress.pass();
            }
            target.put(piece);
        }
    }

    /** Numbers objects and frames as the index needs them: the shared ones with all their frames, then what is moved. */
    private void place(MergePlan plan) throws IOException {
        long frames = 0;
        int objects = 0;
        for (Fate fate : List.of(Fate.SHARED, Fate.MOVED)) {
            for (Source source : list) {
                for (SourceObject object : source.objects(fate)) {
                    boolean shared = fate == Fate.SHARED;
                    object.place(objects, Math.toIntExact(frames));
                    objects += shared ? 1 : 0;
                    frames += shared ? object.endFrame() - object.firstFrame() : source.liveFrames(object);
                    if (frames > Integer.MAX_VALUE) {
                        throw new IOException(
                                plan.id() + " would have more frames than there can be; merge fewer generations");
                    }
                }
            }
        }
    }

    /** Bytes that have to be copied. */
    long bytesToMove() {
        return list.stream()
                .flatMap(source -> source.objects(Fate.MOVED).stream())
                .mapToLong(SourceObject::liveBytes)
                .sum();
    }

    /** Copies what has to be, in the order in which it was numbered. */
    void move(Moving moving, Recoding recoding, Progress progress) throws IOException {
        for (Source source : list) {
            for (SourceObject object : source.objects(Fate.MOVED)) {
                if (source.part().isRaw()) {
                    recode(source.part(), recoding, progress);
                } else {
                    moving.move(source, object);
                }
            }
        }
    }

    /** The regions of an image come in their order, for its blocks do. */
    private void recode(Part image, Recoding recoding, Progress progress) throws IOException {
        List<Span> region = new ArrayList<>();
        forEachPiece(progress, piece -> {
            Span span = piece.span();
            if (piece.part() == image && span.inFrame()) {
                if (!region.isEmpty() && region.get(0).frame() != span.frame()) {
                    recoding.recode(image, region);
                    region.clear();
                }
                region.add(span);
            }
        });
        if (!region.isEmpty()) {
            recoding.recode(image, region);
        }
    }

    /** The objects that are shared, by their numbers. */
    List<ObjectRef> shared() {
        return list.stream()
                .flatMap(source -> source.objects(Fate.SHARED).stream())
                .map(SourceObject::ref)
                .toList();
    }

    /** Adds the frames of the objects that are shared. */
    void addSharedFrames(IndexWriter index) throws IOException {
        for (Source source : list) {
            for (SourceObject object : source.objects(Fate.SHARED)) {
                source.part()
                        .index()
                        .forEachFrame(
                                object.firstFrame(),
                                object.endFrame(),
                                (number, frame) -> index.addFrame(frame.in(object.number())));
            }
        }
    }

    /**
     * Adds where the blocks are.
     *
     * @return the number of those that are not what the parent says
     */
    long addRuns(IndexWriter index, Progress progress) throws IOException {
        long[] own = new long[1];
        forEachPiece(progress, piece -> {
            Span span = piece.span();
            index.addRun(span.inFrame() ? byPart.get(piece.part()).inResult(span) : span);
            own[0] += span.frame() == Span.PARENT ? 0 : span.blocks();
        });
        return own[0];
    }

    @Override
    public void close() {
        layers.forEach(Layer::close);
        layers.clear();
    }
}

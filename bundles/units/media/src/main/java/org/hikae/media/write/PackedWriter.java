package org.hikae.media.write;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import org.hikae.api.log.spi.LogSink;
import org.hikae.api.log.spi.Patience;
import org.hikae.api.media.BlockWriter;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationRequest;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.LogPlace;
import org.hikae.api.media.Seal;
import org.hikae.media.format.Infos;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.ObjectHeader;
import org.hikae.media.index.FrameList;
import org.hikae.media.index.RunSorter;
import org.hikae.media.medium.UsableMedium;

/** A generation in the packed layout, until it is sealed. Holds its medium, and the one of its log, from being removed. */
public final class PackedWriter implements GenerationWriter {

    private enum State {
        OPEN,
        SEALING,
        SEALED,
        DROPPED,
        ABANDONED
    }

    private final Run run;
    private final UsableMedium.Use use;
    /** Guarded by this, as all below. */
    private final List<PackedBlockWriter> writers = new ArrayList<>();

    private WrittenLog log;
    private UsableMedium.Use logUse;
    private volatile State state = State.OPEN;

    /** @throws IOException if the medium is gone; {@code run.ended()} is not told then */
    public PackedWriter(Run run) throws IOException {
        this.run = run;
        this.use = run.medium().use(run.id() + " is being written");
    }

    @Override
    public String id() {
        return run.id().toString();
    }

    @Override
    public GenerationRequest request() {
        return run.request();
    }

    @Override
    public synchronized BlockWriter openBlocks() throws IOException {
        checkOpen();
        int number = writers.size();
        Segments segments = new Segments(
                run.medium().objects(),
                naming(ObjectHeader.Kind.DATA, number, sequence -> run.id().data(number, sequence)),
                new FrameList(run.scratch()),
                run.objectBytes(),
                false,
                Patience.NONE);
        PackedBlockWriter writer = new PackedBlockWriter(
                run.extent(), segments, new RunSorter(run.scratch()), new FrameEncoder(run.level()), this::checkOpen);
        writers.add(writer);
        return writer;
    }

    @Override
    public synchronized LogSink openLog(LogPlace place, String medium, Patience patience) throws IOException {
        checkOpen();
        boolean laidOver = place != LogPlace.SEPARATE;
        if (log != null) {
            throw new IllegalStateException(id() + " has its log already");
        }
        boolean own = medium == null || medium.equals(run.medium().name());
        if (laidOver && !own) {
            throw new IOException("the log of " + id() + " cannot be laid over from medium '" + medium
                    + "': that takes the generation's own medium; keep it apart, or name no medium for it");
        }
        UsableMedium target = own ? run.medium() : run.media().get(medium);
        target.checkOwned();
        UUID manifestMedium = own ? null : run.medium().id();
        Segments segments = new Segments(
                target.objects(),
                naming(ObjectHeader.Kind.LOG, 0, sequence -> run.id().log(sequence, manifestMedium)),
                new FrameList(run.scratch()),
                run.objectBytes(),
                true,
                patience);
        logUse = target.use("the log of " + id() + " is being written");
        try {
            segments.begin();
        } catch (IOException | RuntimeException e) {
            segments.close();
            throw e;
        }
        PackedLog sink = new PackedLog(
                run.extent(), segments, new RunSorter(run.scratch()), new FrameEncoder(run.level()), this::checkOpen);
        log = new WrittenLog(sink, target, laidOver);
        return sink;
    }

    private Segments.Naming naming(ObjectHeader.Kind kind, int writer, IntFunction<String> names) {
        GenerationRequest request = run.request();
        return new Segments.Naming() {
            @Override
            public String name(int sequence) {
                return names.apply(sequence);
            }

            @Override
            public ObjectHeader header(int sequence) {
                return new ObjectHeader(
                        kind,
                        request.diskId(),
                        run.id().number(),
                        request.size(),
                        request.blockSize(),
                        writer,
                        sequence);
            }
        };
    }

    @Override
    public synchronized GenerationInfo seal(Seal seal) throws IOException {
        checkOpen();
        state = State.SEALING;
        Sealing sealing = new Sealing(run, new Copied(writers), log);
        try {
            Manifest manifest = sealing.seal(seal);
            state = State.SEALED;
            end();
            return Infos.of(manifest, run.medium().name(), sealing.manifestLength());
        } catch (IOException | RuntimeException | Error e) {
            drop();
            throw e;
        }
    }

    private void checkOpen() throws IOException {
        if (state != State.OPEN) {
            throw new IOException("generation " + id() + " was " + how() + "; nothing can be written to it any more");
        }
    }

    private String how() {
        return switch (state) {
            case DROPPED -> "dropped";
            case ABANDONED -> "given up, since media control was stopped";
            default -> "sealed";
        };
    }

    /**
     * From now on nothing can be written to the generation, and it cannot be sealed. Its owner still closes it: until
     * then its writers may be in use.
     */
    public synchronized void abandon() {
        if (state == State.OPEN) {
            state = State.ABANDONED;
        }
    }

    private void drop() {
        state = State.DROPPED;
        for (PackedBlockWriter writer : writers) {
            Undo.attempt(writer::close);
        }
        if (log != null) {
            Undo.attempt(log.sink()::close);
        }
        new Undo(run, new Copied(writers), log).run();
        end();
    }

    private void end() {
        for (PackedBlockWriter writer : writers) {
            releaseIndex(writer.runs(), writer.segments());
        }
        if (log != null) {
            releaseIndex(log.sink().runs(), log.sink().segments());
        }
        use.close();
        if (logUse != null) {
            logUse.close();
        }
        run.ended().run();
    }

    private static void releaseIndex(RunSorter runs, Segments segments) {
        Undo.attempt(runs::close);
        Undo.attempt(segments.frames()::close);
    }

    @Override
    public synchronized void close() {
        if (state == State.OPEN || state == State.ABANDONED) {
            drop();
        }
    }
}

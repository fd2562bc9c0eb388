package org.hikae.media.write;

import java.io.IOException;
import java.util.UUID;
import org.hikae.api.group.Meta;
import org.hikae.api.log.spi.LogSink;
import org.hikae.api.log.spi.Patience;
import org.hikae.api.media.BlockWriter;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationRequest;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.LogPlace;
import org.hikae.api.media.MetaWriter;
import org.hikae.api.media.Seal;
import org.hikae.media.format.Infos;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.ObjectHeader;
import org.hikae.media.index.FrameList;
import org.hikae.media.index.RunSorter;
import org.hikae.media.medium.UsableMedium;
import org.hikae.media.meta.MetaCollector;

/** A generation in any layout, until it is sealed. Holds its medium, and the one of its log, from being removed. */
public final class UnsealedGeneration implements GenerationWriter {

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
    private final Copied copied;

    private WrittenLog log;
    private UsableMedium.Use logUse;
    private MetaCollector meta;
    private volatile State state = State.OPEN;

    /** @throws IOException if the medium is gone or cannot take the layout; {@code run.ended()} is not told then */
    public UnsealedGeneration(Run run) throws IOException {
        this.run = run;
        this.use = run.medium().use(run.id() + " is being written");
        try {
            this.copied = run.image() ? ImageCopy.begin(run, this::checkOpen) : new PackedCopy(run, this::checkOpen);
        } catch (IOException | RuntimeException e) {
            use.close();
            throw e;
        }
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
        return copied.openBlocks();
    }

    @Override
    public synchronized MetaWriter openMeta() throws IOException {
        checkOpen();
        if (run.group() == null || run.group().meta() != Meta.GROUP || meta != null) {
            throw new IllegalStateException(id()
                    + (meta == null ? " has the meta information of all files" : " has its meta information already"));
        }
        MetaCollector collector = new MetaCollector(run.request().blockSize(), run.scratch());
        meta = collector;
        return (file, source) -> {
            checkOpen();
            collector.add(file, source);
        };
    }

    @Override
    public synchronized LogSink openLog(LogPlace place, String medium, Patience patience) throws IOException {
        checkOpen();
        if (log != null) {
            throw new IllegalStateException(id() + " has its log already");
        }
        boolean own = medium == null || medium.equals(run.medium().name());
        if (place != LogPlace.SEPARATE && !own) {
            throw new IOException("the log of " + id() + " cannot be laid over from medium '" + medium
                    + "': that takes the generation's own medium; keep it apart, or name no medium for it");
        }
        if (place == LogPlace.MEDIUM) {
            run.checkOverwritable("a log at its place on the backup medium", "keep the log 'separate' or 'overlay'");
        }
        UsableMedium target = own ? run.medium() : run.media().get(medium);
        target.checkOwned();
        logUse = target.use("the log of " + id() + " is being written");
        KeptLog placed = place == LogPlace.MEDIUM ? copied.openPlacedLog(patience) : null;
        KeptLog sink = placed != null ? placed : openPackedLog(target, patience);
        log = new WrittenLog(sink, target, place, patience);
        return sink;
    }

    private PackedLog openPackedLog(UsableMedium target, Patience patience) throws IOException {
        UUID manifestMedium =
                target.id().equals(run.medium().id()) ? null : run.medium().id();
        Segments segments = new Segments(
                target.objects(),
                run.naming(ObjectHeader.Kind.LOG, 0, sequence -> run.id().log(sequence, manifestMedium)),
                new FrameList(run.scratch()),
                run.objectBytes(),
                true,
                patience);
        try {
            segments.begin();
        } catch (IOException | RuntimeException e) {
            segments.close();
            throw e;
        }
        return new PackedLog(
                run.extent(), segments, new RunSorter(run.scratch()), new FrameEncoder(run.level()), this::checkOpen);
    }

    @Override
    public synchronized GenerationInfo seal(Seal seal) throws IOException {
        checkOpen();
        state = State.SEALING;
        Sealing sealing = new Sealing(run, copied, log, meta);
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
        Undo.attempt(copied::close);
        if (log != null) {
            Undo.attempt(log.sink()::close);
        }
        new Undo(run, copied, log).run();
        end();
    }

    private void end() {
        copied.release();
        if (log != null) {
            log.sink().release();
        }
        if (meta != null) {
            Undo.attempt(meta::close);
        }
        use.close();
        if (logUse != null) {
            logUse.close();
        }
        run.ended().run();
    }

    @Override
    public synchronized void close() {
        if (state == State.OPEN || state == State.ABANDONED) {
            drop();
        }
    }
}

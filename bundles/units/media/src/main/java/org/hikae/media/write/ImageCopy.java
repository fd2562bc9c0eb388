package org.hikae.media.write;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.log.spi.Patience;
import org.hikae.api.media.BlockWriter;
import org.hikae.api.media.LogPlace;
import org.hikae.api.media.Seal;
import org.hikae.api.media.spi.PlacedWriter;
import org.hikae.media.format.FrameHeader;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.ObjectRef;
import org.hikae.media.index.Frame;
import org.hikae.media.index.IndexWriter;
import org.hikae.media.index.MergedSpans;
import org.hikae.media.index.Overlay;
import org.hikae.media.index.RegionSums;
import org.hikae.media.index.RunSorter;
import org.hikae.media.index.Span;
import org.hikae.media.index.SpanCursor;
import org.hikae.media.index.SpanSource;

/** What is copied into one raw image, and logged into it (a.4, a.6). Its frames are the regions that were written to. */
final class ImageCopy implements Copied {

    private final Run run;
    private final Extent extent;
    private final PlacedImage image;
    private final RegionSums regions;
    private final Liveness liveness;
    private final List<ImageBlockWriter> writers = new ArrayList<>();
    private int frames;
    private long storedBytes;

    private ImageCopy(Run run, PlacedImage image, Liveness liveness) {
        this.run = run;
        this.extent = run.extent();
        this.image = image;
        this.regions = image.regions();
        this.liveness = liveness;
    }

    /**
     * Creates the image, all holes.
     *
     * @param liveness throws if the generation is over
     * @throws IOException if the medium cannot take it
     */
    static ImageCopy begin(Run run, Liveness liveness) throws IOException {
        run.checkOverwritable("an image", "take the 'packed' layout");
        if (run.extent().regions() > RegionSums.MAX_REGIONS) {
            throw new IOException("disk " + run.request().disk() + " is too large for an image, with "
                    + run.request().size() + " bytes; take the 'packed' layout");
        }
        RegionSums regions = new RegionSums(run.scratch());
        try {
            PlacedWriter object = run.medium()
                    .objects()
                    .createPlaced(run.id().image(), run.request().size());
            return new ImageCopy(run, new PlacedImage(run.extent(), object, regions), liveness);
        } catch (IOException | RuntimeException e) {
            regions.close();
            throw e;
        }
    }

    @Override
    public BlockWriter openBlocks() {
        ImageBlockWriter writer = new ImageBlockWriter(extent, image, new RunSorter(run.scratch()), liveness);
        writers.add(writer);
        return writer;
    }

    @Override
    public KeptLog openPlacedLog(Patience patience) {
        return new PlacedLog(extent, image, new RunSorter(run.scratch()), patience, liveness);
    }

    @Override
    public boolean isComplete() {
        return writers.stream().allMatch(ImageBlockWriter::isComplete);
    }

    @Override
    public void finish(Seal seal, WrittenLog log) throws IOException {
        boolean laidOver = log != null && log.place() == LogPlace.OVERLAY;
        if (laidOver) {
            new OverlaidLog(log, extent, image).layOver();
        }
        for (ImageBlockWriter writer : writers) {
            clearBeyond(seal.stored(), writer.runs().sorted());
        }
        if (log != null && log.laidOver()) {
            clearBeyond(seal.stored(), log.sink().runs().sorted());
        }
        image.commit();
        count();
        if (laidOver) {
            for (ObjectRef object : log.sink().objects()) {
                log.medium().objects().delete(object.name());
            }
        }
    }

    /** Who uses the image with other tools must find no more in it than the generation answers for. */
    private void clearBeyond(BlockSet stored, SpanSource written) throws IOException {
        SpanCursor within = SpanCursor.of(stored);
        for (Span span = written.next(); span != null; span = written.next()) {
            for (long block = span.first(); span.inFrame() && block < span.end(); ) {
                Span in = within.at(block);
                long end = Math.min(span.end(), in.end());
                if (in.frame() == Span.NONE) {
                    image.clear(new BlockRun(block, end - block));
                }
                block = end;
            }
        }
    }

    private void count() {
        for (long region = regions.next(0); region >= 0; region = regions.next(region + 1)) {
            frames++;
            storedBytes += image.regionBytes(region);
        }
    }

    @Override
    public boolean takesLog() {
        return true;
    }

    @Override
    public List<ObjectRef> objects() {
        return List.of(new ObjectRef(run.id().image(), run.request().size(), null));
    }

    @Override
    public int frames() {
        return frames;
    }

    @Override
    public void addFramesTo(IndexWriter index) throws IOException {
        for (long region = regions.next(0); region >= 0; region = regions.next(region + 1)) {
            long offset = region * FrameHeader.MAX_RAW;
            index.addFrame(
                    new Frame(0, offset, image.regionBytes(region), regions.sum(region), extent.blocksIn(region)));
        }
    }

    @Override
    public SpanSource spans() throws IOException {
        List<SpanSource> sources = new ArrayList<>();
        for (ImageBlockWriter writer : writers) {
            sources.add(writer.runs().sorted());
        }
        return new MergedSpans(sources);
    }

    @Override
    public Overlay.Sink sink(IndexWriter index) {
        return new RegionSpans(extent, regions, index::addRun);
    }

    @Override
    public Manifest.Image image() {
        return new Manifest.Image(storedBytes);
    }

    @Override
    public void close() throws IOException {
        writers.forEach(ImageBlockWriter::close);
        image.close();
    }

    @Override
    public void release() {
        writers.forEach(writer -> Undo.attempt(writer.runs()::close));
        Undo.attempt(regions::close);
        Undo.attempt(image::close);
    }
}

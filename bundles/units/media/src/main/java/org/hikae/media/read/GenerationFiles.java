package org.hikae.media.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.hikae.api.block.BlockSet;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.VerifyReport;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.GenerationId;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.ObjectHeader;
import org.hikae.media.medium.UsableMedium;

/** Opens and verifies generations, with buffers that are used again. Thread-safe. */
public final class GenerationFiles implements AutoCloseable {

    private final Scratch.Pool frames = Scratch.Pool.ofFrames();
    private final Scratch.Pool batches = Scratch.Pool.ofBatches();
    private final FrameCache cache = new FrameCache();

    /** Reads a manifest ({@link OpenedGeneration#readManifest}). */
    public static Manifest readManifest(Medium medium, GenerationId id) throws IOException {
        return OpenedGeneration.readManifest(medium, id);
    }

    /** What can be said of the size of the disk without the manifest: all blocks there can be, or those of the disk. */
    public static BlockSet allBlocks(Medium medium, GenerationId id) throws IOException {
        for (MediumObject object : medium.list(id + "/")) {
            if (object.length() >= ObjectHeader.LENGTH && id.needsManifestBeside(object.name())) {
                ByteBuffer bytes = ByteBuffer.allocate(ObjectHeader.LENGTH);
                try (ObjectReader reader = medium.open(object.name())) {
                    reader.read(bytes, 0);
                    return BlockSet.range(0, ObjectHeader.decode(bytes.flip()).blockCount());
                } catch (DamagedException e) {
                    // An index, or damaged too.
                }
            }
        }
        return BlockSet.range(0, Long.MAX_VALUE);
    }

    /**
     * Opens a generation.
     *
     * @param log the medium of its log; null if the manifest names no objects there
     * @param info what the reader says of it
     * @param ended told once, when the reader is closed; not if this throws
     */
    public PackedReader open(Manifest manifest, Medium medium, Medium log, GenerationInfo info, Runnable ended)
            throws IOException {
        OpenedGeneration opened = OpenedGeneration.open(manifest, medium, log);
        checkLengths(opened);
        OpenObjects objects = new OpenObjects(opened.places());
        FrameStore store = new FrameStore(opened.frames(), objects, manifest.blockSize(), frames);
        return new PackedReader(info, opened.runs(), store, cache, ended);
    }

    /** A generation of which a part is missing is not opened, rather than failing in the middle of a restore. */
    private static void checkLengths(OpenedGeneration opened) throws IOException {
        List<String> damages =
                ObjectLengths.check(opened).stream().filter(Objects::nonNull).toList();
        if (!damages.isEmpty()) {
            throw new DamagedException(
                    "generation " + opened.manifest().id() + " is damaged: " + String.join("; ", damages));
        }
    }

    /**
     * Checks every byte of a generation whose manifest is intact.
     *
     * @param log the medium of its log; null if the manifest names no objects there
     * @throws IOException if a medium fails as a whole
     */
    public VerifyReport verify(Manifest manifest, UsableMedium medium, UsableMedium log, Progress progress)
            throws IOException {
        return new Verification(manifest, medium, log, progress, batches).run();
    }

    @Override
    public void close() {
        frames.close();
        batches.close();
    }
}

package org.hikae.media.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
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
import org.hikae.media.format.ParentRef;
import org.hikae.media.index.PagedIndex;
import org.hikae.media.index.SharedCache;
import org.hikae.media.medium.UsableMedium;

/** Opens and verifies generations, with buffers that are used again. Thread-safe. */
public final class GenerationFiles implements AutoCloseable {

    /** Bytes of the pages of indexes in memory. */
    private static final long PAGES = 32 << 20;

    private final Scratch.Pool batches = Scratch.Pool.ofBatches();
    private final FrameStore frames = new FrameStore();
    private final Part.Shared shared =
            new Part.Shared(new OpenObjects(), new PagedIndex.Cache(SharedCache.share(PAGES)), frames);
    private final Layers layers = new Layers(shared);

    /** What can be said of the size of the disk without the manifest: all blocks there can be, or those of the disk. */
    public static BlockSet allBlocks(Medium medium, GenerationId id) throws IOException {
        for (MediumObject object : medium.list(id + "/")) {
            boolean image =
                    object.name().equals(id.image()); // whose bytes are the disk's own, and may look like anything
            if (!image && object.length() >= ObjectHeader.LENGTH && id.needsManifestBeside(object.name())) {
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
     * Opens a generation. What it builds upon is opened when it is needed.
     *
     * @param links the generation and all that it builds upon, the newest first
     * @param info what the reader says of it
     * @param self what those remember that build upon it
     * @param ended told once, when the reader is closed; not if this throws
     */
    public ChainReader open(List<Link> links, GenerationInfo info, ParentRef self, Runnable ended) throws IOException {
        Chain chain = new Chain(links, layers);
        try {
            chain.newest();
        } catch (IOException | RuntimeException e) {
            chain.close();
            throw e;
        }
        return new ChainReader(info, self, chain, frames, ended);
    }

    /** Opens a generation without those that it builds upon, to be closed by the caller. */
    public Layer openAlone(Link link) throws IOException {
        return Layer.open(link.manifest(), link.medium(), link.log(), shared);
    }

    /**
     * Checks every byte of a generation whose manifest is intact.
     *
     * @param log the medium of its log; null if the manifest names no objects there
     * @param parents what the report says of the generations that it builds upon
     * @throws IOException if a medium fails as a whole
     */
    public VerifyReport verify(
            Manifest manifest, UsableMedium medium, UsableMedium log, List<String> parents, Progress progress)
            throws IOException {
        return new Verification(manifest, medium, log, parents, progress, batches).run(shared);
    }

    @Override
    public void close() {
        frames.close();
        batches.close();
    }
}

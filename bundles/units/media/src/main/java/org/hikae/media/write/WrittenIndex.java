package org.hikae.media.write;

import java.io.IOException;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.media.format.IndexRef;
import org.hikae.media.format.ObjectRef;
import org.hikae.media.format.ObjectStreams;
import org.hikae.media.index.IndexWriter;

/**
 * An index that was written, and the numbers of its blocks.
 *
 * @param blocks number of all blocks
 * @param inFrames number of those in frames
 */
public record WrittenIndex(IndexRef ref, long blocks, long inFrames) {

    /** Fills an index. */
    public interface Content {
        void addTo(IndexWriter index) throws IOException;
    }

    /**
     * Writes an index as an object, durably.
     *
     * @param blockCount number of blocks of the disk
     */
    public static WrittenIndex write(Medium medium, String name, long blockCount, Content content) throws IOException {
        try (ObjectWriter writer = medium.create(name)) {
            ObjectStreams.Out out = new ObjectStreams.Out(writer);
            try (IndexWriter index = new IndexWriter(out, blockCount)) {
                content.addTo(index);
                IndexWriter.Written written = index.end();
                writer.commit();
                ObjectRef object = out.end(name);
                IndexRef ref = new IndexRef(
                        name, object.length(), object.sha256(), written.directoryLength(), written.directorySha256());
                return new WrittenIndex(ref, index.blocks(), index.blocksInFrames());
            }
        }
    }
}

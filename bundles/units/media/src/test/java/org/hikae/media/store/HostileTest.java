package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.hikae.api.block.BlockSet;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Layout;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.GenerationId;
import org.hikae.media.format.IndexRef;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.ManifestCodec;
import org.hikae.media.format.Sha256;
import org.hikae.media.index.Frame;
import org.hikae.media.index.IndexWriter;
import org.hikae.media.index.PagedIndex;
import org.hikae.media.index.Span;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** I9: generations that somebody made to do harm, with every checksum right. */
class HostileTest extends StoreTestBase {

    private GenerationId id;
    private Manifest honest;
    private Frame frame;

    @BeforeEach
    void makeAnHonestOne() throws IOException {
        makeAnHonestOne(Layout.PACKED);
    }

    private void makeAnHonestOne(Layout layout) throws IOException {
        backup.layout = layout;
        id = GenerationId.parse(backup.make(store, "m", all, null, null).id()).orElseThrow();
        honest = ManifestCodec.decode(id, m.objects.get(id.manifest()));
        byte[] index = m.objects.get(id.index());
        frame = PagedIndex.open(
                        honest.index(),
                        honest.blockCount(),
                        honest.objects().size(),
                        (dst, position) -> dst.put(index, (int) position, dst.remaining()),
                        new PagedIndex.Cache(1 << 20))
                .frame(0);
    }

    /** Puts an index and a manifest in place of the honest ones. */
    private void make(long blocks, int blockSize, Frame claimed, Span... runs) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        IndexRef ref;
        try (IndexWriter writer = new IndexWriter(out, blocks)) {
            writer.addFrame(claimed);
            for (Span run : runs) {
                writer.addRun(run);
            }
            IndexWriter.Written written = writer.end();
            var digest = Sha256.begin();
            digest.update(out.toByteArray());
            ref = new IndexRef(
                    id.index(), out.size(), Sha256.end(digest), written.directoryLength(), written.directorySha256());
        }
        m.objects.put(id.index(), out.toByteArray());
        m.objects.put(id.manifest(), ManifestCodec.encode(manifest(blocks, blockSize, ref)));
    }

    private Manifest manifest(long blocks, int blockSize, IndexRef index) {
        return new Manifest(
                honest.disk(),
                honest.diskId(),
                honest.number(),
                honest.kind(),
                null,
                null,
                null,
                honest.instant(),
                0,
                blocks * blockSize,
                blockSize,
                honest.diskFormat(),
                blocks,
                blocks,
                0,
                honest.medium(),
                index,
                List.copyOf(honest.objects()),
                honest.image(),
                null,
                null,
                null);
    }

    private void checkRefused(long block) throws IOException {
        try (GenerationReader reader = store.open(id.toString())) {
            assertThatThrownBy(() -> reader.read(ByteBuffer.allocate(512), block * reader.blockSize()))
                    .isInstanceOf(DamagedException.class);
            assertThatThrownBy(() -> reader.read(ByteBuffer.allocateDirect(512), block * reader.blockSize()))
                    .isInstanceOf(DamagedException.class);
        }
        assertThat(store.verify(id.toString(), Progress.NONE).intact()).isFalse();
    }

    /** A run of 16 TiB in a frame: where its bytes lie there is a number of more than 32 bits, which may look small. */
    @Test
    void aRunIsNoLongerThanAFrame() throws IOException {
        long blocks = 1L << 32;
        make(blocks, 4096, frame, new Span(0, blocks, 0, 0));
        checkRefused(1L << 20);
        checkRefused((1L << 20) + 1);
        checkRefused(1L << 19);
    }

    /** What cannot be read must not be verified as intact. */
    @Test
    void aFullOneLeavesNothingToAParent() throws IOException {
        make(10, 4096, frame, new Span(0, 5, Span.ZERO, 0), new Span(5, 10, Span.PARENT, 0));
        checkRefused(7);
        assertThat(store.verify(id.toString(), Progress.NONE).affected()).isEqualTo(BlockSet.range(5, 5));
    }

    @Test
    void aFrameHasNoMoreThanItsBytes() throws IOException {
        for (int claimed : new int[] {1 << 14, (1 << 15) + 1, Character.MAX_VALUE}) {
            Frame large = new Frame(frame.object(), frame.offset(), frame.length(), frame.checksum(), claimed);
            make(Character.MAX_VALUE, 1 << 16, large, new Span(0, claimed, 0, 0));
            checkRefused(0);
            checkRefused(claimed - 1);
        }
    }

    /** Other tools read the image: what is elsewhere for them must not be here for readers. */
    @Test
    void aRunOfAnImageLiesAtItsOwnAddress() throws IOException {
        backup = new TestBackup(3, 4096, 49 * 4096);
        makeAnHonestOne(Layout.IMAGE);
        make(honest.blockCount(), honest.blockSize(), frame, new Span(0, 2, 0, 1), new Span(5, 6, 0, 5));
        checkRefused(0);
        checkRefused(1);
        try (GenerationReader reader = store.open(id.toString())) {
            reader.read(ByteBuffer.allocate(512), 5L * reader.blockSize());
        }
    }
}

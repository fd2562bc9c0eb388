package org.hikae.media.read;

import java.nio.ByteBuffer;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.FrameHeader;
import org.hikae.media.format.FrameTableReader;
import org.hikae.media.format.GenerationId;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.ObjectHeader;
import org.hikae.media.index.FrameObject;

/** Checks a batch of frames that was read. */
final class BatchCheck {

    private final Manifest manifest;
    private final Batches.Batch batch;
    private final FrameObject object;
    private final int firstFrame;
    private final Damages damages;
    private final FrameCheck check;

    BatchCheck(OpenedGeneration opened, Batches.Batch batch, Damages damages) {
        this.manifest = opened.manifest();
        this.batch = batch;
        this.object = opened.frames().objects().get(batch.object());
        this.firstFrame = opened.frames().firstFrame(batch.object());
        this.damages = damages;
        this.check = new FrameCheck(manifest.blockSize());
    }

    /** @param start the position in the object that the bytes in the scratch begin with */
    void check(Scratch scratch, long start) {
        if (batch.from() == 0) {
            checkHeader(scratch.stored.duplicate().position(0).limit(ObjectHeader.LENGTH));
        }
        for (int i = batch.from(); i < batch.to(); i++) {
            int from = (int) (object.offset(i) - start);
            ByteBuffer frame =
                    scratch.stored.duplicate().limit(from + object.length(i)).position(from);
            try {
                checkFrame(i, frame, scratch);
            } catch (DamagedException e) {
                damages.add("the frame at byte " + object.offset(i) + " of " + object.name() + " is damaged: "
                        + e.getMessage());
                damages.addFrames(firstFrame + i, firstFrame + i + 1);
            }
        }
    }

    private void checkFrame(int number, ByteBuffer bytes, Scratch scratch) throws DamagedException {
        FrameHeader header = check.check(object, number, bytes, scratch);
        FrameCheck.unpack(header, bytes, scratch.raw.clear(), scratch);
        FrameTableReader table = new FrameTableReader(header, FrameCheck.table(header, bytes), manifest.blockCount());
        long blocks = 0;
        while (table.next()) {
            blocks += table.zero() ? 0 : table.count();
        }
        if (blocks != object.blocks(number)) {
            throw new DamagedException("its table has " + blocks + " blocks, but the frame " + object.blocks(number));
        }
    }

    /** The frames can be read without the header; but it is a part of the generation, and is damaged. */
    private void checkHeader(ByteBuffer bytes) {
        try {
            ObjectHeader header = ObjectHeader.decode(bytes);
            if (!expected(header).equals(header) || !isNamed(header)) {
                throw new DamagedException("it is the beginning of another object");
            }
        } catch (DamagedException e) {
            damages.add("the header of " + object.name() + " is damaged: " + e.getMessage());
        }
    }

    private ObjectHeader expected(ObjectHeader header) {
        return new ObjectHeader(
                header.kind(),
                manifest.diskId(),
                manifest.number(),
                manifest.size(),
                manifest.blockSize(),
                header.writer(),
                header.sequence());
    }

    private boolean isNamed(ObjectHeader header) {
        GenerationId id = new GenerationId(manifest.disk(), manifest.number());
        if (header.kind() == ObjectHeader.Kind.DATA) {
            return object.name().equals(id.data(header.writer(), header.sequence()));
        }
        return object.name().equals(id.log(header.sequence(), null))
                || object.name()
                        .equals(id.log(header.sequence(), manifest.medium().id()));
    }
}

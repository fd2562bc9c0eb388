package org.hikae.media.read;

import java.nio.ByteBuffer;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.FrameHeader;
import org.hikae.media.format.FrameTableReader;
import org.hikae.media.format.GenerationId;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.ObjectHeader;
import org.hikae.media.index.Frame;

/** Checks batches of frames that were read. Thread-safe. */
final class BatchCheck {

    private final Part part;
    private final Manifest manifest;
    private final Damages damages;
    private final FrameCheck check;

    BatchCheck(Part part, Damages damages) {
        this.part = part;
        this.manifest = part.manifest();
        this.damages = damages;
        this.check = new FrameCheck(part.blockSize());
    }

    /** @param start the position in the object that the bytes in the scratch begin with */
    void check(Batches.Batch batch, Scratch scratch, long start) {
        if (batch.hasHeader()) {
            checkHeader(
                    part.name(batch.object()),
                    scratch.stored.duplicate().position(0).limit(ObjectHeader.LENGTH));
        }
        for (int i = 0; i < batch.frames().size(); i++) {
            Frame frame = batch.frames().get(i);
            int from = (int) (frame.offset() - start);
            ByteBuffer bytes =
                    scratch.stored.duplicate().limit(from + frame.length()).position(from);
            try {
                checkFrame(frame, bytes, scratch);
            } catch (DamagedException e) {
                damages.add(FrameCheck.damage(part, frame, e));
                damages.addFrames(batch.firstFrame() + i, batch.firstFrame() + i + 1);
            }
        }
    }

    private void checkFrame(Frame frame, ByteBuffer bytes, Scratch scratch) throws DamagedException {
        if (part.isRaw()) {
            check.checkRegion(frame, bytes, scratch);
            return;
        }
        FrameHeader header = check.check(frame, bytes, scratch);
        FrameCheck.unpack(header, bytes, scratch.raw.clear(), scratch);
        FrameTableReader table = new FrameTableReader(header, FrameCheck.table(header, bytes), manifest.blockCount());
        long blocks = 0;
        while (table.next()) {
            blocks += table.zero() ? 0 : table.count();
        }
        if (blocks != frame.blocks()) {
            throw new DamagedException("its table has " + blocks + " blocks, but the frame " + frame.blocks());
        }
    }

    /** The frames can be read without the header; but it is a part of the generation, and is damaged. */
    private void checkHeader(String name, ByteBuffer bytes) {
        try {
            ObjectHeader header = ObjectHeader.decode(bytes);
            GenerationId owner = GenerationId.ofObject(name).orElseThrow();
            if (!expected(header, owner).equals(header) || !isNamed(header, owner, name)) {
                throw new DamagedException("it is the beginning of another object");
            }
        } catch (DamagedException e) {
            damages.add("the header of " + name + " is damaged: " + e.getMessage());
        }
    }

    /** @param owner the generation that the object was written for, which may have been merged since */
    private ObjectHeader expected(ObjectHeader header, GenerationId owner) {
        return new ObjectHeader(
                header.kind(),
                header.version(),
                manifest.diskId(),
                owner.number(),
                manifest.size(),
                manifest.blockSize(),
                header.writer(),
                header.sequence(),
                header.before());
    }

    private boolean isNamed(ObjectHeader header, GenerationId owner, String name) {
        if (header.kind() == ObjectHeader.Kind.DATA) {
            return owner.isData(name, header.writer(), header.sequence());
        }
        return name.equals(owner.log(header.sequence(), null))
                || name.equals(owner.log(header.sequence(), manifest.medium().id()));
    }
}

package org.hikae.fsext.bitmap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fsext.group.Group;
import org.hikae.fsext.group.GroupTable;
import org.hikae.fsext.volume.Volume;

/** Reads the bitmaps of all groups in order, as many at once as lie next to each other. */
public final class Bitmaps {

    private static final int BATCH_BYTES = 1 << 20;

    private final Volume volume;
    private final GroupTable groups;
    private final ByteBuffer buffer;
    private final int blockSize;

    public Bitmaps(Volume volume, GroupTable groups) {
        this.volume = volume;
        this.groups = groups;
        this.blockSize = volume.blocks().size();
        long all = Math.multiplyExact(groups.count(), (long) blockSize);
        this.buffer = ByteBuffer.allocate((int) Math.min(BATCH_BYTES, all));
    }

    /** Is given bitmaps. */
    public interface Visitor {

        /** @param bits null if the bitmap was never written */
        void visit(Group group, BitSet bits) throws IOException;
    }

    /** @throws FileSystemRefusedException if a checksum does not match */
    public void visit(BitmapKind kind, Visitor visitor) throws IOException {
        List<Group> batch = new ArrayList<>();
        for (long number = 0; number < groups.count(); number++) {
            Group group = groups.get(number);
            if (!continues(kind, batch, group)) {
                read(kind, batch, visitor);
                batch.clear();
            }
            if (kind.uninitialized(group)) {
                visitor.visit(group, null);
            } else {
                batch.add(group);
            }
        }
        read(kind, batch, visitor);
    }

    /** The bitmap of one group; null if it was never written. */
    public BitSet get(BitmapKind kind, Group group) throws IOException {
        return kind.uninitialized(group) ? null : readOne(kind, group);
    }

    private BitSet readOne(BitmapKind kind, Group group) throws IOException {
        BitSet[] found = new BitSet[1];
        read(kind, List.of(group), (of, bits) -> found[0] = bits);
        return found[0];
    }

    private boolean continues(BitmapKind kind, List<Group> batch, Group group) {
        return !kind.uninitialized(group)
                && batch.size() < buffer.capacity() / blockSize
                && !batch.isEmpty()
                && kind.place(group) == kind.place(batch.get(batch.size() - 1)) + 1;
    }

    private void read(BitmapKind kind, List<Group> batch, Visitor visitor) throws IOException {
        if (batch.isEmpty()) {
            return;
        }
        buffer.clear().limit(batch.size() * blockSize);
        volume.blocks().read(buffer, kind.place(batch.get(0)), batch.get(0).called(kind.title()));
        for (int i = 0; i < batch.size(); i++) {
            ByteBuffer bitmap = buffer.slice(i * blockSize, blockSize);
            check(kind, batch.get(i), bitmap);
            visitor.visit(batch.get(i), BitSet.valueOf(bitmap));
        }
    }

    private void check(BitmapKind kind, Group group, ByteBuffer bitmap) throws IOException {
        if (!volume.checksums()) {
            return;
        }
        int bytes = (int) (kind.bits(volume.superblock()) / Byte.SIZE);
        int sum = volume.checksum(bitmap.slice(0, bytes));
        if (((sum ^ kind.checksum(group)) & group.checksumMask()) != 0) {
            throw new FileSystemRefusedException(
                    group.called(kind.title()), kind.place(group), "its checksum does not match");
        }
    }
}

package org.hikae.nbd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.group.Meta;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;

/** A generation of a group as media control makes it: outside its set nothing can be read, and is said to be data. */
final class GroupDevice extends MemoryDevice implements GenerationReader {

    private final BlockSet set;

    /** @param set blocks that can be read; among them those that are not allocated are zeros */
    GroupDevice(int size, BlockSet set) {
        super(size);
        this.set = set;
        readOnly = true;
    }

    @Override
    public GenerationInfo info() {
        return new GenerationInfo(
                "data@1",
                "data",
                new UUID(1, 2),
                1,
                "full",
                null,
                null,
                new GenerationGroup("g", Meta.ALL, List.of("a/*")),
                null,
                Instant.EPOCH,
                size(),
                BLOCK,
                "ext4",
                set.count(),
                set.count(),
                1,
                1,
                0,
                "packed",
                null,
                "m1",
                null,
                1,
                null);
    }

    @Override
    public void read(ByteBuffer dst, long offset) throws IOException {
        if (dst.hasRemaining()) {
            BlockRun run = BlockRun.covering(offset, dst.remaining(), BLOCK);
            for (long block = run.first(); block < run.end(); block++) {
                if (!set.contains(block)) {
                    throw new IOException("block " + block + " is no part of group g in generation data@1");
                }
            }
        }
        super.read(dst, offset);
    }

    @Override
    public BlockSet set() {
        return set;
    }

    @Override
    public Optional<FileSystem> openMeta() {
        return Optional.empty();
    }

    @Override
    public BlockSet storedSince(String ancestor) {
        throw new UnsupportedOperationException("storedSince");
    }

    @Override
    public double generationsAsked() {
        return 0;
    }
}

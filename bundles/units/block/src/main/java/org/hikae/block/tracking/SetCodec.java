package org.hikae.block.tracking;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;

/**
 * A set of blocks as bytes and back: for each run the distance of its first block from the end of the run before, and
 * its length, in seven bits a byte, the lowest first, the top bit saying "more".
 */
final class SetCodec {

    static final String MAGIC = "HIKAETRB";

    private static final int MAX_SHIFT = 56;

    private SetCodec() {}

    static byte[] encode(BlockSet set) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[Sealed.HEADER]);
        long at = 0;
        for (BlockRun run : set) {
            put(out, run.first() - at);
            put(out, run.count());
            at = run.end();
        }
        return Sealed.seal(MAGIC, out.toByteArray());
    }

    static BlockSet decode(String name, byte[] bytes) throws DamagedException {
        ByteBuffer in = Sealed.open(name, MAGIC, bytes);
        BlockSet.Builder set = new BlockSet.Builder();
        try {
            long at = 0;
            while (in.hasRemaining()) {
                BlockRun run = new BlockRun(Math.addExact(at, get(in)), get(in));
                set.add(run);
                at = run.end();
            }
            return set.build();
        } catch (BufferUnderflowException | IllegalArgumentException | ArithmeticException e) {
            throw new DamagedException("its file " + name + " is damaged: it makes no sense");
        }
    }

    private static void put(ByteArrayOutputStream out, long value) {
        long rest = value;
        while (rest > 0x7f) {
            out.write((int) (rest | 0x80) & 0xff);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static long get(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift <= MAX_SHIFT; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number is too long");
    }
}

package org.hikae.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.job.Progress;
import org.hikae.io.Buffers;

/** SHA-256 of what drills read. */
final class Digests {

    private static final int PIECE = 1 << 20;

    private Digests() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** That of a whole device, zeros included, as {@code sha256sum} would say of its image. */
    static String of(BlockDevice device, Progress progress) throws IOException {
        MessageDigest digest = sha256();
        ByteBuffer piece = Buffers.allocate(PIECE);
        long size = device.size();
        for (long at = 0; at < size; ) {
            progress.pass();
            long end = Math.min(size, at - at % PIECE + PIECE);
            boolean hole = device.nextData(at) >= end;
            piece.clear().limit((int) (end - at));
            if (hole) {
                zeros(digest, piece.limit());
            } else {
                device.read(piece, at);
                digest.update(piece.flip());
            }
            progress.advance(end - at);
            at = end;
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void zeros(MessageDigest digest, int count) {
        for (int left = count; left > 0; ) {
            ByteBuffer zeros = Buffers.zeros();
            zeros.limit(Math.min(left, zeros.capacity()));
            left -= zeros.remaining();
            digest.update(zeros);
        }
    }
}

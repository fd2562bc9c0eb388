package org.hikae.media.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.io.Buffers;
import org.hikae.media.format.DamagedException;
import org.hikae.media.index.FramePage;

/**
 * Sees whether what lies between the regions of an image is zeros. Readers return nothing of it, but other tools do. Where the
 * medium knows of holes, they are not read.
 */
final class HolesCheck {

    private static final int PIECE = 1 << 20;

    private final Part part;
    private final Damages damages;
    private final Progress progress;
    private final ByteBuffer buffer = Buffers.allocate(PIECE);
    private long end;
    /** Whether regions are unknown since a damaged page, so that what lies before the next may be of one of these. */
    private boolean lost;

    HolesCheck(Part part, Damages damages, Progress progress) {
        this.part = part;
        this.damages = damages;
        this.progress = progress;
    }

    /** @throws IOException if the medium fails as a whole */
    void run() throws IOException {
        try (ObjectReader reader = part.medium().objects().open(part.name(0))) {
            for (int page = 0; page < part.index().framePages(); page++) {
                FramePage frames = read(page);
                for (int i = 0; frames != null && i < frames.count(); i++) {
                    check(reader, frames.get(i).offset());
                    end = frames.get(i).end();
                }
            }
            check(reader, part.refs().get(0).length());
        } catch (IOException e) {
            Damages.checkMedium(part, e);
            damages.add("the holes of " + part.name(0) + " cannot be read: " + Reason.of(e));
        }
    }

    /** Null if the page is damaged, which was said already. */
    private FramePage read(int page) throws IOException {
        try {
            return part.index().readFrames(page);
        } catch (DamagedException e) {
            lost = true;
            return null;
        }
    }

    private void check(ObjectReader reader, long to) throws IOException {
        if (!lost && to < end) {
            damages.add("regions of " + part.name(0) + " overlap before byte " + end);
        }
        long at = lost || to <= end ? to : reader.nextData(end);
        lost = false;
        while (at < to) {
            progress.pass();
            buffer.clear().limit((int) Math.min(PIECE, to - at));
            reader.read(buffer, at);
            long next = at + buffer.position();
            if (!isZero(buffer.flip())) {
                damages.add(part.name(0) + " has data between byte " + at + " and byte " + next
                        + ", where nothing was written");
            }
            at = next < to ? reader.nextData(next) : to;
        }
    }

    private static boolean isZero(ByteBuffer bytes) {
        ByteBuffer zeros = Buffers.zeros();
        while (bytes.hasRemaining()) {
            int n = Math.min(bytes.remaining(), zeros.capacity());
            zeros.clear().limit(n);
            if (bytes.slice(bytes.position(), n).mismatch(zeros) >= 0) {
                return false;
            }
            bytes.position(bytes.position() + n);
        }
        return true;
    }
}

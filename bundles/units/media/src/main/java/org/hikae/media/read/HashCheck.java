package org.hikae.media.read;

import java.io.IOException;
import org.hikae.api.job.Progress;
import org.hikae.media.format.ObjectRef;
import org.hikae.media.format.ObjectStreams;

/** Reads whole objects of a part, and compares them with the hashes that the manifest has of them. */
record HashCheck(Part part, Progress progress) {

    private static final int STEP = 1 << 20;

    /** Whether an object, which has the length that it should have, is what was written; not if it cannot be read. */
    boolean matches(ObjectRef ref) throws IOException {
        try (var reader = part.medium().objects().open(ref.name());
                ObjectStreams.In in = new ObjectStreams.In(reader)) {
            for (long left = ref.length(); left > 0; ) {
                progress.pass();
                long n = in.skip(Math.min(left, STEP));
                if (n == 0) {
                    return false;
                }
                left -= n;
                progress.advance(n);
            }
            return in.end().equals(ref.sha256());
        } catch (IOException e) {
            Damages.checkMedium(part, e);
            return false;
        }
    }
}

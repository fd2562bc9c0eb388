package org.hikae.media.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.media.format.ObjectRef;

/** Reads every byte of a part, and finds what is damaged. */
final class PartCheck {

    private static final int THREADS = Math.min(8, Runtime.getRuntime().availableProcessors());

    private final Part part;
    private final Progress progress;
    private final Scratch.Pool pool;
    private final Damages damages = new Damages();
    private final BatchCheck check;
    /** For each object of frames, and the index last, what is wrong with its length; null if nothing is. */
    private final List<String> wrong;

    PartCheck(Part part, Progress progress, Scratch.Pool pool) throws IOException {
        this.part = part;
        this.progress = progress;
        this.pool = pool;
        this.check = new BatchCheck(part, damages);
        this.wrong = ObjectLengths.check(part);
    }

    Damages run() throws IOException {
        wrong.stream().filter(Objects::nonNull).forEach(damages::add);
        checkHash(part.indexRef().object(), wrong.get(part.refs().size()) == null);
        checkFrames();
        if (part.isRaw() && wrong.get(0) == null) {
            new HolesCheck(part, damages, progress).run();
        }
        for (int i = 0; i < part.refs().size(); i++) {
            ObjectRef ref = part.refs().get(i);
            if (ref.sha256() != null && wrong.get(i) == null) {
                checkHash(ref, true);
            }
        }
        return damages;
    }

    private void checkFrames() throws IOException {
        Coverage coverage = new Coverage(part, damages);
        Batches batches = new Batches(part, coverage);
        Threads.run("hikae-verify", threads(), stopped -> {
            Scratch scratch = pool.take();
            try {
                for (Batches.Batch batch = batches.next(); batch != null; batch = batches.next()) {
                    if (stopped.getAsBoolean()) {
                        return;
                    }
                    progress.pass();
                    checkBatch(batch, scratch);
                }
            } finally {
                pool.give(scratch);
            }
        });
        coverage.end();
    }

    private int threads() {
        long bytes = part.refs().stream().mapToLong(ObjectRef::length).sum();
        return (int) Math.min(THREADS, 1 + bytes / Scratch.CAPACITY);
    }

    private void checkBatch(Batches.Batch batch, Scratch scratch) throws IOException {
        if (wrong.get(batch.object()) != null) {
            damage(batch); // said already; an object of another length is not what was written at all
        } else if (batch.end() > part.refs().get(batch.object()).length()) {
            damages.add(part.indexRef().name() + " has frames beyond the end of " + part.name(batch.object()));
            damage(batch);
        } else {
            readBatch(batch, scratch);
        }
        progress.advance(batch.end() - batch.start());
    }

    private void readBatch(Batches.Batch batch, Scratch scratch) throws IOException {
        ByteBuffer bytes;
        try {
            bytes = part.read(batch.object(), batch.start(), batch.end(), scratch.stored);
        } catch (IOException e) {
            Damages.checkMedium(part, e);
            readSingly(batch, scratch, e);
            return;
        }
        check.check(batch, scratch, batch.start() - bytes.position());
    }

    /** Finds out which of the frames it is that cannot be read. */
    private void readSingly(Batches.Batch batch, Scratch scratch, IOException failure) throws IOException {
        if (batch.frames().size() > 1) {
            for (int i = 0; i < batch.frames().size(); i++) {
                readBatch(batch.single(i), scratch);
            }
            return;
        }
        damages.add(FrameCheck.place(part, batch.frames().get(0)) + " cannot be read: " + Reason.of(failure));
        damage(batch);
    }

    private void damage(Batches.Batch batch) {
        damages.addFrames(
                batch.firstFrame(), batch.firstFrame() + batch.frames().size());
    }

    /** Indexes and the objects of logs have a hash beyond those of their pages and frames (R10). */
    private void checkHash(ObjectRef ref, boolean hasLength) throws IOException {
        if (hasLength && !new HashCheck(part, progress).matches(ref)) {
            damages.add(ref.name() + " does not match its hash");
        }
    }
}

package org.hikae.media.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.hikae.api.block.BlockSet;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.api.media.VerifyReport;
import org.hikae.io.Buffers;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.ObjectRef;
import org.hikae.media.format.ObjectStreams;
import org.hikae.media.index.FrameObject;
import org.hikae.media.medium.UsableMedium;

/** Reads every byte of a generation and says what is damaged, and which blocks that concerns (I9). */
final class Verification {

    private static final int THREADS = Math.min(8, Runtime.getRuntime().availableProcessors());

    private final Manifest manifest;
    private final UsableMedium medium;
    private final UsableMedium log;
    private final Progress progress;
    private final Scratch.Pool pool;
    private final Damages damages = new Damages();
    private final AtomicLong bytesRead = new AtomicLong();

    Verification(Manifest manifest, UsableMedium medium, UsableMedium log, Progress progress, Scratch.Pool pool) {
        this.manifest = manifest;
        this.medium = medium;
        this.log = log;
        this.progress = progress;
        this.pool = pool;
    }

    VerifyReport run() throws IOException {
        progress.total(manifest.storedBytes() + hashedBytes());
        OpenedGeneration opened;
        try {
            opened = OpenedGeneration.open(manifest, medium.objects(), log == null ? null : log.objects());
        } catch (DamagedException e) {
            BlockSet all = BlockSet.range(0, manifest.blockCount());
            return new VerifyReport(0, List.of(e.getMessage()), all, List.of());
        }
        advance(indexBytes());
        List<String> wrong = ObjectLengths.check(opened);
        wrong.stream().filter(Objects::nonNull).forEach(damages::add);
        checkFrames(opened, wrong);
        checkHashes(opened, wrong);
        return new VerifyReport(bytesRead.get(), damages.sentences(), damages.affected(opened.runs()), List.of());
    }

    private long indexBytes() {
        boolean ofLog = manifest.log() != null && manifest.log().index() != null;
        return manifest.index().length() + (ofLog ? manifest.log().index().length() : 0);
    }

    private long hashedBytes() {
        List<ObjectRef> all = new ArrayList<>(manifest.objects());
        if (manifest.log() != null) {
            all.addAll(manifest.log().objects());
        }
        return all.stream()
                .filter(ref -> ref.sha256() != null)
                .mapToLong(ObjectRef::length)
                .sum();
    }

    private void advance(long bytes) {
        bytesRead.addAndGet(bytes);
        progress.advance(bytes);
    }

    private void checkFrames(OpenedGeneration opened, List<String> wrong) throws IOException {
        Batches batches = new Batches(opened.frames());
        try (OpenObjects objects = new OpenObjects(opened.places())) {
            Threads.run("hikae-verify", threads(), stopped -> {
                Scratch scratch = pool.take();
                try {
                    for (Batches.Batch batch = batches.next(); batch != null; batch = batches.next()) {
                        if (stopped.getAsBoolean()) {
                            return;
                        }
                        progress.check();
                        checkBatch(opened, objects, wrong, batch, scratch);
                    }
                } finally {
                    pool.give(scratch);
                }
            });
        }
    }

    private int threads() {
        return (int) Math.min(THREADS, 1 + manifest.storedBytes() / Scratch.CAPACITY);
    }

    private void checkBatch(
            OpenedGeneration opened, OpenObjects objects, List<String> wrong, Batches.Batch batch, Scratch scratch)
            throws IOException {
        FrameObject object = opened.frames().objects().get(batch.object());
        long bytes = object.offset(batch.to()) - (batch.from() == 0 ? 0 : object.offset(batch.from()));
        if (wrong.get(batch.object()) != null) {
            damage(opened, batch); // said already; an object of another length is not what was written at all
        } else {
            readBatch(opened, objects, batch, scratch);
        }
        advance(bytes);
    }

    private void readBatch(OpenedGeneration opened, OpenObjects objects, Batches.Batch batch, Scratch scratch)
            throws IOException {
        FrameObject object = opened.frames().objects().get(batch.object());
        long from = batch.from() == 0 ? 0 : object.offset(batch.from());
        long start = from & -Buffers.ALIGNMENT;
        long to = object.offset(batch.to());
        long end = Math.min(object.length(), (to + Buffers.ALIGNMENT - 1) & -Buffers.ALIGNMENT);
        try {
            objects.read(batch.object(), scratch.stored.clear().limit((int) (end - start)), start);
        } catch (IOException e) {
            checkMedium(opened, batch.object(), e);
            readSingly(opened, objects, batch, scratch, e);
            return;
        }
        new BatchCheck(opened, batch, damages).check(scratch, start);
    }

    /** A failure of the whole medium is none of the generation's. */
    private void checkMedium(OpenedGeneration opened, int object, IOException failure) throws IOException {
        UsableMedium of = opened.places().get(object).medium() == medium.objects() ? medium : log;
        try {
            of.checkOwned();
        } catch (IOException e) {
            e.addSuppressed(failure);
            throw e;
        }
    }

    /** Finds out which of the frames it is that cannot be read. */
    private void readSingly(
            OpenedGeneration opened, OpenObjects objects, Batches.Batch batch, Scratch scratch, IOException failure)
            throws IOException {
        if (batch.to() - batch.from() > 1) {
            for (int i = batch.from(); i < batch.to(); i++) {
                readBatch(opened, objects, new Batches.Batch(batch.object(), i, i + 1), scratch);
            }
            return;
        }
        FrameObject object = opened.frames().objects().get(batch.object());
        damages.add("the frame at byte " + object.offset(batch.from()) + " of " + object.name() + " cannot be read: "
                + Reason.of(failure));
        damage(opened, batch);
    }

    private void damage(OpenedGeneration opened, Batches.Batch batch) {
        int first = opened.frames().firstFrame(batch.object());
        damages.addFrames(first + batch.from(), first + batch.to());
    }

    /** The objects of logs have a hash beyond the checksums of their frames (R10). */
    private void checkHashes(OpenedGeneration opened, List<String> wrong) throws IOException {
        for (int i = 0; i < opened.refs().size(); i++) {
            ObjectRef ref = opened.refs().get(i);
            if (ref.sha256() != null && wrong.get(i) == null && !hashMatches(opened, i, ref)) {
                damages.add(ref.name() + " does not match its hash");
                damage(
                        opened,
                        new Batches.Batch(i, 0, opened.frames().objects().get(i).count()));
            }
        }
    }

    private boolean hashMatches(OpenedGeneration opened, int object, ObjectRef ref) throws IOException {
        OpenObjects.Place place = opened.places().get(object);
        try (var reader = place.medium().open(place.name());
                ObjectStreams.In in = new ObjectStreams.In(reader)) {
            for (long left = ref.length(); left > 0; ) {
                progress.check();
                long n = in.skip(Math.min(left, 1 << 20));
                if (n == 0) {
                    return false;
                }
                left -= n;
                advance(n);
            }
            return in.end().equals(ref.sha256());
        } catch (IOException e) {
            checkMedium(opened, object, e);
            return false;
        }
    }
}

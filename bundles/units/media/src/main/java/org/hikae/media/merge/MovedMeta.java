package org.hikae.media.merge;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import org.hikae.api.job.Progress;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.IndexRef;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.ObjectStreams;
import org.hikae.media.medium.UsableMedium;
import org.hikae.media.write.Undo;

/**
 * The meta information of a group's files in a merge: the newest generation's, which stays where it is if that is on the result's
 * medium, and else is copied as it is. What is damaged is not passed on as if it were not (I9).
 */
final class MovedMeta {

    private static final int PIECE = 1 << 20;

    private final UsableMedium from;
    private final UsableMedium target;
    private final Manifest.Group group;
    /** What the object becomes; null if it stays, or there is none. */
    private final IndexRef moved;

    MovedMeta(MergePlan plan) {
        this.from = plan.range().get(0).medium();
        this.target = plan.target();
        this.group = plan.newest().group();
        IndexRef files = plan.newest().files();
        boolean stays = files == null || from.id().equals(target.id());
        this.moved = stays
                ? null
                : new IndexRef(
                        plan.id().meta(plan.revision()),
                        files.length(),
                        files.sha256(),
                        files.directoryLength(),
                        files.directorySha256());
    }

    /** What the result's manifest says; null if it is of the whole disk. */
    Manifest.Group group() {
        return moved == null ? group : new Manifest.Group(group.of(), moved);
    }

    /** 0 if it stays. */
    long bytesToMove() {
        return moved == null ? 0 : moved.length();
    }

    /** Copies it, durably, if it does not stay. */
    void move(Progress progress) throws IOException {
        if (moved == null) {
            return;
        }
        String name = group.files().name();
        try (ObjectReader reader = from.objects().open(name);
                ObjectWriter writer = target.objects().create(moved.name())) {
            ObjectStreams.Out out = new ObjectStreams.Out(writer);
            copy(reader, out, progress);
            if (!out.end(moved.name()).equals(moved.object())) {
                throw new DamagedException(name + " is damaged: it does not match its hash");
            }
            writer.commit();
        } catch (NoSuchFileException | EOFException e) {
            throw new DamagedException(
                    name + " is " + (e instanceof EOFException ? "damaged: it is cut off" : "missing"), e);
        }
    }

    private void copy(ObjectReader reader, ObjectStreams.Out out, Progress progress) throws IOException {
        byte[] piece = new byte[PIECE];
        for (long at = 0; at < moved.length(); ) {
            progress.pass();
            int length = (int) Math.min(PIECE, moved.length() - at);
            reader.read(ByteBuffer.wrap(piece, 0, length), at);
            out.write(piece, 0, length);
            progress.advance(length);
            at += length;
        }
    }

    /** Deletes what was copied: nothing has come of the merge. */
    void undo() {
        if (moved != null) {
            Undo.attempt(() -> {
                target.checkOwned();
                target.objects().delete(moved.name());
            });
        }
    }
}

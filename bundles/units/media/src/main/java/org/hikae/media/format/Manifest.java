package org.hikae.media.format;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.hikae.api.disk.TrackingPoint;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.media.Layout;

/**
 * What makes objects a generation: written last, so that with it the generation is there.
 *
 * @param number from 1, per disk
 * @param kind {@link #FULL} or {@link #DIFFERENTIAL}
 * @param parent the generation that this one builds upon; null if it is a full one
 * @param mark name of the mark since which it holds changes (R13); null: none
 * @param point where change tracking stood at T0 (R12); null: not known
 * @param diskFormat name of the disk's file system format
 * @param blocks number of blocks that the generation answers for (R1); the index says which
 * @param ownBlocks number of these that it holds itself; the others are its parent's
 * @param dataBytes bytes of blocks that are stored, before compression
 * @param index the index of the generation
 * @param objects the objects of frames on the generation's medium, by the numbers that the index gives them; a log laid
 *     over is last. Those of a revision may lie in the folders of generations with lower numbers
 * @param image what there is to say of an image, which is the only object then; null in the packed layout
 * @param log the log; null if none was kept
 * @param merge what has made it anew; null if it is as its backup has sealed it
 * @param group of which files it holds the content; null: it is of the whole disk
 */
public record Manifest(
        String disk,
        UUID diskId,
        long number,
        String kind,
        ParentRef parent,
        String mark,
        TrackingPoint point,
        Instant instant,
        long pauseNanos,
        long size,
        int blockSize,
        String diskFormat,
        long blocks,
        long ownBlocks,
        long dataBytes,
        MediumRef medium,
        IndexRef index,
        List<ObjectRef> objects,
        Image image,
        Log log,
        Merge merge,
        Group group) {

    public static final String FULL = "full";
    public static final String DIFFERENTIAL = "differential";

    /**
     * The merge, or move, that has made a generation anew (a.10).
     *
     * @param revision from 1: the highest one of a generation counts
     * @param replaces hashes over the generation's manifests before this one, under which those know it that build upon it;
     *     at least one
     * @param merged what is part of it now and gone as such, the newest first, each of its manifests that may still be
     *     somewhere; empty for a move
     */
    public record Merge(int revision, List<String> replaces, List<ParentRef> merged) {}

    /**
     * The group of files of which it is (b.1).
     *
     * @param files the object with their meta information; null if that of all files is among the blocks (b.6)
     */
    public record Group(GenerationGroup of, IndexRef files) {}

    /**
     * The layout of an image.
     *
     * @param storedBytes bytes of its regions that were written; the rest are holes
     */
    public record Image(long storedBytes) {}

    /**
     * The before-image log (R10).
     *
     * @param placement {@link #MEDIUM}, {@link #OVERLAY} or {@link #SEPARATE}
     * @param medium the medium that holds it
     * @param blocks number of blocks that come from the log; the generation's index says which
     * @param records number of its records
     * @param index the index of a separate log; null if it is at its place, or laid over, or has no blocks
     * @param objects the objects of a separate log, on its medium; empty if it is at its place, or laid over, or has no blocks
     */
    public record Log(
            String placement, MediumRef medium, long blocks, long records, IndexRef index, List<ObjectRef> objects) {

        public static final String MEDIUM = "medium";
        public static final String OVERLAY = "overlay";
        public static final String SEPARATE = "separate";

        /** Every object that lies on the log's medium on its own. */
        public List<ObjectRef> all() {
            return index == null
                    ? List.of()
                    : Stream.concat(objects.stream(), Stream.of(index.object())).toList();
        }
    }

    public String id() {
        return GenerationId.of(disk, number);
    }

    /** The same, but for what has made it anew. */
    public Manifest madeBy(Merge by) {
        return new Manifest(
                disk,
                diskId,
                number,
                kind,
                parent,
                mark,
                point,
                instant,
                pauseNanos,
                size,
                blockSize,
                diskFormat,
                blocks,
                ownBlocks,
                dataBytes,
                medium,
                index,
                objects,
                image,
                log,
                by,
                group);
    }

    /** 0 for what the backup has sealed; from 1 on, the number of the merge that has made it. */
    public int revision() {
        return merge == null ? 0 : merge.revision();
    }

    /** What the manifest's object is called. */
    public String name() {
        return new GenerationId(disk, number).manifest(revision());
    }

    public Layout layout() {
        return image == null ? Layout.PACKED : Layout.IMAGE;
    }

    /** Number of blocks of the disk. */
    public long blockCount() {
        return size / blockSize + (size % blockSize == 0 ? 0 : 1);
    }

    /** Every object on the generation's medium but the manifest. */
    public List<ObjectRef> own() {
        Stream<ObjectRef> files = files() == null ? Stream.of() : Stream.of(files().object());
        return Stream.concat(Stream.concat(objects.stream(), files), Stream.of(index.object()))
                .toList();
    }

    /** The object with the meta information of the group's files alone; null if there is none. */
    public IndexRef files() {
        return group == null ? null : group.files();
    }

    /** Every object on all media but the manifest. */
    public List<ObjectRef> all() {
        return log == null
                ? own()
                : Stream.concat(own().stream(), log.all().stream()).toList();
    }

    /** Bytes of all objects on all media but the manifest; holes of an image not counted. */
    public long storedBytes() {
        long bytes = image == null
                ? own().stream().mapToLong(ObjectRef::length).sum()
                : image.storedBytes() + index.length();
        return log == null
                ? bytes
                : bytes + log.all().stream().mapToLong(ObjectRef::length).sum();
    }

    /** Number of blocks that come from the log. */
    public long loggedBlocks() {
        return log == null ? 0 : log.blocks();
    }
}

package org.hikae.shell.command;

import java.io.IOException;
import java.util.List;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.Changes;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.disk.InPlaceStatus;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileSystemInfo;
import org.hikae.api.job.Reason;
import org.hikae.shell.text.Cell;
import org.hikae.shell.text.Json;

/**
 * What is known of a disk, with what its file system says of itself.
 *
 * @param disk null if it cannot be opened
 * @param info null if there is no file system, or it cannot be read
 * @param used bytes; -1 if not known
 * @param metadata bytes; -1 if not known
 * @param inPlace the generation that stands in for it; null if none does
 * @param nbd where NBD clients find it; null while nothing serves it
 * @param problem null if there is none
 */
record DiskDetails(
        DiskStatus status,
        Disk disk,
        FileSystemInfo info,
        long used,
        long metadata,
        InPlaceStatus inPlace,
        String nbd,
        String problem) {

    /**
     * @param disk null if it cannot be opened
     * @param inPlace null if no generation stands in for it
     */
    static DiskDetails of(DiskStatus status, Disk disk, InPlaceStatus inPlace, String nbd) {
        if (disk == null || status.problem() != null) {
            return new DiskDetails(status, disk, null, -1, -1, inPlace, nbd, status.problem());
        }
        if (!disk.hasFileSystem()) {
            return new DiskDetails(status, disk, null, disk.size(), -1, inPlace, nbd, null);
        }
        try (FileSystem fileSystem = disk.openFileSystem()) {
            FileSystemInfo info = fileSystem.info();
            long used = bytes(fileSystem.used(), info.blockSize(), disk.size());
            long metadata = bytes(fileSystem.metadata(), info.blockSize(), disk.size());
            return new DiskDetails(status, disk, info, used, metadata, inPlace, nbd, null);
        } catch (IOException e) {
            String problem = "its file system cannot be read: " + Reason.of(e);
            return new DiskDetails(status, disk, null, -1, -1, inPlace, nbd, problem);
        }
    }

    private String id() {
        return disk == null ? null : disk.id().toString();
    }

    /** Bytes; -1 if not known. */
    private long changed() {
        return disk != null && disk.changes().changed() instanceof Changes.Known known
                ? bytes(known.blocks(), disk.blockSize(), disk.size())
                : -1;
    }

    /** Null if there is none. */
    private String trackingProblem() {
        return disk == null ? null : disk.changes().problem();
    }

    /** What the blocks hold; the last one may be a short one. */
    static long bytes(BlockSet blocks, int blockSize, long most) {
        return Math.min(most, Math.multiplyExact(blocks.count(), (long) blockSize));
    }

    Json json() {
        return DiskViews.json(status, inPlace)
                .put("problem", problem)
                .put("id", id())
                .known("usedBytes", used)
                .known("metadataBytes", metadata)
                .known("changedBytes", changed())
                .put("trackingProblem", trackingProblem())
                .put("nbd", nbd)
                .put("label", info == null ? null : info.label())
                .put("fileSystemId", info == null ? null : info.id())
                .put("fileSystemBlockSize", info == null ? null : info.blockSize())
                .put("fileSystemBlockCount", info == null ? null : info.blockCount())
                .known("fileLimit", info == null ? -1 : info.fileCount())
                .put("features", info == null ? null : info.features())
                .put("notes", info == null ? null : info.notes());
    }

    Details forPeople() {
        Details details = new Details()
                .put("name", status.name())
                .put("id", id())
                .put("path", Details.text(status.path()))
                .put("format", status.format())
                .bytes("size", status.size())
                .bytes("block size", status.blockSize())
                .bytes("used", used)
                .bytes("changed since the last backup", changed())
                .put("NBD", nbd);
        if (inPlace != null) {
            addInPlace(details);
        }
        if (trackingProblem() != null) {
            details.put("change tracking", Cell.problem(trackingProblem()));
        }
        if (info != null) {
            addFileSystem(details);
        }
        return details.problem(problem != null || inPlace == null ? problem : inPlace.problem());
    }

    private void addInPlace(Details details) {
        details.put("stands in for it", InPlaceViews.what(inPlace))
                .put("of that on the disk", InPlaceViews.brought(inPlace))
                .put("what was on it", InPlaceViews.oldContent(inPlace));
    }

    private void addFileSystem(Details details) {
        details.bytes("metadata", metadata)
                .put("label", info.label())
                .put("id of the file system", info.id())
                .put("blocks", info.blockCount() + " of " + info.blockSize() + " bytes")
                .put("room for files", info.fileCount() < 0 ? null : Long.toString(info.fileCount()))
                .put("features", String.join(" ", info.features()));
        List<String> notes = info.notes();
        notes.forEach(note -> details.put("note", note));
    }
}

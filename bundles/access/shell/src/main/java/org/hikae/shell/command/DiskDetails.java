package org.hikae.shell.command;

import java.io.IOException;
import java.util.List;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileSystemInfo;
import org.hikae.api.job.Reason;
import org.hikae.shell.text.Json;

/**
 * What is known of a disk, with what its file system says of itself.
 *
 * @param id null if the disk cannot be opened
 * @param info null if there is no file system, or it cannot be read
 * @param used bytes; -1 if not known
 * @param metadata bytes; -1 if not known
 * @param changed bytes; -1 if not known
 * @param problem null if there is none
 */
record DiskDetails(
        DiskStatus status, String id, FileSystemInfo info, long used, long metadata, long changed, String problem) {

    private static final String RAW = "raw";

    /** @param disk null if it cannot be opened */
    static DiskDetails of(DiskStatus status, Disk disk) {
        if (disk == null) {
            return new DiskDetails(status, null, null, -1, -1, -1, status.problem());
        }
        String id = disk.id().toString();
        long changed = bytes(disk.changes().changed(), disk.blockSize(), disk.size());
        if (status.problem() != null || status.driver().equals(RAW)) {
            long used = status.problem() == null ? disk.size() : -1;
            return new DiskDetails(status, id, null, used, -1, changed, status.problem());
        }
        try (FileSystem fileSystem = disk.openFileSystem()) {
            FileSystemInfo info = fileSystem.info();
            long used = bytes(fileSystem.used(), info.blockSize(), disk.size());
            long metadata = bytes(fileSystem.metadata(), info.blockSize(), disk.size());
            return new DiskDetails(status, id, info, used, metadata, changed, null);
        } catch (IOException e) {
            String problem = "its file system cannot be read: " + Reason.of(e);
            return new DiskDetails(status, id, null, -1, -1, changed, problem);
        }
    }

    /** What the blocks hold; the last one may be a short one. */
    private static long bytes(BlockSet blocks, int blockSize, long most) {
        return Math.min(most, Math.multiplyExact(blocks.count(), (long) blockSize));
    }

    Json json() {
        return DiskCommand.json(status)
                .put("problem", problem)
                .put("id", id)
                .known("usedBytes", used)
                .known("metadataBytes", metadata)
                .known("changedBytes", changed)
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
                .put("id", id)
                .put("path", status.path().toString())
                .put("format", status.format())
                .bytes("size", status.size())
                .bytes("block size", status.blockSize())
                .bytes("used", used)
                .bytes("changed since the last backup", changed);
        if (info != null) {
            addFileSystem(details);
        }
        return details.problem(problem);
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

package org.hikae.shell.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.fs.BlockOwner;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileSystem;
import org.hikae.shell.call.Cancellation;
import org.hikae.shell.text.Cell;
import org.hikae.shell.text.Json;

/**
 * What a block is there for.
 *
 * @param kind {@code content}, {@code structure}, {@code unknown} or {@code free}
 * @param structure name of it; null if the block is of no structure
 * @param inode number of the file; -1 if the block is no file's
 * @param fileBlock number of the block within the file; -1 likewise
 * @param paths names of the file
 * @param outdated why this may not be so any more; null if it is
 */
record OwnerDetails(
        long block, String kind, String structure, long inode, long fileBlock, List<String> paths, String outdated) {

    /** @throws IOException if there is no such block, or the file system cannot be read */
    static OwnerDetails find(FileSystem fileSystem, long block, Cancellation cancellation) throws IOException {
        long count = fileSystem.info().blockCount();
        if (block < 0 || block >= count) {
            throw new IOException(
                    "there is no block " + block + ": the file system has the blocks 0 to " + (count - 1));
        }
        String outdated = fileSystem.info().outdated();
        BlockOwner owner = fileSystem.owner(block);
        if (owner instanceof BlockOwner.Content content) {
            List<String> paths = paths(fileSystem, content.inode(), cancellation);
            return new OwnerDetails(block, "content", null, content.inode(), content.logical(), paths, outdated);
        } else if (owner instanceof BlockOwner.Structure structure) {
            return new OwnerDetails(block, "structure", structure.name(), -1, -1, List.of(), outdated);
        }
        String kind = owner instanceof BlockOwner.Unknown ? "unknown" : "free";
        return new OwnerDetails(block, kind, null, -1, -1, List.of(), outdated);
    }

    /** All names of a file; the tree is searched until all are found. */
    private static List<String> paths(FileSystem fileSystem, long inode, Cancellation cancellation) throws IOException {
        List<String> paths = new ArrayList<>();
        FileAttributes file = fileSystem.attributes(inode);
        FileEntry root = fileSystem.find("/").orElseThrow();
        fileSystem.walk(root, entry -> {
            cancellation.check();
            if (entry.attributes().inode() == inode) {
                paths.add(entry.path());
            }
            boolean isAll =
                    switch (file.type()) {
                        case DIRECTORY -> !paths.isEmpty();
                        default -> paths.size() == file.links();
                    };
            return !isAll;
        });
        return paths;
    }

    Json json() {
        return new Json()
                .put("block", block)
                .put("kind", kind)
                .put("structure", structure)
                .known("inode", inode)
                .known("fileBlock", fileBlock)
                .put("paths", paths)
                .put("outdated", outdated);
    }

    Details forPeople() {
        Details details = new Details().put("block", Long.toString(block)).put("belongs to", owner());
        if (inode >= 0) {
            details.put("inode", Long.toString(inode)).put("block of the file", Long.toString(fileBlock));
            paths.forEach(path -> details.put("path", path));
        }
        return outdated == null ? details : details.put("outdated", Cell.problem(outdated));
    }

    private String owner() {
        return switch (kind) {
            case "content" -> paths.isEmpty() ? "a file of the file system's own" : "a file or directory";
            case "structure" -> structure;
            case "unknown" ->
                "nobody, but it counts as used: of a deleted file that is open, the rest of a cluster, or lost";
            default -> "nobody: it is free";
        };
    }
}

package org.hikae.shell.command;

import java.io.IOException;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.Disks;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileType;
import org.hikae.api.group.Group;
import org.hikae.api.group.Groups;
import org.hikae.api.job.Reason;
import org.hikae.shell.call.Call;

/**
 * What a group has at the moment, found out by one walk.
 *
 * @param files number of members that are no directories, a file with several names once; -1 if not known
 * @param directories number of members that are; -1 if not known
 * @param bytes of the files, as long as they are; -1 if not known
 * @param blocks number of blocks of their content; -1 if not known
 * @param blockSize bytes; -1 if not known
 * @param problem why nothing is known; null if it is
 */
record GroupContent(long files, long directories, long bytes, long blocks, int blockSize, String problem) {

    static GroupContent of(Call call, Group group) {
        try (FileSystem fileSystem = call.service(Disks.class).get(group.disk()).openFileSystem()) {
            Count count = new Count();
            BlockSet blocks = call.service(Groups.class).select(group.list(), fileSystem, (file, member) -> {
                call.cancellation().check();
                if (member) {
                    count.add(file);
                }
            });
            return new GroupContent(
                    count.files,
                    count.directories,
                    count.bytes,
                    blocks.count(),
                    fileSystem.info().blockSize(),
                    null);
        } catch (IOException e) {
            return new GroupContent(-1, -1, -1, -1, -1, Reason.of(e));
        }
    }

    private static final class Count {

        /** Numbers of files that have several names. */
        private final BlockSet.Builder linked = new BlockSet.Builder();

        private long files;
        private long directories;
        private long bytes;

        void add(FileEntry file) {
            long inode = file.attributes().inode();
            if (file.attributes().type() == FileType.DIRECTORY) {
                directories++;
            } else if (file.attributes().links() < 2 || !linked.contains(inode)) {
                files++;
                bytes += file.attributes().type() == FileType.REGULAR
                        ? file.attributes().size()
                        : 0;
                if (file.attributes().links() > 1) {
                    linked.add(new BlockRun(inode, 1));
                }
            }
        }
    }
}

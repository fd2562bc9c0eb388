package org.hikae.backup;

import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileType;

/** How many files a group has, each counted once, however many names it has. */
final class MemberCount {

    /** Numbers of files with several names, as though they were blocks. */
    private final BlockSet.Builder linked = new BlockSet.Builder();

    private boolean any;
    private long files;
    private long bytes;

    void add(FileEntry member) {
        any = true;
        FileAttributes file = member.attributes();
        if (file.type() != FileType.REGULAR || file.links() > 1 && linked.contains(file.inode())) {
            return;
        }
        if (file.links() > 1) {
            linked.add(new BlockRun(file.inode(), 1));
        }
        files++;
        bytes += file.size();
    }

    /** Whether there are members of any type. */
    boolean any() {
        return any;
    }

    /** Number of regular files. */
    long files() {
        return files;
    }

    /** What they have in all, by their sizes. */
    long bytes() {
        return bytes;
    }
}

package org.hikae.shell.command;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.UsageException;
import org.hikae.shell.tree.FileFacts;
import org.hikae.shell.tree.TreeCopy;
import org.hikae.shell.tree.TreeRemoval;

/** Removes files from disks. */
final class FsRemoval {

    private final NodeFiles files;
    private final TreeWork work;

    FsRemoval(Call call, NodeFiles files) {
        this.files = files;
        this.work = new TreeWork(call, files, "removed");
    }

    /**
     * Removes files.
     *
     * @param trees whether folders are removed, with all that is in them
     * @param force whether files that are not there are passed over
     */
    void remove(List<String> paths, boolean trees, boolean force, boolean asJson) throws IOException {
        TreeRemoval removal = new TreeRemoval(work);
        for (String each : paths) {
            DiskPath path = DiskPath.parse(each);
            Path file = files.at(path);
            checkNoRoot(path);
            if (force && !Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            try {
                if (!trees && FileFacts.of(file).isDirectory()) {
                    throw new FileSystemException(each, null, "a folder; folders are removed with --recursive");
                }
                removal.remove(file);
            } catch (FileSystemException e) {
                work.failed(each, TreeCopy.why(e));
            }
        }
        work.finish(asJson);
    }

    private static void checkNoRoot(DiskPath path) throws IOException {
        if (Path.of(path.path()).normalize().getNameCount() == 0) {
            throw new UsageException("the root of a disk cannot be removed; 'disk format' empties the disk");
        }
    }
}

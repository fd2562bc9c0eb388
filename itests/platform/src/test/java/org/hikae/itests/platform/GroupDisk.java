package org.hikae.itests.platform;

import java.io.IOException;
import java.nio.file.Path;
import org.hikae.api.disk.Disk;

/** A disk with a file system, which programs change between two backups. */
interface GroupDisk {

    Disk disk();

    /**
     * Lets somebody use the files; when it returns, all is on the disk, written by nodes.
     *
     * @param use is given the root directory
     */
    <T> T use(Use<T> use) throws Exception;

    /** Uses files. */
    interface Use<T> {
        T with(Path root) throws IOException;
    }
}

package org.hikae.shell.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.hikae.api.disk.Disks;
import org.hikae.api.media.Media;
import org.hikae.shell.call.Services;

/** Files that commands must not write to as if they were the caller's: disks are nodes' to write, media are media control's. */
final class ForeignFiles {

    private ForeignFiles() {}

    /** @throws IOException if the file is a disk, or lies in a medium */
    static void check(Services services, Path path) throws IOException {
        Optional<String> other = services.get(Disks.class).at(path);
        if (other.isPresent()) {
            throw new IOException(path + " is disk '" + other.get() + "'; choose another file, or write to the disk by"
                    + " 'node write'");
        }
        Optional<String> medium = services.get(Media.class).around(path);
        if (medium.isPresent()) {
            throw new IOException(path + " lies in medium '" + medium.get() + "'; choose a place outside of it");
        }
    }
}

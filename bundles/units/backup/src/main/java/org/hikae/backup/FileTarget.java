package org.hikae.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.hikae.api.backup.RestoreRequest;
import org.hikae.api.disk.Disks;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.Media;

/**
 * A file of the operating system. A regular file is written under another name in the same folder and takes its own
 * when it is whole; a block device is written in place.
 *
 * @param inPlace whether a regular file is, too
 */
record FileTarget(Path path, boolean overwrite, boolean inPlace) implements RestoreTarget {

    /**
     * A file or block device of which a part is to be written, where it lies: it is never copied to be written.
     *
     * @throws IOException as {@link #of}, or if there is none
     */
    static FileTarget existing(RestoreRequest.ToFile file, Disks disks, Media media) throws IOException {
        FileTarget target = of(file, disks, media);
        if (!Files.exists(file.path())) {
            throw new IOException("there is no file " + file.path()
                    + ", a part of which could be written; restore all of" + " a generation to it first");
        }
        return new FileTarget(target.path, target.overwrite, true);
    }

    /**
     * @throws IOException if the file exists and must not be overwritten, is a shared disk or lies in a medium, or its
     *     folder is missing
     */
    static FileTarget of(RestoreRequest.ToFile file, Disks disks, Media media) throws IOException {
        Path path = file.path();
        if (Files.isDirectory(path)) {
            throw new IOException(path + " is a folder; give the path of a file in it");
        }
        if (!Files.isDirectory(path.toAbsolutePath().getParent())) {
            throw new IOException("there is no folder " + path.toAbsolutePath().getParent() + "; create it first");
        }
        Optional<String> disk = disks.at(path);
        if (disk.isPresent()) {
            throw new IOException(path + " is disk '" + disk.get() + "'; restore onto it with --to-disk " + disk.get()
                    + ", so that its nodes see every write");
        }
        Optional<String> medium = media.around(path);
        if (medium.isPresent()) {
            throw new IOException(path + " lies in medium '" + medium.get() + "'; choose a place outside of it");
        }
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !file.overwrite()) {
            throw new IOException(path + " exists; choose another path, or give --overwrite");
        }
        return new FileTarget(path, file.overwrite(), false);
    }

    @Override
    public Opened open(GenerationInfo generation) throws IOException {
        boolean special = Files.exists(path) && !Files.isRegularFile(path);
        return special || inPlace
                ? new BlockDeviceTarget(path, generation)
                : new NewFileTarget(path, generation, overwrite);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}

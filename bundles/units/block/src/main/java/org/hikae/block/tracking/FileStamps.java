package org.hikae.block.tracking;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;

/**
 * Stamps of a file. Of a block device only the size is taken, and what its file system tells: its node in {@code /dev} is
 * made anew at each start of the machine, and its times do not tell of writes.
 */
record FileStamps(Path path, FileSystemStamp fileSystem) implements StampSource {

    @Override
    public DiskStamp now() throws IOException {
        BasicFileAttributes basic = Files.readAttributes(path, BasicFileAttributes.class);
        if (!basic.isRegularFile()) {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                return new DiskStamp("", "", channel.size(), "", fileSystem.now());
            }
        }
        if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return new DiskStamp("", "", basic.size(), times("modified", basic.lastModifiedTime()), fileSystem.now());
        }
        Map<String, Object> unix = Files.readAttributes(path, "unix:dev,ino,ctime");
        return new DiskStamp(
                String.valueOf(unix.get("dev")),
                String.valueOf(unix.get("ino")),
                basic.size(),
                times("changed", (FileTime) unix.get("ctime")),
                fileSystem.now());
    }

    private static String times(String what, FileTime time) {
        return what + " " + time.toInstant();
    }

    /** A time that is only in memory would be an older one after a power failure, and look like a change. */
    @Override
    public DiskStamp settled() throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
        return now();
    }
}

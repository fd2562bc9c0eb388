package org.hikae.node.nio;

import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileType;

/** The attributes of a file at one moment. */
record FileStatus(String disk, FileAttributes file, Principals principals) implements PosixFileAttributes {

    /** What tells whether two files are the same. */
    record Key(String disk, long inode) {}

    @Override
    public FileTime lastModifiedTime() {
        return FileTime.from(file.modified());
    }

    @Override
    public FileTime lastAccessTime() {
        return FileTime.from(file.accessed());
    }

    @Override
    public FileTime creationTime() {
        return file.created() == null ? lastModifiedTime() : FileTime.from(file.created());
    }

    FileTime changeTime() {
        return FileTime.from(file.changed());
    }

    @Override
    public boolean isRegularFile() {
        return file.type() == FileType.REGULAR;
    }

    @Override
    public boolean isDirectory() {
        return file.type() == FileType.DIRECTORY;
    }

    @Override
    public boolean isSymbolicLink() {
        return file.type() == FileType.SYMLINK;
    }

    @Override
    public boolean isOther() {
        return !isRegularFile() && !isDirectory() && !isSymbolicLink();
    }

    @Override
    public long size() {
        return file.size();
    }

    @Override
    public Object fileKey() {
        return new Key(disk, file.inode());
    }

    @Override
    public Principal owner() {
        return principals.user(file.uid());
    }

    @Override
    public Principal.Group group() {
        return principals.group(file.gid());
    }

    @Override
    public Set<PosixFilePermission> permissions() {
        return Mode.permissions(file.mode());
    }

    /** Type and permissions in one number. */
    int mode() {
        return Mode.type(file.type()) | file.mode();
    }

    /** Of a device file, as Linux puts both numbers into one. */
    long device() {
        long major = file.deviceMajor();
        long minor = file.deviceMinor();
        return (minor & 0xff) | (major & 0xfff) << 8 | (minor & ~0xffL) << 12 | (major & ~0xfffL) << 32;
    }
}

package org.hikae.fs.shared.table;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.fs.FileType;
import org.hikae.api.shared.SharedFileSystem;

/**
 * Inodes as bytes, little-endian: type (1), version (1), mode (2), uid (4), gid (4), device numbers (4, 4), 4 zeros, size (8),
 * links (8), parent (8), four times of seconds (8) and nanoseconds (4), and the target of a symlink.
 */
final class InodeRecord {

    /** Types as they are written: their places in this list, which is part of the format. */
    private static final List<FileType> TYPES = List.of(
            FileType.REGULAR,
            FileType.DIRECTORY,
            FileType.SYMLINK,
            FileType.CHARACTER_DEVICE,
            FileType.BLOCK_DEVICE,
            FileType.FIFO,
            FileType.SOCKET);

    private static final int VERSION = 1;
    private static final int FIXED = 96;
    private static final int MOST_MODE = 07777;
    private static final long LARGEST = 1L << 62;
    private static final long UNSIGNED = 0xffff_ffffL;

    private InodeRecord() {}

    static byte[] encode(Inode inode) {
        byte[] target = inode.target() == null ? new byte[0] : inode.target().bytes();
        ByteBuffer out = ByteBuffer.allocate(FIXED + target.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) TYPES.indexOf(inode.type())).put((byte) VERSION).putShort((short) inode.mode());
        out.putInt((int) inode.uid()).putInt((int) inode.gid());
        out.putInt(inode.deviceMajor()).putInt(inode.deviceMinor()).putInt(0);
        out.putLong(inode.size()).putLong(inode.links()).putLong(inode.parent());
        put(out, inode.times().accessed());
        put(out, inode.times().modified());
        put(out, inode.times().changed());
        put(out, inode.times().created());
        return out.put(target).array();
    }

    private static void put(ByteBuffer out, Instant time) {
        out.putLong(time.getEpochSecond()).putInt(time.getNano());
    }

    static Inode decode(long number, byte[] bytes) throws FileSystemRefusedException {
        require(bytes.length >= FIXED, number, "its record has only " + bytes.length + " bytes");
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int type = in.get();
        int version = in.get();
        require(type >= 0 && type < TYPES.size(), number, "it has the unknown type " + type);
        require(version == VERSION, number, "its record has the unknown version " + version);
        int mode = in.getShort() & 0xffff;
        long uid = in.getInt() & UNSIGNED;
        long gid = in.getInt() & UNSIGNED;
        int major = in.getInt();
        int minor = in.getInt();
        in.getInt();
        long size = in.getLong();
        long links = in.getLong();
        long parent = in.getLong();
        Times times = new Times(time(number, in), time(number, in), time(number, in), time(number, in));
        FileName target = target(number, TYPES.get(type), in);
        Inode inode =
                new Inode(number, TYPES.get(type), mode, uid, gid, size, links, times, parent, target, major, minor);
        check(inode);
        return inode;
    }

    private static Instant time(long number, ByteBuffer in) throws FileSystemRefusedException {
        long seconds = in.getLong();
        int nanos = in.getInt();
        require(nanos >= 0 && nanos < 1_000_000_000, number, "it has a time with " + nanos + " nanoseconds");
        try {
            return Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException e) {
            throw refused(number, "it has a time of " + seconds + " seconds");
        }
    }

    private static FileName target(long number, FileType type, ByteBuffer in) throws FileSystemRefusedException {
        byte[] rest = new byte[in.remaining()];
        in.get(rest);
        if (type != FileType.SYMLINK) {
            require(rest.length == 0, number, "its record is too long");
            return null;
        }
        require(
                rest.length > 0 && rest.length <= SharedFileSystem.LONGEST_TARGET,
                number,
                "its target has " + rest.length + " bytes");
        return FileName.of(rest);
    }

    private static void check(Inode inode) throws FileSystemRefusedException {
        long number = inode.number();
        require(number > 0, number, "there is no such number");
        require(inode.mode() <= MOST_MODE, number, "its mode is " + Integer.toOctalString(inode.mode()));
        require(inode.size() >= 0 && inode.size() <= LARGEST, number, "its size is " + inode.size() + " bytes");
        require(inode.links() >= 0, number, "it has " + inode.links() + " links");
        require(inode.deviceMajor() >= 0 && inode.deviceMinor() >= 0, number, "its device numbers are negative");
        require(
                inode.isDirectory() ? inode.parent() > 0 : inode.parent() == 0,
                number,
                "its parent is " + inode.parent());
    }

    private static void require(boolean right, long number, String why) throws FileSystemRefusedException {
        if (!right) {
            throw refused(number, why);
        }
    }

    private static FileSystemRefusedException refused(long number, String why) {
        return new FileSystemRefusedException("inode " + number, -1, why);
    }
}

package org.hikae.io;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.util.Arrays;

/**
 * Functions of Linux that older C libraries lack, apart from {@link Libc}, which must not be missing because of them. As
 * with it, nobody else refers to JNA.
 */
final class LibcFiles {

    private static final int EEXIST = 17;
    private static final int ERANGE = 34;
    private static final int ENODATA = 61;
    private static final int ENOTSUP = 95;

    /** Most attributes, and lists of their names, are shorter. */
    private static final int SMALL = 512;

    /** The kernel gives 64 KiB at most. */
    private static final int LARGEST = 1 << 17;

    private static final int AT_FDCWD = -100;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;

    static {
        if (!Platform.isLinux() || !Platform.is64Bit()) {
            throw new UnsatisfiedLinkError("not a 64-bit Linux");
        }
        Native.register(LibcFiles.class, "c");
    }

    private LibcFiles() {}

    /** @param path as all here, without the NUL at its end */
    static void makeNode(byte[] path, int mode, long device) throws IOException {
        try {
            mknod(ended(path), mode, new NativeLong(device));
        } catch (LastErrorException e) {
            throw failure(e);
        }
    }

    static void createSymlink(byte[] target, byte[] path) throws IOException {
        try {
            symlink(ended(target), ended(path));
        } catch (LastErrorException e) {
            throw failure(e);
        }
    }

    /** @param times seconds and nanoseconds of the last access, then of the last change */
    static void setTimes(byte[] path, long[] times) throws IOException {
        try {
            utimensat(AT_FDCWD, ended(path), times, AT_SYMLINK_NOFOLLOW);
        } catch (LastErrorException e) {
            throw failure(e);
        }
    }

    static void setAttribute(byte[] path, byte[] name, byte[] value) throws IOException {
        try {
            lsetxattr(ended(path), ended(name), value, new NativeLong(value.length), 0);
        } catch (LastErrorException e) {
            throw failure(e);
        }
    }

    static void removeAttribute(byte[] path, byte[] name) throws IOException {
        try {
            lremovexattr(ended(path), ended(name));
        } catch (LastErrorException e) {
            throw failure(e);
        }
    }

    /** The names of the attributes, each with a NUL after it; none where the file system has no attributes. */
    static byte[] attributeNames(byte[] path) throws IOException {
        try {
            return grown((buffer, size) -> llistxattr(ended(path), buffer, size));
        } catch (LastErrorException e) {
            if (e.getErrorCode() == ENOTSUP) {
                return new byte[0];
            }
            throw failure(e);
        }
    }

    /** Null if there is no such attribute. */
    static byte[] attribute(byte[] path, byte[] name) throws IOException {
        try {
            return grown((buffer, size) -> lgetxattr(ended(path), ended(name), buffer, size));
        } catch (LastErrorException e) {
            if (e.getErrorCode() == ENODATA) {
                return null;
            }
            throw failure(e);
        }
    }

    /** Fills a buffer, and says how much there is. */
    @FunctionalInterface
    private interface Fill {
        NativeLong into(byte[] buffer, NativeLong size);
    }

    /** What is there may grow between the question how much it is and the answer. */
    private static byte[] grown(Fill fill) {
        byte[] buffer = new byte[SMALL];
        while (true) {
            try {
                return Arrays.copyOf(
                        buffer, fill.into(buffer, new NativeLong(buffer.length)).intValue());
            } catch (LastErrorException e) {
                if (e.getErrorCode() != ERANGE || buffer.length >= LARGEST) {
                    throw e;
                }
                buffer = new byte[buffer.length * 8];
            }
        }
    }

    static void forceFileSystem(int fd) throws IOException {
        try {
            syncfs(fd);
        } catch (LastErrorException e) {
            throw failure(e);
        }
    }

    private static FileSystemException failure(LastErrorException e) {
        String reason = e.getMessage().replaceFirst("^\\[\\d+] ", "");
        FileSystemException failure = e.getErrorCode() == EEXIST
                ? new FileAlreadyExistsException(null, null, reason)
                : new FileSystemException(null, null, reason);
        failure.initCause(e);
        return failure;
    }

    private static byte[] ended(byte[] text) {
        return Arrays.copyOf(text, text.length + 1);
    }

    private static native int mknod(byte[] path, int mode, NativeLong device) throws LastErrorException;

    private static native int symlink(byte[] target, byte[] path) throws LastErrorException;

    private static native int utimensat(int folder, byte[] path, long[] times, int flags) throws LastErrorException;

    private static native int lsetxattr(byte[] path, byte[] name, byte[] value, NativeLong length, int flags)
            throws LastErrorException;

    private static native int lremovexattr(byte[] path, byte[] name) throws LastErrorException;

    private static native NativeLong llistxattr(byte[] path, byte[] names, NativeLong size) throws LastErrorException;

    private static native NativeLong lgetxattr(byte[] path, byte[] name, byte[] value, NativeLong size)
            throws LastErrorException;

    private static native int syncfs(int fd) throws LastErrorException;
}

package org.hikae.io;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The few functions of Linux that Java lacks. Using this class loads JNA, which may not be there: no other class refers
 * to JNA, not even to its exceptions, since the JVM may want to load those together with the class.
 */
final class Libc {

    static final int SEEK_DATA = 3;
    static final int SEEK_HOLE = 4;
    static final int FALLOC_FL_KEEP_SIZE = 1;
    static final int FALLOC_FL_PUNCH_HOLE = 2;
    static final int FALLOC_FL_ZERO_RANGE = 16;
    static final int ENXIO = 6;
    static final int EPERM = 1;
    static final int O_NONBLOCK = 04000;

    /** Has another value on ARM and PowerPC than elsewhere. */
    static final int O_NOFOLLOW = Platform.isARM() || Platform.isPPC() ? 0100000 : 0400000;

    /** Names a file without opening it. */
    static final int O_PATH = 010000000;

    static final int O_NOATIME = 01000000;

    private static final int O_RDWR = 2;
    private static final int O_CLOEXEC = 02000000;

    /** {@code _IOW(0x94, 9, int)}. */
    private static final int FICLONE = 0x40049409;

    static {
        // The constants and the 64-bit off_t are those of 64-bit Linux.
        if (!Platform.isLinux() || !Platform.is64Bit()) {
            throw new UnsatisfiedLinkError("not a 64-bit Linux");
        }
        Native.register(Libc.class, "c");
    }

    private Libc() {}

    /**
     * Opens a file beside the channel that Java has on it, since Java does not tell its descriptor.
     *
     * @return the descriptor; negative if it cannot be opened
     */
    static int openFile(Path path, boolean writable) {
        Charset names = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        try {
            return open((path + "\0").getBytes(names), O_CLOEXEC | (writable ? O_RDWR : 0));
        } catch (LastErrorException e) {
            return -e.getErrorCode();
        }
    }

    /**
     * As the other, of any name there is.
     *
     * @param path without the NUL at its end
     * @param flags what to open it with besides
     */
    static int openFile(byte[] path, int flags) {
        try {
            return open(Arrays.copyOf(path, path.length + 1), O_CLOEXEC | flags);
        } catch (LastErrorException e) {
            return -e.getErrorCode();
        }
    }

    /** A file that exists; the descriptor, or the error's number, negative. */
    static int openForWriting(byte[] path) {
        return openFile(path, O_RDWR | O_NOFOLLOW);
    }

    /** Lets a file share the blocks of another of the same file system; 0, or the error's number, negative. */
    static int share(int target, int source) {
        try {
            return ioctl(target, new NativeLong(FICLONE), source);
        } catch (LastErrorException e) {
            return -e.getErrorCode();
        }
    }

    static void closeFile(int fd) {
        try {
            close(fd);
        } catch (LastErrorException e) {
            // Nothing was written through it that could be lost.
        }
    }

    /** The offset found; negative: the error's number. */
    static long seek(int fd, long offset, int whence) {
        try {
            return lseek(fd, offset, whence);
        } catch (LastErrorException e) {
            return -e.getErrorCode();
        }
    }

    /** 0, or the error's number, negative. */
    static int allocate(int fd, int mode, long offset, long length) {
        try {
            return fallocate(fd, mode, offset, length);
        } catch (LastErrorException e) {
            return -e.getErrorCode();
        }
    }

    /** What the C library calls an error, in the language of the process. */
    static String text(int error, Charset charset) {
        return strerror(error).getString(0, charset.name());
    }

    private static native Pointer strerror(int error);

    private static native int open(byte[] path, int flags) throws LastErrorException;

    private static native int ioctl(int fd, NativeLong request, int argument) throws LastErrorException;

    private static native int close(int fd) throws LastErrorException;

    private static native long lseek(int fd, long offset, int whence) throws LastErrorException;

    private static native int fallocate(int fd, int mode, long offset, long length) throws LastErrorException;
}

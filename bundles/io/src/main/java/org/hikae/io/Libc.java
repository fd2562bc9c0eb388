package org.hikae.io;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.nio.charset.Charset;
import java.nio.file.Path;

/**
 * The few functions of Linux that Java lacks. Touching this class loads JNA; {@link #available} tells whether that went
 * well.
 */
final class Libc {

    static final int SEEK_DATA = 3;
    static final int SEEK_HOLE = 4;
    static final int FALLOC_FL_KEEP_SIZE = 1;
    static final int FALLOC_FL_PUNCH_HOLE = 2;
    static final int FALLOC_FL_ZERO_RANGE = 16;
    static final int ENXIO = 6;
    static final int EINVAL = 22;

    private static final int O_RDWR = 2;
    private static final int O_CLOEXEC = 02000000;

    static {
        // The constants and the 64-bit off_t are those of 64-bit Linux.
        if (!Platform.isLinux() || !Platform.is64Bit()) {
            throw new UnsatisfiedLinkError("not a 64-bit Linux");
        }
        Native.register(Libc.class, "c");
    }

    private Libc() {}

    /** Opens a file beside the channel that Java has on it, since Java does not tell its descriptor. */
    static int open(Path path, boolean writable) {
        Charset names = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        return open((path + "\0").getBytes(names), O_CLOEXEC | (writable ? O_RDWR : 0));
    }

    private static native int open(byte[] path, int flags) throws LastErrorException;

    static native int close(int fd) throws LastErrorException;

    static native long lseek(int fd, long offset, int whence) throws LastErrorException;

    static native int fallocate(int fd, int mode, long offset, long length) throws LastErrorException;
}

package org.hikae.node.nio;

import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.hikae.api.fs.FileType;

/** The mode of a file as Unix writes it in one number. */
final class Mode {

    /** What a program asks for that does not say what it wants. */
    static final int NEW_FILE = 0666;

    static final int NEW_DIRECTORY = 0777;

    /** Whoever may execute a file. */
    static final int EXECUTE = 0111;

    /** All but the type. */
    static final int CHANGEABLE = 07777;

    private Mode() {}

    static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (PosixFilePermission permission : PosixFilePermission.values()) {
            if ((mode & bit(permission)) != 0) {
                permissions.add(permission);
            }
        }
        return permissions;
    }

    static int bits(Set<PosixFilePermission> permissions) {
        return permissions.stream().mapToInt(Mode::bit).sum();
    }

    private static int bit(PosixFilePermission permission) {
        return switch (permission) {
            case OWNER_READ -> 0400;
            case OWNER_WRITE -> 0200;
            case OWNER_EXECUTE -> 0100;
            case GROUP_READ -> 0040;
            case GROUP_WRITE -> 0020;
            case GROUP_EXECUTE -> 0010;
            case OTHERS_READ -> 0004;
            case OTHERS_WRITE -> 0002;
            case OTHERS_EXECUTE -> 0001;
        };
    }

    /** The bits of a mode that tell the type. */
    static int type(FileType type) {
        return switch (type) {
            case FIFO -> 0010000;
            case CHARACTER_DEVICE -> 0020000;
            case DIRECTORY -> 0040000;
            case BLOCK_DEVICE -> 0060000;
            case REGULAR -> 0100000;
            case SYMLINK -> 0120000;
            case SOCKET -> 0140000;
        };
    }
}

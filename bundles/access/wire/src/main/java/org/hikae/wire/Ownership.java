package org.hikae.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Set;

/** Whether files are ours, and whether they are so alone. */
public final class Ownership {
    /** Mode 0700. */
    public static final Set<PosixFilePermission> PRIVATE_FOLDER = PosixFilePermissions.fromString("rwx------");

    /** Mode 0600. */
    public static final Set<PosixFilePermission> PRIVATE_FILE = PosixFilePermissions.fromString("rw-------");

    private static final Set<PosixFilePermission> OTHERS = EnumSet.complementOf(EnumSet.copyOf(PRIVATE_FOLDER));

    private Ownership() {}

    /** A link is not followed: it counts as what it is. */
    public static boolean isOurs(Path path) throws IOException {
        return attributes(path).owner().equals(self());
    }

    public static boolean isOpenToOthers(Path path) throws IOException {
        Set<PosixFilePermission> open = EnumSet.copyOf(OTHERS);
        open.retainAll(attributes(path).permissions());
        return !open.isEmpty();
    }

    /** A folder, not a link to one, that is ours, and that nobody else can enter. */
    public static boolean isPrivateFolder(Path path) throws IOException {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && isOurs(path) && !isOpenToOthers(path);
    }

    private static PosixFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** The user that this process runs as: the one that its files belong to. */
    private static UserPrincipal self() throws IOException {
        Path process = Path.of("/proc/self");
        if (Files.exists(process)) {
            return Files.getOwner(process);
        }
        Path probe = Files.createTempFile("hikae", null);
        try {
            return Files.getOwner(probe);
        } finally {
            Files.delete(probe);
        }
    }
}

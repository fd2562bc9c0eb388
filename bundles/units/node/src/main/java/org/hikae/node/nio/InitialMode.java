package org.hikae.node.nio;

import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** The permissions that a program wants for a file that it makes. */
final class InitialMode {

    private InitialMode() {}

    /**
     * @param otherwise if the program does not say
     * @throws UnsupportedOperationException if it says something else that cannot be set in the same step
     */
    @SuppressWarnings("unchecked") // whoever names an attribute so gives it that type, see PosixFilePermissions
    static int of(int otherwise, FileAttribute<?>... attributes) {
        int mode = otherwise;
        for (FileAttribute<?> attribute : attributes) {
            if (!attribute.name().equals("posix:permissions")) {
                throw new UnsupportedOperationException("'" + attribute.name() + "' cannot be set when a file is made");
            }
            mode = Mode.bits((Set<PosixFilePermission>) attribute.value());
        }
        return mode;
    }
}

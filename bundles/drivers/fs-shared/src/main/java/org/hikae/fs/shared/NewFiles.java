package org.hikae.fs.shared;

import org.hikae.api.fs.FileType;
import org.hikae.api.shared.NewFile;
import org.hikae.api.shared.SharedFileSystem;

/** Holds callers to what they may ask for. */
final class NewFiles {

    private static final int MOST_MODE = 07777;
    private static final long MOST_ID = 0xffff_ffffL;

    private NewFiles() {}

    /** @throws IllegalArgumentException if there cannot be such a file */
    static void check(NewFile file) {
        checkMode(file.mode());
        checkId(file.uid());
        checkId(file.gid());
        boolean symlink = file.type() == FileType.SYMLINK;
        boolean target = file.target() != null
                && file.target().length() > 0
                && file.target().length() <= SharedFileSystem.LONGEST_TARGET;
        require(symlink ? target : file.target() == null, "the target of a " + file.type() + " is " + file.target());
        require(
                file.deviceMajor() >= 0 && file.deviceMinor() >= 0,
                "device numbers " + file.deviceMajor() + ", " + file.deviceMinor());
        boolean device = file.type() == FileType.BLOCK_DEVICE || file.type() == FileType.CHARACTER_DEVICE;
        require(
                device || file.deviceMajor() == 0 && file.deviceMinor() == 0,
                "a " + file.type() + " has no device numbers");
    }

    static void checkMode(int mode) {
        require(mode >= 0 && mode <= MOST_MODE, "mode " + Integer.toOctalString(mode));
    }

    static void checkId(long id) {
        require(id >= 0 && id <= MOST_ID, "owner or group " + id);
    }

    private static void require(boolean right, String what) {
        if (!right) {
            throw new IllegalArgumentException("not possible: " + what);
        }
    }
}

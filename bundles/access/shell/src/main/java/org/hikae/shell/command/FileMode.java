package org.hikae.shell.command;

import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileType;

/** Type and permissions of a file in the ten characters that everybody knows, such as {@code -rwxr-xr-x}. */
final class FileMode {

    private static final String FLAGS = "rwxrwxrwx";

    private FileMode() {}

    static String of(FileAttributes file) {
        return of(file.type(), file.mode());
    }

    /** @param mode 0 to 07777 */
    static String of(FileType type, int mode) {
        StringBuilder text = new StringBuilder(FLAGS);
        for (int i = 0; i < FLAGS.length(); i++) {
            if ((mode >> FLAGS.length() - 1 - i & 1) == 0) {
                text.setCharAt(i, '-');
            }
        }
        special(text, 2, mode & 04000, 's');
        special(text, 5, mode & 02000, 's');
        special(text, 8, mode & 01000, 't');
        return letter(type) + text;
    }

    /** Set-user-id and its like stand where the right to execute does. */
    private static void special(StringBuilder text, int at, int flag, char letter) {
        if (flag != 0) {
            text.setCharAt(at, text.charAt(at) == '-' ? Character.toUpperCase(letter) : letter);
        }
    }

    private static String letter(FileType type) {
        return switch (type) {
            case REGULAR -> "-";
            case DIRECTORY -> "d";
            case SYMLINK -> "l";
            case CHARACTER_DEVICE -> "c";
            case BLOCK_DEVICE -> "b";
            case FIFO -> "p";
            case SOCKET -> "s";
        };
    }
}

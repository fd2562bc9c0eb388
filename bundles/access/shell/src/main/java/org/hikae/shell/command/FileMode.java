package org.hikae.shell.command;

import org.hikae.api.fs.FileAttributes;

/** Type and permissions of a file in the ten characters that everybody knows, such as {@code -rwxr-xr-x}. */
final class FileMode {

    private static final String FLAGS = "rwxrwxrwx";

    private FileMode() {}

    static String of(FileAttributes file) {
        StringBuilder text = new StringBuilder(FLAGS);
        for (int i = 0; i < FLAGS.length(); i++) {
            if ((file.mode() >> FLAGS.length() - 1 - i & 1) == 0) {
                text.setCharAt(i, '-');
            }
        }
        special(text, 2, file.mode() & 04000, 's');
        special(text, 5, file.mode() & 02000, 's');
        special(text, 8, file.mode() & 01000, 't');
        return letter(file) + text;
    }

    /** Set-user-id and its like stand where the right to execute does. */
    private static void special(StringBuilder text, int at, int flag, char letter) {
        if (flag != 0) {
            text.setCharAt(at, text.charAt(at) == '-' ? Character.toUpperCase(letter) : letter);
        }
    }

    private static String letter(FileAttributes file) {
        return switch (file.type()) {
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

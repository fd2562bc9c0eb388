package org.hikae.io;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.FileSystemException;
import java.util.Locale;

/**
 * Errors of the operating system that have to be told apart. Java keeps nothing of them but their texts, which are the C
 * library's, in the language of the process: so the C library is asked for its text of the error's number. Where it
 * cannot be asked, the English text alone is known.
 */
public enum SystemError {
    /** ENOTDIR: something on the way is no folder. */
    NO_FOLDER(20, "not a directory"),
    /** EFBIG: the file would become larger than its file system or its user's limit allows. */
    FILE_TOO_LARGE(27, "file too large"),
    /** ENOSPC. */
    NO_SPACE(28, "no space left"),
    /** EDQUOT. */
    QUOTA_EXCEEDED(122, "quota exceeded");

    /** Causes are looked at down to here, since they may go round in circles. */
    private static final int DEEPEST = 20;

    private final int number;
    private final String english;
    /** The C library's text; empty if it cannot be asked. Null before it was. */
    private volatile String text;

    SystemError(int number, String english) {
        this.number = number;
        this.english = english;
    }

    /** Whether the failure, or one of its causes, says that it is this error. */
    public boolean isIn(Throwable failure) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth < DEEPEST; depth++) {
            if (at instanceof IOException e && isSaidBy(e)) {
                return true;
            }
            at = at.getCause();
        }
        return false;
    }

    private boolean isSaidBy(IOException e) {
        String said = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        if (said == null) {
            return false;
        }
        return said.toLowerCase(Locale.ROOT).contains(english) || !text().isEmpty() && said.contains(text());
    }

    private String text() {
        if (text == null) {
            text = ask();
        }
        return text;
    }

    private String ask() {
        try {
            return Libc.text(number, Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")));
        } catch (LinkageError e) {
            return ""; // no JNA, or not this kind of system
        }
    }
}

package org.hikae.api.job;

import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;

/** What people are told of a failure: one sentence, without names of classes where something better is known. */
public final class Reason {

    private Reason() {}

    /** The failure's own message, and that of its root cause where it adds something. */
    public static String of(Throwable failure) {
        String message = say(failure);
        Throwable root = failure;
        for (int depth = 0; root.getCause() != null && depth < 100; depth++) {
            root = root.getCause();
        }
        if (root == failure) {
            return message;
        }
        String cause = say(root);
        if (failure.getMessage() == null || failure.getMessage().equals(root.toString())) {
            return cause;
        }
        boolean added = !message.toLowerCase(Locale.ROOT).contains(cause.toLowerCase(Locale.ROOT));
        return added ? message + ": " + cause : message;
    }

    private static String say(Throwable failure) {
        if (failure instanceof FileSystemException file && file.getFile() != null) {
            return file.getFile() + ": " + say(file);
        }
        if (failure instanceof OutOfMemoryError) {
            return "out of memory (" + failure.getMessage() + ")";
        }
        String message = oneLine(failure.getMessage());
        boolean telling = message != null && !(failure instanceof Error) && !(failure instanceof NullPointerException);
        return telling ? message : internal(failure, message);
    }

    private static String say(FileSystemException failure) {
        if (failure.getReason() != null) {
            return oneLine(failure.getReason());
        } else if (failure instanceof NoSuchFileException) {
            return "no such file or folder";
        } else if (failure instanceof FileAlreadyExistsException) {
            return "exists already";
        } else if (failure instanceof AccessDeniedException) {
            return "permission denied";
        } else if (failure instanceof NotDirectoryException) {
            return "not a folder";
        } else if (failure instanceof DirectoryNotEmptyException) {
            return "the folder is not empty";
        }
        return words(failure);
    }

    private static String internal(Throwable failure, String message) {
        if (failure instanceof ReadOnlyFileSystemException) {
            return "the file system is read-only";
        } else if (failure instanceof Exception && !(failure instanceof RuntimeException)) {
            return words(failure);
        }
        String what = "internal error " + failure.getClass().getSimpleName();
        return message == null ? what : what + ": " + message;
    }

    /** The class name as words: {@code ClosedChannelException} is "closed channel". */
    private static String words(Throwable failure) {
        String name = failure.getClass().getSimpleName().replaceFirst("(?<=.)Exception$", "");
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    private static String oneLine(String message) {
        return message == null || message.isBlank() ? null : message.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}

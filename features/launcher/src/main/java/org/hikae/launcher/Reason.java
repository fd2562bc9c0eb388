package org.hikae.launcher;

import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why something failed, for people. Exceptions of the file system often name but the file. */
final class Reason {
    private Reason() {}

    static String of(Throwable failure) {
        if (failure instanceof NoSuchFileException missing) {
            return "there is no " + missing.getFile();
        }
        if (failure instanceof AccessDeniedException denied) {
            return "access to " + denied.getFile() + " is denied";
        }
        if (failure instanceof DirectoryNotEmptyException full) {
            return full.getFile() + ": the folder is not empty";
        }
        if (failure instanceof CharacterCodingException) {
            return "it is not in UTF-8";
        }
        if (failure instanceof FileSystemException e && e.getReason() != null) {
            return e.getFile() + ": " + e.getReason();
        }
        String message = failure.getMessage();
        return message == null || message.isBlank() || failure instanceof FileSystemException
                ? failure.toString()
                : message;
    }
}

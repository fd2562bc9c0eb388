package org.hikae.node.nio;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.hikae.api.shared.FileSystemFullException;

/** Gives what a shared file system throws, which knows numbers and names, the paths of the caller. */
final class Failures {

    private Failures() {}

    /**
     * @param path what the call was about, and what does not exist or is not empty
     * @param other the second path, and what exists already; null if there is none
     */
    static IOException at(NodePath path, NodePath other, IOException failure) {
        if (!(failure instanceof FileSystemException known) || isOf(path, known) || isOf(other, known)) {
            return failure;
        }
        NodePath target = other == null ? path : other;
        IOException told = told(path, other, target, known);
        told.initCause(failure);
        return told;
    }

    private static boolean isOf(NodePath path, FileSystemException failure) {
        return path != null && path.toString().equals(failure.getFile());
    }

    private static IOException told(NodePath path, NodePath other, NodePath target, FileSystemException failure) {
        if (failure instanceof FileAlreadyExistsException) {
            return new FileAlreadyExistsException(target.toString());
        }
        if (failure instanceof DirectoryNotEmptyException) {
            return new DirectoryNotEmptyException(target.toString());
        }
        if (failure instanceof FileSystemFullException) {
            return new FileSystemFullException(target.toString(), failure.getReason());
        }
        if (failure instanceof NoSuchFileException) {
            return new NoSuchFileException(path.toString(), null, failure.getReason());
        }
        String why = failure.getReason() == null ? failure.getMessage() : failure.getReason();
        return new FileSystemException(path.toString(), other == null ? null : other.toString(), why);
    }
}

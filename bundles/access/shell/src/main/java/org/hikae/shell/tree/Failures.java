package org.hikae.shell.tree;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.hikae.api.job.Reason;

/** What is said against a file, without its path, which is named beside it. */
final class Failures {

    private Failures() {}

    static String why(Exception failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        } else if (failure instanceof UnsupportedOperationException) {
            return "not possible here";
        }
        String reason = failure instanceof FileSystemException said ? said.getReason() : null;
        if (reason != null) {
            return reason;
        }
        String text = Reason.of(failure);
        String path = failure instanceof FileSystemException said ? said.getFile() + ": " : "";
        return text.startsWith(path) ? text.substring(path.length()) : text;
    }
}

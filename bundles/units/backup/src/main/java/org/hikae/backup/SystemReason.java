package org.hikae.backup;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.hikae.api.job.Reason;

/** What the operating system says against a file, without its path: that is another one until all is whole. */
final class SystemReason {

    private SystemReason() {}

    static String of(Exception failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        String reason = failure instanceof FileSystemException said ? said.getReason() : null;
        return reason == null ? Reason.of(failure) : reason;
    }
}

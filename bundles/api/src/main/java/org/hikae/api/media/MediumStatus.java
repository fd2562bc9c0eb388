package org.hikae.api.media;

import java.util.List;

/**
 * A configured medium, whether it can be used or not.
 *
 * @param totalBytes bytes in all; -1 if not known
 * @param freeBytes bytes free; -1 if not known
 * @param capabilities in lower case, sorted
 * @param problem why it cannot be used, in a sentence; null if it can
 */
public record MediumStatus(
        String name,
        String driver,
        String location,
        long totalBytes,
        long freeBytes,
        List<String> capabilities,
        String problem) {}

package org.hikae.api.nbd;

/**
 * A disk or a generation as clients see it.
 *
 * @param name what clients ask for: {@code DISK}, {@code NODE/DISK} or {@code DISK@N}
 * @param size bytes; -1 if it is not known
 * @param readOnly whether clients cannot write; generations are so
 * @param clients connections that use it now
 * @param mounted whether it is a generation that is kept open
 * @param uri where clients connect to
 * @param problem why it cannot be opened, in a sentence; null if nothing is known against it
 */
public record NbdExport(
        String name, long size, boolean readOnly, int clients, boolean mounted, String uri, String problem) {}

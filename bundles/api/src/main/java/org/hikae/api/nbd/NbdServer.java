package org.hikae.api.nbd;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The disks and generations of this platform as network block devices (NBD). Thread-safe.
 *
 * <p>While the platform runs, all of them can be used over a Unix socket that only its owner can connect to. An export
 * is open as long as a client uses it: until then a disk or generation that is idle can be removed, and not after. A disk
 * {@code DISK} goes through the node {@code n1}, or the first one if there is none of that name; {@code NODE/DISK} names
 * another. A generation {@code DISK@N} is read-only, and comes straight from its medium (c.1).
 */
@ProviderType
public interface NbdServer {

    /** Every disk, every generation, and whatever else clients use now; those that cannot be opened too. */
    List<NbdExport> list();

    /** Where clients reach an export over the Unix socket, whether there is one of that name or not. */
    String uri(String export);

    /**
     * Keeps a generation open, so that it cannot be removed and its clients wait for nothing, until {@link #unmount} or
     * the end of the platform. Does nothing if it is mounted already.
     *
     * @param generation {@code DISK@N}
     * @throws IOException if there is no such generation, it cannot be opened, or the platform ends with this command
     */
    NbdExport mount(String generation) throws IOException;

    /**
     * Ends a mount; clients go on with what they have.
     *
     * @throws IOException if the generation is not mounted
     */
    void unmount(String generation) throws IOException;

    /** Ids of the generations that are mounted. */
    Set<String> mounted();

    /**
     * Listens on a TCP port too, durably, instead of the one before. Nothing there asks who a client is, so the address
     * must be one of this machine's own, such as {@code 127.0.0.1}.
     *
     * @param address {@code ADDRESS:PORT}; port 0 for any that is free
     * @return the address with its port
     * @throws IOException if it is no such address, others can reach it, or it is taken; nothing was changed
     */
    String listen(String address) throws IOException;

    /**
     * Listens on no TCP port any more, durably; clients that are connected stay.
     *
     * @throws IOException if it does not now, or that cannot be stored
     */
    void unlisten() throws IOException;

    /** The TCP address and port that it listens on, if any. */
    Optional<String> listening();
}

package org.hikae.api.disk;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The marks of disks (a.11): named instants that survive restarts. Thread-safe. */
@ProviderType
public interface Marks {

    /**
     * Marks the present: brings all nodes to one instant, as a backup does (R5). When it returns the mark is durable.
     *
     * @param name a letter or digit, then up to 62 letters, digits, dots, dashes and underscores; unique for the disk
     * @throws IOException if there is no such disk, the name is taken or not allowed, the nodes could not be brought to
     *     an instant, or changes cannot be tracked; there is no mark then
     */
    Mark add(String disk, String name) throws IOException;

    /**
     * The marks of a disk, the oldest first.
     *
     * @throws IOException if there is no such disk
     */
    List<Mark> list(String disk) throws IOException;

    /**
     * Forgets a mark, durably.
     *
     * @throws IOException if there is no such disk or mark, or the home cannot be written; the mark stays then
     */
    void remove(String disk, String name) throws IOException;
}

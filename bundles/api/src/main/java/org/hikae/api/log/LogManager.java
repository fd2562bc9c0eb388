package org.hikae.api.log;

import java.io.IOException;
import java.util.List;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.Disk;
import org.hikae.api.media.GenerationWriter;
import org.osgi.annotation.versioning.ProviderType;

/** The log manager (26): opens log sessions by the strategy that the user chose. Thread-safe. */
@ProviderType
public interface LogManager {

    /** As {@link #open(Disk, BlockSet, GenerationWriter, LogStrategy)}, by the strategy in force for the disk. */
    default LogSession open(Disk disk, BlockSet wanted, GenerationWriter generation) throws IOException {
        return open(disk, wanted, generation, strategy(disk.name()));
    }

    /**
     * Opens a session.
     *
     * @param wanted the blocks whose state at T0 the backup wants; all, where T0 itself tells ({@link
     *     LogSession#viewInstant}, {@link LogSession#narrow})
     * @param generation the generation that the log belongs to
     * @param strategy how the log is kept
     * @throws IOException if the gathering or placement is not there or cannot serve this generation; says which bundle
     *     brings it
     */
    LogSession open(Disk disk, BlockSet wanted, GenerationWriter generation, LogStrategy strategy) throws IOException;

    /** The strategy in force for a disk: its own, or else the default one; with {@code null} the default one. */
    LogStrategy strategy(String disk);

    /** Whether a strategy was stored for the disk; with {@code null}, whether a default one was. */
    boolean hasStrategy(String disk);

    /**
     * Stores the strategy for a disk, or with {@code null} the default one; the next backup uses it.
     *
     * @param strategy null: forgets what was stored, so that the default is in force again
     * @throws IOException if it cannot be stored, or names a gathering or placement that nothing provides
     */
    void setStrategy(String disk, LogStrategy strategy) throws IOException;

    /** Names of the gatherings that are there now, such as {@code central}. */
    List<String> gatherings();

    /** Names of the placements that are there now, such as {@code separate} and {@code overlay}. */
    List<String> placements();
}

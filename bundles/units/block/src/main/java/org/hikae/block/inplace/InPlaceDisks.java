package org.hikae.block.inplace;

import java.io.IOException;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.disk.Disk;

/** What the registry of disks does for generations that stand in for them. Thread-safe. */
public interface InPlaceDisks {

    /** What is done with a disk that nobody uses. */
    @FunctionalInterface
    interface Action {
        void run(Disk disk) throws IOException;
    }

    /**
     * Does something while nobody uses a disk, or begins to. Whoever has it open without need is asked to let it go.
     *
     * @param what is being done with it, such as {@code formatted}
     * @throws IOException if there is no such disk, or somebody uses it: says who; or from the action
     */
    void alone(String disk, String what, Action action) throws IOException;

    /**
     * The name that users choose the format by, of what a generation holds.
     *
     * @param format the exact format that it was backed up as
     * @throws IOException if the generation cannot be read
     */
    String driver(String format, BlockDevice generation) throws IOException;

    /** Lets a disk have the format of the generation that stands in for it now, or that it is configured as if none does. */
    void refresh(String disk) throws IOException;

    /**
     * Notes, durably, that a disk has a format.
     *
     * @throws IOException if that cannot be
     */
    void keepFormat(String disk, String format) throws IOException;
}

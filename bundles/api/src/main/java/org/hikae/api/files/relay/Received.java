package org.hikae.api.files.relay;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.osgi.annotation.versioning.ProviderType;

/** What the center of this platform has received and a relay hands on (e.8). Thread-safe. */
@ProviderType
public interface Received {

    /** The complete runs that are here with their content, by origin, backup and number. @throws IOException if the tables cannot be read */
    List<RunInfo> runs() throws IOException;

    /**
     * The frames of a complete run as they were received, one after the other, without anything between them.
     *
     * @param from number of the first frame
     * @throws IOException if it is not here any more, or cannot be read
     */
    ReadableByteChannel frames(RunId run, long from) throws IOException;

    /** Deletes a run's content, durably: every center above has it (I6). One that is not here is no error. @throws IOException if it cannot be deleted */
    void release(RunId run) throws IOException;

    /**
     * Asks for a run of a backup that builds upon none, since a center above lacks what those that there are build upon.
     *
     * @param above its number has to be higher: the highest one that the center above knows
     * @throws IOException if this cannot be stored
     */
    void askForFull(String origin, String backup, long above) throws IOException;

    /** Calls the listener, quickly and on any thread, whenever another run is complete. @return ends this */
    AutoCloseable onReceived(Runnable listener);
}

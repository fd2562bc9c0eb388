package org.hikae.files.transfer.uplink;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;

/**
 * What waits to be handed to a center. Runs have the names by which the center knows them: a relay adds its own to the
 * origins. Called by several threads at once, and again with what it was told before: all must be idempotent. A run that
 * is not there any more is no error, except for {@link #open}.
 */
public interface RunOutbox {
    /** The runs whose receipt is missing, the oldest first. @throws IOException if that cannot be told */
    List<RunInfo> runs() throws IOException;

    /**
     * The frames of a run.
     *
     * @param frame number of the first one
     * @throws IOException if it is not there any more, or cannot be read
     */
    ReadableByteChannel open(RunId run, long frame) throws IOException;

    /**
     * The center has frames durably.
     *
     * @param frames how many, from 0 on
     * @throws IOException if that cannot be noted: the center will say it again
     */
    void received(RunId run, long frames) throws IOException;

    /** The center has the whole run durably: it may be released (R23). @throws IOException if that cannot be noted: the center will say it again */
    void complete(RunId run) throws IOException;

    /** The next run of this backup must build upon none. @throws IOException if that cannot be noted: the center will say it again */
    void fullWanted(String origin, String backup) throws IOException;

    /** A run cannot be handed on. @param text why, a sentence */
    void problem(RunId run, String text);
}

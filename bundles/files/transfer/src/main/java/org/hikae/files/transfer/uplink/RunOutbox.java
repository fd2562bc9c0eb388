package org.hikae.files.transfer.uplink;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.UUID;
import org.hikae.api.files.Confirmation;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.RunKey;
import org.hikae.io.FirstFailure;

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

    /**
     * The center has the whole run durably: it may be released (R23).
     *
     * @param identity of the run that it has: for another one that has the same number here, this says nothing (I6)
     * @throws IOException if that cannot be noted: the center will say it again
     */
    void complete(RunId run, UUID identity) throws IOException;

    /**
     * Runs of which it is to be asked which centers have them (R23), at most {@link org.hikae.files.transfer.message.Protocol#MAX_RUNS}.
     *
     * @throws IOException if that cannot be told
     */
    default List<RunKey> asked() throws IOException {
        return List.of();
    }

    /**
     * What the center knows of where a run is that was asked for.
     *
     * @throws IOException if that cannot be noted: the center will say it again
     */
    default void confirmed(Confirmation confirmation) throws IOException {
        // Of whom nothing is asked nothing is noted.
    }

    /**
     * As the other, of all that one answer says.
     *
     * @throws IOException if one cannot be noted; the others are
     */
    default void confirmed(List<Confirmation> all) throws IOException {
        FirstFailure failure = new FirstFailure();
        all.forEach(each -> failure.collect(() -> confirmed(each)));
        failure.end();
    }

    /**
     * A run of this backup must come that builds upon none.
     *
     * @param above and has a higher number than this one
     * @throws IOException if that cannot be noted: the center will say it again
     */
    void fullWanted(String origin, String backup, long above) throws IOException;

    /**
     * The center can never take a run: what it builds upon is not there, or another one has its number. Once one with a higher number that
     * builds upon none has taken its place, it is of no use any more.
     *
     * @param identity of the run that is meant
     * @param text why, a sentence
     * @throws IOException if that cannot be noted: the center will say it again
     */
    void refused(RunId run, UUID identity, String text) throws IOException;

    /** A run cannot be handed on for now. @param text why, a sentence */
    void problem(RunId run, String text);
}

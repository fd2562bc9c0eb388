package org.hikae.files.transfer.message;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hikae.api.files.Confirmation;
import org.hikae.api.files.RunId;

/**
 * Orders and receipts.
 *
 * @param orders all that are in force for the sender
 * @param receipts of runs that were announced, and of which something is durable
 * @param full backups of which a run is wanted that builds upon none
 * @param problems of runs that were announced
 * @param retryAfterSeconds how long not to poll, unless there is something new to announce; 0: poll again at once
 * @param confirmed of runs that were asked for, where they are
 */
public record PollReply(
        List<Order> orders,
        List<Receipt> receipts,
        List<Full> full,
        List<Problem> problems,
        int retryAfterSeconds,
        List<Confirmation> confirmed) {
    public PollReply {
        orders = List.copyOf(orders);
        receipts = List.copyOf(receipts);
        full = List.copyOf(full);
        problems = List.copyOf(problems);
        confirmed = List.copyOf(confirmed);
    }

    /** One to a sender that has asked for nothing. */
    public PollReply(
            List<Order> orders,
            List<Receipt> receipts,
            List<Full> full,
            List<Problem> problems,
            int retryAfterSeconds) {
        this(orders, receipts, full, problems, retryAfterSeconds, List.of());
    }

    /**
     * Frames of a run are to be sent now.
     *
     * @param fromFrame the first one
     * @param bytesPerSecond how fast; 0: as fast as can be
     * @param until when to stop, by the center's clock
     * @param finish whether what has begun may go on after that
     */
    public record Order(RunId run, long fromFrame, long bytesPerSecond, Instant until, boolean finish) {}

    /**
     * What is durable.
     *
     * @param identity of the run that is meant, see {@link org.hikae.api.files.RunInfo}: for another one of the same number it does not count
     * @param frames number of frames, from 0 on
     * @param complete whether that is the whole run: what the buffer has of it may go
     */
    public record Receipt(RunId run, UUID identity, long frames, boolean complete) {}

    /**
     * Names a backup.
     *
     * @param above the number of the run that builds upon none has to be higher than this one
     */
    public record Full(String origin, String backup, long above) {}

    /**
     * Why a run is not taken.
     *
     * @param identity of the run that is meant
     * @param text a sentence
     * @param never whether it never can be: what it builds upon is not there, or another one has its number. A full run takes its place
     */
    public record Problem(RunId run, UUID identity, String text, boolean never) {}
}

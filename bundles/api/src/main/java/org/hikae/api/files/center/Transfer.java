package org.hikae.api.files.center;

import java.time.Instant;
import org.hikae.api.files.RunId;

/**
 * A transfer of frames, past or present (e.5).
 *
 * @param from name of who sent it, a client or relay
 * @param address network address of the sender
 * @param started first byte
 * @param ended null while it goes on
 * @param firstFrame of the run
 * @param frames that became durable
 * @param bytes received
 * @param outcome complete, part, paused, cut, refused, full wanted (what it builds upon is not here), failed
 * @param forced whether it was asked for regardless of windows ({@code center collect --now})
 * @param why of what was not complete, a sentence; else null
 */
public record Transfer(
        RunId run,
        String from,
        String address,
        Instant started,
        Instant ended,
        long firstFrame,
        long frames,
        long bytes,
        String outcome,
        boolean forced,
        String why) {}

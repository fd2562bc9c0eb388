package org.hikae.files.transfer.uplink;

import java.time.Duration;

/**
 * How patient somebody is.
 *
 * @param connect until a connection is there
 * @param answer until an answer begins, beside what a poll is allowed to wait
 * @param commit until what was sent is durable
 * @param stall without any progress while something is sent or received
 * @param backoff of the first attempt after a failure, at most
 * @param longest of all such attempts, at most
 */
public record UplinkTimes(
        Duration connect, Duration answer, Duration commit, Duration stall, Duration backoff, Duration longest) {
    /** As the protocol wants it. */
    public static final UplinkTimes USUAL = new UplinkTimes(
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            Duration.ofMinutes(30),
            Duration.ofMinutes(5),
            Duration.ofSeconds(1),
            Duration.ofMinutes(15));
}

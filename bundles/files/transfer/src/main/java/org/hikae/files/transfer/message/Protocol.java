package org.hikae.files.transfer.message;

import java.time.Duration;

/** What both sides agree on beforehand. */
public final class Protocol {
    /** Of the protocol; in the path of every resource. */
    public static final int VERSION = 1;

    /** Path of all resources, with a slash at its end. */
    public static final String ROOT = "/hikae/files/" + VERSION + "/";

    public static final String ABOUT = "about";
    public static final String ENROLL = "enroll";
    public static final String POLL = "poll";
    public static final String VERSIONS = "versions";
    public static final String CONTENT = "content";

    /** Followed by {@code /ORIGIN/BACKUP/NUMBER/FROM}. */
    public static final String RUNS = "runs";

    /** Media type of messages. */
    public static final String JSON = "application/json";

    /** Media type of messages one after the other, each in a line. */
    public static final String JSON_LINES = "application/jsonl";

    /** Media type of frames. */
    public static final String FRAMES = "application/vnd.hikae.frames";

    /** Bytes of a message from a client at most. */
    public static final int MAX_REQUEST = 4 << 20;

    /** Bytes of a message to a client at most. */
    public static final int MAX_RESPONSE = 16 << 20;

    /** Runs in a poll at most. */
    public static final int MAX_RUNS = 1000;

    /** Stored bytes of a part at most. */
    public static final long MAX_PART = 64L << 20;

    /** How long a center lets a poll wait. */
    public static final Duration POLL_WAIT = Duration.ofSeconds(50);

    private Protocol() {}
}

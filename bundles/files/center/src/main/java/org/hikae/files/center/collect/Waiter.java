package org.hikae.files.center.collect;

import org.hikae.files.transfer.message.PollReply;

/** A poll that waits. One of its methods is called, once, on any thread; it returns at once. */
public interface Waiter {

    void reply(PollReply reply);

    /** The member is none any more, or the center listens no more. */
    void refuse(Refusal refusal);
}

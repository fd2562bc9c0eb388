package org.hikae.files.center.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hikae.files.center.collect.Refusal;
import org.hikae.files.center.collect.Waiter;
import org.hikae.files.transfer.message.Messages;
import org.hikae.files.transfer.message.PollReply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A poll that takes no thread while it waits, and is answered by a thread of the listener. */
final class WaitingPoll implements Waiter {

    private static final Logger LOG = LoggerFactory.getLogger(WaitingPoll.class);

    private final AsyncContext context;
    private final Runnable lost;
    private final Runnable ended;
    private final AtomicBoolean answered = new AtomicBoolean();

    /**
     * @param lost called if the answer cannot be sent
     * @param ended called when it is answered
     */
    WaitingPoll(AsyncContext context, Runnable lost, Runnable ended) {
        this.context = context;
        this.lost = lost;
        this.ended = ended;
    }

    private interface Writing {
        void to(HttpServletResponse response) throws IOException;
    }

    @Override
    public void reply(PollReply reply) {
        answer(response -> Answers.write(response, Messages.write(reply)));
    }

    @Override
    public void refuse(Refusal refusal) {
        answer(response -> Answers.refuse(response, refusal));
    }

    private void answer(Writing writing) {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        ended.run();
        try {
            context.start(() -> write(writing));
        } catch (IllegalStateException e) {
            LOG.debug("a poll cannot be answered any more", e);
            lost.run();
        }
    }

    private void write(Writing writing) {
        try {
            writing.to((HttpServletResponse) context.getResponse());
        } catch (IOException | RuntimeException e) {
            LOG.debug("a poll cannot be answered", e);
            lost.run();
        }
        try {
            context.complete();
        } catch (IllegalStateException e) {
            LOG.debug("a poll has ended already", e);
        }
    }
}

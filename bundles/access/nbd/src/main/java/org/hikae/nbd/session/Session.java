package org.hikae.nbd.session;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.hikae.api.block.BlockDevice;
import org.hikae.nbd.handshake.Agreement;
import org.hikae.nbd.protocol.Command;
import org.hikae.nbd.protocol.Input;
import org.hikae.nbd.protocol.Output;
import org.hikae.nbd.protocol.ProtocolException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests of one client to one export. Threads take turns: one takes a request from the client, passes the turn on,
 * carries the request out and answers it. So a request costs no handing over, and a client has as many requests in
 * flight as threads work for it: one of its own, and helpers as long as there is something to do. A client that does not
 * take its answers holds up nobody but itself.
 */
public final class Session {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    /** How long a helper waits for its turn before it goes. */
    private static final long PATIENCE_MILLIS = 1000;

    private final Intake intake;
    private final Answers answers;
    private final Reading reading;
    private final Writing writing;
    private final Extents extents;
    private final Helpers helpers;
    private final Closeable connection;
    /** Whoever holds it takes a request from the client. */
    private final ReentrantLock turn = new ReentrantLock();
    /** Whether no request follows. Guarded by {@link #turn}. */
    private boolean ended;

    private final Crew crew = new Crew();
    private volatile boolean stopping;
    private volatile boolean lost;

    /** @param connection is closed when there is no use in going on */
    public Session(
            Agreement agreement,
            Input input,
            Output output,
            Payloads allPayloads,
            Helpers helpers,
            Closeable connection) {
        BlockDevice device = agreement.lease().device();
        Payloads.Share payloads = allPayloads.new Share();
        this.answers = new Answers(output, agreement.structured());
        this.reading = new Reading(device, answers, payloads);
        this.writing = new Writing(device, () -> lost);
        this.extents = new Extents(device);
        this.intake = new Intake(input, device, writing, payloads, agreement.allocation());
        this.helpers = helpers;
        this.connection = connection;
    }

    /** Serves until the client ends or is lost, and every request that it made is done. */
    public void run() {
        work(false);
        crew.awaitAlone();
    }

    /** Refuses further requests. */
    public void refuse() {
        stopping = true;
    }

    /** Waits for the requests in flight; false if they take longer. */
    public boolean awaitIdle(long millis) {
        return crew.awaitIdle(millis);
    }

    private void help() {
        work(true);
        crew.leave();
    }

    private void work(boolean helper) {
        try {
            boolean more = true;
            while (more) {
                more = takeTurn(helper);
            }
        } catch (ProtocolException e) {
            LOG.warn("A client is dropped: {}", e.getMessage());
            abandon();
        } catch (IOException e) {
            LOG.debug("A client was lost", e);
            abandon();
        } catch (RuntimeException | Error e) {
            LOG.error("A client is dropped, for its request failed in an unforeseen way", e);
            abandon();
        }
    }

    /** Answers one request; false if there is nothing more to do for this thread. */
    private boolean takeTurn(boolean helper) throws IOException {
        Work work = takeWork(helper);
        if (work == null) {
            return false;
        }
        try (Work taken = work) {
            callHelp();
            carryOut(taken);
        } finally {
            crew.end();
        }
        return true;
    }

    /** Takes the next request, which is in flight from then on; null if there is none for this thread. */
    private Work takeWork(boolean helper) throws IOException {
        if (!awaitTurn(helper)) {
            return null;
        }
        boolean taken = false;
        try {
            Work work = ended ? null : intake.take(stopping);
            if (work != null) {
                crew.begin();
                taken = true;
            }
            return work;
        } finally {
            // The client has ended, or broken off.
            ended = !taken;
            turn.unlock();
        }
    }

    private boolean awaitTurn(boolean helper) {
        if (!helper) {
            turn.lock();
            return true;
        }
        try {
            return turn.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Somebody else has to take the next request while this thread is busy. */
    private void callHelp() {
        boolean taken = turn.hasQueuedThreads() || turn.isLocked();
        if (!taken && crew.join() && !helpers.start(this::help)) {
            crew.leave();
        }
    }

    private void carryOut(Work work) throws IOException {
        long cookie = work.request().cookie();
        try {
            if (work.refusal() != null) {
                throw work.refusal();
            }
            Command command = Command.of(work.request().type()).orElseThrow();
            switch (command) {
                case READ -> reading.read(work.request());
                case BLOCK_STATUS -> answers.blockStatus(cookie, extents.of(work.request()));
                default -> {
                    act(command, work);
                    answers.done(cookie);
                }
            }
        } catch (FailedException e) {
            answers.failed(cookie, e.code(), e.getMessage());
        }
    }

    private void act(Command command, Work work) throws FailedException {
        switch (command) {
            case WRITE -> writing.write(work.payload().data(work.length()), work.offset());
            case TRIM -> writing.trim(work.request());
            case WRITE_ZEROES -> writing.zero(work.request());
            case CACHE -> reading.cache(work.request());
            case FLUSH -> writing.flush();
            default -> throw new IllegalStateException(command + " has an answer of its own");
        }
        if (command.writes()) {
            writing.finish(work.request());
        }
    }

    private void abandon() {
        lost = true;
        try {
            connection.close();
        } catch (IOException e) {
            LOG.debug("A connection could not be closed", e);
        }
    }
}

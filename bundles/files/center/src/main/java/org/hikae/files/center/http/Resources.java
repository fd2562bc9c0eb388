package org.hikae.files.center.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.hikae.api.files.RunId;
import org.hikae.files.center.authority.CertificateAuthority;
import org.hikae.files.center.authority.Enrolment;
import org.hikae.files.center.authority.Member;
import org.hikae.files.center.authority.Peers;
import org.hikae.files.center.authority.RefusedException;
import org.hikae.files.center.collect.Collector;
import org.hikae.files.center.collect.Received;
import org.hikae.files.center.collect.Refusal;
import org.hikae.files.center.store.CenterStore;
import org.hikae.files.transfer.identity.Certificates;
import org.hikae.files.transfer.message.About;
import org.hikae.files.transfer.message.EnrollReply;
import org.hikae.files.transfer.message.EnrollRequest;
import org.hikae.files.transfer.message.ErrorReply;
import org.hikae.files.transfer.message.Messages;
import org.hikae.files.transfer.message.PollRequest;
import org.hikae.files.transfer.message.Protocol;
import org.hikae.files.transfer.run.ItemRules;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What can be asked for. Thread-safe. */
public final class Resources implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Resources.class);
    private static final int MAX_ENROLMENT = 8 << 10;
    private static final int RUN_PARTS = 5;

    private final About about;
    private final CertificateAuthority authority;
    private final Enrolment enrolment;
    private final Collector collector;
    private final CenterStore store;
    private final StoredFiles files;
    private final Bodies bodies;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, Resources::thread);

    /** @param nanos a clock that nobody sets */
    public Resources(
            UUID id,
            CertificateAuthority authority,
            Enrolment enrolment,
            Collector collector,
            CenterStore store,
            StoredFiles files,
            LongSupplier nanos) {
        about = new About(List.of(Protocol.VERSION), id);
        this.authority = authority;
        this.enrolment = enrolment;
        this.collector = collector;
        this.store = store;
        this.files = files;
        bodies = new Bodies(nanos);
        timer.setRemoveOnCancelPolicy(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "hikae-polls", 0, false);
        thread.setDaemon(true);
        return thread;
    }

    /** For everybody. */
    void open(String what, HttpServletRequest request, HttpServletResponse response)
            throws IOException, Refusal.Refused {
        if (what.equals(Protocol.ABOUT)) {
            need(request, "GET");
            Answers.write(response, Messages.write(about));
        } else {
            need(request, "POST");
            enroll(Messages.enrollRequest(bodies.read(request, MAX_ENROLMENT)), response);
        }
    }

    private static void need(HttpServletRequest request, String method) throws Refusal.Refused {
        if (!request.getMethod().equals(method)) {
            throw Answers.refused(405, ErrorReply.INVALID, "that is asked for by " + method);
        }
    }

    private void enroll(EnrollRequest request, HttpServletResponse response) throws IOException, Refusal.Refused {
        Member member;
        try {
            member = enrolment.enroll(request.token(), request.publicKey(), request.proof());
        } catch (RefusedException e) {
            throw Answers.refused(403, ErrorReply.TOKEN, e.getMessage());
        }
        // What the machine that it replaces has announced, and nobody has received, is lost with that.
        Map<String, Long> last = new HashMap<>(store.lastRuns(member.name()));
        collector.lastAnnounced(member.name()).forEach((backup, number) -> last.merge(backup, number, Math::max));
        collector.expel(member.name());
        String own = Certificates.text(member.certificate());
        Answers.write(
                response,
                Messages.write(new EnrollReply(member.name(), own, Certificates.text(authority.certificate()), last)));
    }

    /** For members. */
    void member(
            String peer,
            List<String> path,
            HttpServletRequest request,
            HttpServletResponse response,
            StoredFiles.Allowed allowed)
            throws IOException, Refusal.Refused {
        if (path.get(0).equals(Protocol.RUNS) && path.size() == RUN_PARTS) {
            need(request, "PUT");
            upload(peer, path, request, response);
        } else if (path.size() == 1) {
            need(request, "POST");
            ask(peer, path.get(0), request, response, allowed);
        } else {
            throw PathParts.missing();
        }
    }

    private void ask(
            String peer,
            String what,
            HttpServletRequest request,
            HttpServletResponse response,
            StoredFiles.Allowed allowed)
            throws IOException, Refusal.Refused {
        switch (what) {
            case Protocol.POLL -> {
                poll(peer, Messages.pollRequest(body(request)), request);
                stillAllowed(peer, allowed);
            }
            case Protocol.VERSIONS -> files.versions(peer, Messages.versionsRequest(body(request)), response);
            case Protocol.CONTENT -> files.content(peer, Messages.contentRequest(body(request)), response, allowed);
            default -> throw PathParts.missing();
        }
    }

    /** A poll that began before a certificate was revoked may have been entered after that. */
    private void stillAllowed(String peer, StoredFiles.Allowed allowed) {
        try {
            allowed.check();
        } catch (Refusal.Refused e) {
            collector.expel(peer);
        }
    }

    private byte[] body(HttpServletRequest request) throws IOException, Refusal.Refused {
        return bodies.read(request, Protocol.MAX_REQUEST);
    }

    private void poll(String peer, PollRequest poll, HttpServletRequest request) {
        AsyncContext context = request.startAsync();
        context.setTimeout(0);
        AtomicReference<Future<?>> expiry = new AtomicReference<>();
        WaitingPoll waiter = new WaitingPoll(context, () -> collector.lost(peer), () -> {
            Future<?> timed = expiry.get();
            if (timed != null) {
                timed.cancel(false);
            }
        });
        try {
            // First, so that it is there whenever the answer comes; one that comes for nothing does nothing.
            expiry.set(timer.schedule(
                    () -> collector.expire(peer, waiter), Protocol.POLL_WAIT.toMillis(), TimeUnit.MILLISECONDS));
            collector.poll(peer, poll, waiter);
        } catch (Refusal.Refused e) {
            waiter.refuse(e.refusal());
        } catch (RefusedException e) {
            waiter.refuse(Answers.refusal(403, ErrorReply.FOREIGN, e.getMessage()));
        } catch (IOException | RuntimeException e) {
            LOG.error("a poll of {} failed", peer, e);
            waiter.refuse(Answers.refusal(500, ErrorReply.FAILED, Failures.text(e)));
        }
    }

    private void upload(String peer, List<String> path, HttpServletRequest request, HttpServletResponse response)
            throws IOException, Refusal.Refused {
        String origin = path.get(1);
        String backup = path.get(2);
        long number = PathParts.number(path.get(3));
        long from = PathParts.number(path.get(4));
        Peers.checkSpeaksFor(peer, origin);
        if (!ItemRules.isBackup(backup) || number < 1) {
            throw PathParts.missing();
        } else if (!Protocol.FRAMES.equals(request.getContentType()) || request.getHeader("Content-Encoding") != null) {
            throw Answers.refused(415, ErrorReply.INVALID, "frames have to be " + Protocol.FRAMES);
        }
        Received received = collector.receive(
                peer, new RunId(origin, backup, number), from, request.getRemoteAddr(), request.getInputStream());
        if (received.refusal() != null) {
            Answers.refuse(response, received.refusal());
        } else {
            Answers.write(response, Messages.write(received.reply()));
        }
    }

    /** Idempotent. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}

package org.hikae.files.center.http;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.LongSupplier;
import org.hikae.api.files.relay.MissingVersionsException;
import org.hikae.files.center.authority.Peers;
import org.hikae.files.center.authority.RefusedException;
import org.hikae.files.center.collect.Refusal;
import org.hikae.files.transfer.message.ErrorReply;
import org.hikae.files.transfer.message.MessageException;
import org.hikae.files.transfer.message.Protocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door of the center: who asks is told by the certificate alone (I8), how much and how often is limited here, and whatever goes wrong
 * with one request is answered in a sentence and harms nothing else (I9).
 */
public final class FilesServlet extends HttpServlet {

    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(FilesServlet.class);

    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
    private static final String EVERYBODY = "*";

    private static final int MEMBER_PER_SECOND = 50;
    private static final int MEMBER_AT_ONCE = 500;
    private static final int STRANGER_PER_SECOND = 2;
    private static final int STRANGER_AT_ONCE = 30;
    private static final int STRANGERS_PER_SECOND = 50;
    private static final int STRANGERS_AT_ONCE = 200;
    private static final int MEMBER_REQUESTS = 32;
    private static final int STRANGER_REQUESTS = 2;
    private static final int STRANGERS_REQUESTS = 16;
    private static final int RETRY_SECONDS = 2;

    private final transient Peers peers;
    private final transient Resources resources;
    private final transient Rates members;
    private final transient Rates strangers;
    private final transient Rates everybody;
    private final transient Crowd membersInside = new Crowd(MEMBER_REQUESTS);
    private final transient Crowd strangersInside = new Crowd(STRANGER_REQUESTS);
    private final transient Crowd everybodyInside = new Crowd(STRANGERS_REQUESTS);

    /** @param nanos a clock that nobody sets */
    public FilesServlet(Peers peers, Resources resources, LongSupplier nanos) {
        this.peers = peers;
        this.resources = resources;
        members = new Rates(MEMBER_PER_SECOND, MEMBER_AT_ONCE, nanos);
        strangers = new Rates(STRANGER_PER_SECOND, STRANGER_AT_ONCE, nanos);
        everybody = new Rates(STRANGERS_PER_SECOND, STRANGERS_AT_ONCE, nanos);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            List<String> path = PathParts.of(request.getRequestURI(), request.getQueryString());
            boolean open = path.size() == 1
                    && (path.get(0).equals(Protocol.ABOUT) || path.get(0).equals(Protocol.ENROLL));
            if (open) {
                stranger(request, response, path.get(0));
            } else {
                member(request, response, path);
            }
        } catch (Refusal.Refused e) {
            Answers.refuse(response, e.refusal());
        } catch (RefusedException e) {
            Answers.refuse(response, Answers.refusal(403, ErrorReply.FOREIGN, e.getMessage()));
        } catch (MessageException | IllegalArgumentException e) {
            Answers.refuse(response, Answers.refusal(400, ErrorReply.INVALID, e.getMessage()));
        } catch (MissingVersionsException e) {
            ErrorReply error = new ErrorReply(ErrorReply.MISSING, "there is no such version", e.missing());
            Answers.refuse(response, new Refusal(404, error, 0));
        } catch (NoSuchFileException e) {
            Answers.refuse(response, Answers.refusal(404, ErrorReply.MISSING, "there is no such version"));
        } catch (IOException | RuntimeException e) {
            fail(request, response, e);
        }
    }

    private static void fail(HttpServletRequest request, HttpServletResponse response, Exception why)
            throws IOException {
        if (why instanceof RuntimeException) {
            LOG.error("a request of {} failed", request.getRemoteAddr(), why);
        } else {
            LOG.warn("a request of {} failed: {}", request.getRemoteAddr(), why.toString());
        }
        if (response.isCommitted()) {
            Answers.cutOff(response);
            return;
        }
        Answers.refuse(response, Answers.refusal(500, ErrorReply.FAILED, Failures.text(why)));
    }

    private void stranger(HttpServletRequest request, HttpServletResponse response, String what)
            throws IOException, Refusal.Refused {
        String address = request.getRemoteAddr();
        if (!everybody.allow(EVERYBODY) || !strangers.allow(address) || !everybodyInside.enter(EVERYBODY)) {
            throw busy();
        }
        try {
            if (!strangersInside.enter(address)) {
                throw busy();
            }
            try {
                resources.open(what, request, response);
            } finally {
                strangersInside.leave(address);
            }
        } finally {
            everybodyInside.leave(EVERYBODY);
        }
    }

    private void member(HttpServletRequest request, HttpServletResponse response, List<String> path)
            throws IOException, Refusal.Refused {
        // The request may be over, and another one's, when it is looked at again.
        X509Certificate[] chain = (X509Certificate[]) request.getAttribute(CERTIFICATES);
        String peer = who(chain);
        if (!members.allow(peer) || !membersInside.enter(peer)) {
            throw busy();
        }
        try {
            resources.member(peer, path, request, response, () -> check(chain));
        } finally {
            membersInside.leave(peer);
        }
    }

    private void check(X509Certificate[] chain) throws Refusal.Refused {
        try {
            peers.check(chain);
        } catch (RefusedException e) {
            throw Answers.refused(403, ErrorReply.REVOKED, e.getMessage());
        }
    }

    private String who(X509Certificate[] chain) throws Refusal.Refused {
        try {
            return peers.who(chain);
        } catch (RefusedException e) {
            throw Answers.refused(403, ErrorReply.REVOKED, e.getMessage());
        }
    }

    private static Refusal.Refused busy() {
        return new Refusal.Refused(
                new Refusal(503, new ErrorReply(ErrorReply.BUSY, "too many requests at once"), RETRY_SECONDS));
    }
}

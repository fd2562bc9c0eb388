package org.hikae.files.transfer.uplink;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManagerFactory;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.files.transfer.identity.Certificates;
import org.hikae.files.transfer.identity.Identity;
import org.hikae.files.transfer.identity.TestCa;
import org.hikae.files.transfer.message.About;
import org.hikae.files.transfer.message.ErrorReply;
import org.hikae.files.transfer.message.Messages;
import org.hikae.files.transfer.message.PollReply;
import org.hikae.files.transfer.message.PollRequest;
import org.hikae.files.transfer.message.Protocol;
import org.hikae.files.transfer.message.UploadReply;
import org.hikae.files.transfer.run.FrameReader;
import org.hikae.files.transfer.run.StoredFrame;

/** A center with the platform's own server, that keeps what it receives in memory, and does what a test wants. */
final class TestCenter implements Closeable {
    final TestCa ca = new TestCa();
    final UUID id = UUID.randomUUID();
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    // Guarded by this, from here on.

    final Map<RunId, List<StoredFrame>> stored = new HashMap<>();
    final Map<RunId, Long> lengths = new HashMap<>();
    final Map<RunId, PollReply.Order> orders = new LinkedHashMap<>();
    final Set<PollReply.Full> full = new HashSet<>();
    final Map<RunId, PollReply.Problem> problems = new HashMap<>();
    final List<PollRequest> polls = new ArrayList<>();
    final List<String> requests = new ArrayList<>();
    final Set<String> peers = new HashSet<>();

    /** Whether all that is announced is ordered. */
    boolean orderAll;

    private PollReply told;
    private boolean closed;

    /** Looks at each request first. @return whether it has dealt with it */
    interface Intruder {
        boolean handle(HttpExchange exchange, String resource) throws IOException;
    }

    volatile Intruder intruder = (exchange, resource) -> false;

    /** What becomes of frames while they come. */
    interface Reception {
        /** @return whether to go on; false: what came is durable, and the request is answered with {@code why} */
        boolean frame(RunId run, StoredFrame frame) throws IOException;
    }

    volatile Reception reception = (run, frame) -> true;
    volatile UploadReply.Why whenEnded = UploadReply.Why.PAUSED;

    TestCenter() throws IOException {
        this("TLSv1.3");
    }

    TestCenter(String tls) throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        SSLContext context = context(ca.listener());
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = context.getDefaultSSLParameters();
                wanted.setProtocols(new String[] {tls});
                wanted.setWantClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        server.setExecutor(threads);
        server.createContext(Protocol.ROOT, this::handle);
        server.start();
    }

    private SSLContext context(Identity identity) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "k", identity.key(), new char[0], new Certificate[] {identity.certificate(), identity.ca()});
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("ca", ca.certificate);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    URI address() {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String resource = exchange.getRequestURI().getPath().substring(Protocol.ROOT.length());
            synchronized (this) {
                requests.add(exchange.getRequestMethod() + " " + resource);
                peer(exchange);
                notifyAll();
            }
            if (intruder.handle(exchange, resource)) {
                return;
            }
            if (resource.equals(Protocol.ABOUT)) {
                answer(exchange, 200, Messages.write(new About(List.of(1), id)));
            } else if (resource.equals(Protocol.POLL)) {
                answer(exchange, 200, Messages.write(poll(Messages.pollRequest(body(exchange)))));
            } else if (resource.startsWith(Protocol.RUNS + "/")) {
                receive(exchange, resource.split("/"));
            } else {
                refuse(exchange, 404, ErrorReply.MISSING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void peer(HttpExchange exchange) {
        try {
            Certificate[] chain = ((HttpsExchange) exchange).getSSLSession().getPeerCertificates();
            peers.add(Certificates.name((X509Certificate) chain[0]).orElse("?"));
        } catch (SSLPeerUnverifiedException e) {
            peers.add("nobody");
        }
    }

    static byte[] body(HttpExchange exchange) throws IOException {
        return exchange.getRequestBody().readAllBytes();
    }

    static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    static void refuse(HttpExchange exchange, int status, String code) throws IOException {
        answer(exchange, status, Messages.write(new ErrorReply(code, "because of " + code)));
    }

    private synchronized PollReply poll(PollRequest poll) throws InterruptedException {
        polls.add(poll);
        notifyAll();
        if (orderAll) {
            poll.runs().forEach(this::order);
        }
        PollReply reply = reply(poll);
        while (!closed && polls.get(polls.size() - 1) == poll && reply.equals(told)) {
            wait();
            reply = reply(poll);
        }
        told = reply;
        return reply;
    }

    private PollReply reply(PollRequest poll) {
        List<PollReply.Receipt> receipts = new ArrayList<>();
        for (RunInfo run : poll.runs()) {
            lengths.put(run.id(), run.frames());
            if (stored.containsKey(run.id())) {
                receipts.add(new PollReply.Receipt(run.id(), run.identity(), frames(run.id()), isComplete(run.id())));
            }
        }
        return new PollReply(
                List.copyOf(orders.values()), receipts, List.copyOf(full), List.copyOf(problems.values()), 0);
    }

    synchronized void order(RunInfo run) {
        if (!isComplete(run.id())) {
            order(run.id(), frames(run.id()), 0);
        }
    }

    synchronized void order(RunId run, long from, long rate) {
        orders.put(run, new PollReply.Order(run, from, rate, Instant.EPOCH, false));
        notifyAll();
    }

    synchronized void withdraw(RunId run) {
        orders.remove(run);
        notifyAll();
    }

    /** Says again to who polls what it was told. */
    synchronized void change(Runnable change) {
        change.run();
        notifyAll();
    }

    synchronized long frames(RunId run) {
        return stored.getOrDefault(run, List.of()).size();
    }

    synchronized boolean isComplete(RunId run) {
        return stored.containsKey(run) && frames(run) == lengths.getOrDefault(run, -1L);
    }

    private void receive(HttpExchange exchange, String[] path) throws IOException {
        RunId run = new RunId(path[1], path[2], Long.parseLong(path[3]));
        long from = Long.parseLong(path[4]);
        synchronized (this) {
            if (!orders.containsKey(run) || from != frames(run)) {
                refuse(exchange, 409, ErrorReply.NO_ORDER);
                return;
            }
        }
        boolean more = true;
        try {
            FrameReader frames = new FrameReader(exchange.getRequestBody());
            for (StoredFrame frame = frames.next(); frame != null && more; frame = more ? frames.next() : null) {
                synchronized (this) {
                    if (frame.number() != frames(run)) {
                        refuse(exchange, 400, ErrorReply.INVALID);
                        return;
                    }
                    stored.computeIfAbsent(run, key -> new ArrayList<>()).add(frame);
                    notifyAll();
                }
                more = reception.frame(run, frame);
            }
        } finally {
            synchronized (this) {
                if (isComplete(run) || !more) {
                    orders.remove(run);
                } else if (orders.containsKey(run) || orderAll) {
                    order(run, frames(run), 0);
                }
                notifyAll();
            }
        }
        answer(exchange, 200, Messages.write(reply(run, more)));
    }

    private synchronized UploadReply reply(RunId run, boolean more) {
        UploadReply.Why ended = more ? UploadReply.Why.PART : whenEnded;
        return new UploadReply(
                TestOutbox.identity(run),
                frames(run),
                isComplete(run),
                isComplete(run) ? UploadReply.Why.COMPLETE : ended);
    }

    /** Waits until something is so. Changes are told by {@link #change}, polls and frames. */
    synchronized void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            wait();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        server.stop(0);
        threads.shutdownNow();
    }
}

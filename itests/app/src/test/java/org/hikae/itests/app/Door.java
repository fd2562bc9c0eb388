package org.hikae.itests.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.files.transfer.identity.Certificates;
import org.hikae.files.transfer.identity.Identity;
import org.hikae.files.transfer.identity.Keys;
import org.hikae.files.transfer.identity.TlsContexts;
import org.hikae.files.transfer.identity.Token;
import org.hikae.files.transfer.message.EnrollReply;
import org.hikae.files.transfer.message.EnrollRequest;
import org.hikae.files.transfer.message.Messages;
import org.hikae.files.transfer.message.PollReply;
import org.hikae.files.transfer.message.PollRequest;
import org.hikae.files.transfer.message.Protocol;

/** Where a center or relay listens, as those see it who knock: members, strangers, and who speaks no HTTP at all. */
record Door(int port) {

    static final String BACKUP = "b";
    private static final Duration PATIENCE = Duration.ofSeconds(70);
    private static final int BUSY = 503;
    private static final int PATIENCE_MILLIS = 70_000;

    URI uri(String path) {
        return URI.create("https://127.0.0.1:" + port + Protocol.ROOT + path);
    }

    /** Who has no certificate. */
    HttpClient stranger(Token token) {
        return client(TlsContexts.joining(token.fingerprint(), Clock.systemUTC()));
    }

    static HttpClient client(SSLContext context) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(context)
                .connectTimeout(PATIENCE)
                .build();
    }

    HttpResponse<byte[]> post(HttpClient from, String path, byte[] message) throws IOException, InterruptedException {
        return from.send(
                HttpRequest.newBuilder(uri(path))
                        .timeout(PATIENCE)
                        .header("Content-Type", Protocol.JSON)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(message))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> enroll(Token token, KeyPair pair) throws IOException, InterruptedException {
        String key = Keys.text(pair.getPublic());
        EnrollRequest request = new EnrollRequest(token.text(), key, Keys.prove(pair.getPrivate(), token, key));
        return post(stranger(token), Protocol.ENROLL, Messages.write(request));
    }

    /** Lets somebody join, when strangers are let in. */
    Member join(String token) throws IOException, InterruptedException {
        KeyPair pair = Keys.generate();
        HttpResponse<byte[]> answer = enroll(Token.parse(token).orElseThrow(), pair);
        while (answer.statusCode() == BUSY) {
            answer = enroll(Token.parse(token).orElseThrow(), pair);
        }
        if (answer.statusCode() != 200) {
            throw new IOException(new String(answer.body(), StandardCharsets.UTF_8));
        }
        EnrollReply reply = Messages.enrollReply(answer.body());
        Identity identity = new Identity(
                pair.getPrivate(), Certificates.parse(reply.certificate()), Certificates.parse(reply.ca()));
        return new Member(identity, reply.lastRuns());
    }

    /** A connection in clear text. */
    Socket plain() throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /** A connection of somebody who trusts anybody and speaks what is wanted. */
    SSLSocket anybody(String... protocols) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Trusting()}, new SecureRandom());
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setEnabledProtocols(protocols);
            return socket;
        } catch (java.security.GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** Says something, and what comes back until the other side or the time is at its end, or so much has come. */
    static String talk(Socket socket, byte[] said, int most) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(said);
        out.flush();
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            heard.write(next);
            if (heard.size() == most) {
                break;
            }
        }
        return heard.toString(StandardCharsets.ISO_8859_1);
    }

    /** The head of a request with a body of that length. */
    byte[] head(String method, String path, String type, long length) {
        return (method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nContent-Type: " + type
                        + "\r\nContent-Length: " + length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    byte[] request(String method, String path, String type, byte[] body) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head(method, path, type, body.length));
        request.writeBytes(body);
        return request.toByteArray();
    }

    /** Who has joined, and may mean harm. */
    final class Member {

        final Identity identity;
        final Map<String, Long> lastRuns;
        final HttpClient http;
        private final UUID incarnation = UUID.randomUUID();
        private long sequence;

        Member(Identity identity, Map<String, Long> lastRuns) throws IOException {
            this.identity = identity;
            this.lastRuns = lastRuns;
            http = client(TlsContexts.of(identity, Clock.systemUTC()));
        }

        SSLSocket socket() throws IOException {
            SSLSocket socket = (SSLSocket) TlsContexts.of(identity, Clock.systemUTC())
                    .getSocketFactory()
                    .createSocket("127.0.0.1", port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return socket;
        }

        /** The line with which a request is answered. */
        String status(byte[] request) throws IOException {
            try (SSLSocket socket = socket()) {
                return talk(socket, request, 12);
            }
        }

        HttpResponse<byte[]> post(String path, byte[] message) throws IOException, InterruptedException {
            return Door.this.post(http, path, message);
        }

        PollRequest next(List<RunInfo> runs) {
            return new PollRequest(incarnation, ++sequence, List.of(), runs, false);
        }

        HttpResponse<byte[]> poll(List<RunInfo> runs) throws IOException, InterruptedException {
            return post(Protocol.POLL, Messages.write(next(runs)));
        }

        /** Polls until there is an order, and no longer than somebody may wait. */
        Optional<PollReply.Order> order(RunInfo run) throws IOException, InterruptedException {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() - end < 0) {
                HttpResponse<byte[]> answer = poll(List.of(run));
                if (answer.statusCode() != 200) {
                    return Optional.empty();
                }
                PollReply reply = Messages.pollReply(answer.body());
                Optional<PollReply.Order> order = reply.orders().stream()
                        .filter(each -> each.run().equals(run.id()))
                        .findFirst();
                if (order.isPresent()
                        || !reply.problems().isEmpty()
                        || !reply.receipts().isEmpty()) {
                    return order;
                }
            }
            return Optional.empty();
        }

        HttpResponse<byte[]> put(RunId run, long from, byte[] body) throws IOException, InterruptedException {
            String path = String.join(
                    "/", Protocol.RUNS, run.origin(), run.backup(), Long.toString(run.number()), Long.toString(from));
            HttpRequest request = HttpRequest.newBuilder(uri(path))
                    .timeout(PATIENCE)
                    .header("Content-Type", Protocol.FRAMES)
                    .PUT(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        }

        /** Announces a run, and sends it when that is ordered. */
        HttpResponse<byte[]> send(String origin, long number, long base, CraftedRun run)
                throws IOException, InterruptedException {
            RunInfo info = run(origin, number, base, run.count(), run.bytes().length);
            if (order(info).isEmpty()) {
                throw new IOException("run " + info.id() + " is not ordered");
            }
            return put(info.id(), 0, run.bytes());
        }
    }

    static RunInfo run(String origin, long number, long base, long frames, long bytes) {
        RunId id = new RunId(origin, BACKUP, number);
        return new RunInfo(id, CraftedRun.IDENTITY, base, Instant.now(), null, false, frames, bytes, 1);
    }

    static String code(HttpResponse<byte[]> answer) throws IOException {
        return Messages.errorReply(answer.body()).code();
    }

    private static final class Trusting extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

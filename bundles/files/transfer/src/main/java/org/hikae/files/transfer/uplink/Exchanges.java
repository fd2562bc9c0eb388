package org.hikae.files.transfer.uplink;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.hikae.files.transfer.identity.TlsContexts;
import org.hikae.files.transfer.message.ErrorReply;
import org.hikae.files.transfer.message.MessageException;
import org.hikae.files.transfer.message.Messages;
import org.hikae.files.transfer.message.Protocol;

/** Requests to a center, and its answers. Closing it ends all that go on. Thread-safe. */
final class Exchanges implements Closeable {
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;

    /** What a server says to requests for a host that it does not know comes from no center. */
    private static final String UNKNOWN_NAME =
            "; if the center is not known by the host in its address, name it there: 'center start --name HOST'";

    private static final int MAX_ERROR = 1 << 16;
    private static final int MAX_RETRY_AFTER = 24 * 3600;

    private final String root;
    /** Host and port, as people are told. */
    private final String where;

    private final UplinkTimes times;

    /** Null: closed. Its connections are closed when nobody refers to it. */
    private volatile HttpClient client;

    private final Set<CompletableFuture<HttpResponse<StreamBody>>> waiting = ConcurrentHashMap.newKeySet();
    private final Set<StreamBody> reading = ConcurrentHashMap.newKeySet();

    Exchanges(URI address, SSLContext tls, UplinkTimes times) throws IOException {
        this.root = root(address);
        this.where = address.getRawAuthority();
        this.times = times;
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(times.connect())
                .sslContext(tls)
                .sslParameters(TlsContexts.parameters())
                .executor(Threads.daemons("hikae-uplink-http"))
                .build();
    }

    private static String root(URI address) throws IOException {
        boolean whole = "https".equals(address.getScheme())
                && address.getHost() != null
                && address.getRawUserInfo() == null
                && address.getRawQuery() == null
                && address.getRawFragment() == null;
        if (!whole) {
            throw new IOException("the address of a center is https://HOST:PORT, not " + address);
        }
        String text = address.toString();
        return (text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + Protocol.ROOT;
    }

    /** The message that a resource has. */
    byte[] get(String resource) throws IOException {
        return whole(request(resource).GET().build(), times.answer());
    }

    /**
     * The message that answers a message.
     *
     * @param extra how long the center may take on purpose
     */
    byte[] post(String resource, byte[] message, Duration extra) throws IOException {
        return whole(post(resource, message), times.answer().plus(extra));
    }

    /** What answers a message, as it comes. */
    StreamBody stream(String resource, byte[] message) throws IOException {
        return answer(send(post(resource, message)), times.answer());
    }

    /** Sends frames. */
    CompletableFuture<HttpResponse<StreamBody>> put(String resource, BodyPublisher body) throws IOException {
        return send(request(resource)
                .header("Content-Type", Protocol.FRAMES)
                .PUT(body)
                .build());
    }

    private HttpRequest post(String resource, byte[] message) {
        return request(resource)
                .header("Content-Type", Protocol.JSON)
                .POST(BodyPublishers.ofByteArray(message))
                .build();
    }

    private HttpRequest.Builder request(String resource) {
        return HttpRequest.newBuilder(URI.create(root + resource));
    }

    private byte[] whole(HttpRequest request, Duration patience) throws IOException {
        try (StreamBody body = answer(send(request), patience)) {
            return bytes(body, Protocol.MAX_RESPONSE);
        }
    }

    private CompletableFuture<HttpResponse<StreamBody>> send(HttpRequest request) throws IOException {
        HttpClient open = client;
        if (open == null) {
            throw new IOException("the uplink is closed");
        }
        CompletableFuture<HttpResponse<StreamBody>> future = open.sendAsync(request, info -> body());
        waiting.add(future);
        future.whenComplete((response, failure) -> waiting.remove(future));
        if (client == null) {
            // Who closes looks at the requests after it has said so: one of the two sees the other.
            giveUp(future);
        }
        return future;
    }

    private StreamBody body() {
        StreamBody[] self = new StreamBody[1];
        StreamBody body = new StreamBody(times.stall(), () -> reading.remove(self[0]));
        self[0] = body;
        reading.add(body);
        if (client == null) {
            body.close();
        }
        return body;
    }

    /** Ends a request, or the answer if that has just come. */
    static void giveUp(CompletableFuture<HttpResponse<StreamBody>> future) {
        future.cancel(true);
        future.thenAccept(response -> response.body().close());
    }

    /**
     * Waits for the answer.
     *
     * @throws HttpTimeoutException if there is none in time: the request is given up
     * @throws RefusedException if it is an error
     */
    StreamBody answer(CompletableFuture<HttpResponse<StreamBody>> future, Duration patience) throws IOException {
        HttpResponse<StreamBody> response = get(future, patience);
        if (response.statusCode() == OK) {
            return response.body();
        }
        try (StreamBody body = response.body()) {
            throw new RefusedException(response.statusCode(), error(response.statusCode(), body), retryAfter(response));
        }
    }

    private HttpResponse<StreamBody> get(CompletableFuture<HttpResponse<StreamBody>> future, Duration patience)
            throws IOException {
        try {
            return future.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            giveUp(future);
            HttpTimeoutException late = new HttpTimeoutException(where + " gives no answer");
            late.initCause(e);
            throw late;
        } catch (InterruptedException e) {
            giveUp(future);
            throw interrupted(e);
        } catch (CancellationException e) {
            throw new IOException("the request was given up", e);
        } catch (ExecutionException e) {
            throw new IOException(why(e.getCause()), e.getCause());
        }
    }

    /** What has happened, and what to look at. */
    private String why(Throwable cause) {
        if (cause.getCause() instanceof UnresolvedAddressException) {
            return "the name in " + where + " is not known on the network; check the address of the center";
        } else if (cause instanceof HttpConnectTimeoutException) {
            return where
                    + " does not answer; check the address of the center, whether its machine is up, and firewalls";
        } else if (cause instanceof ConnectException) {
            return where
                    + " cannot be connected to; check the address of the center, and whether it listens ('center"
                    + " status' there)";
        } else if (cause instanceof SSLException) {
            return where + " and this platform do not accept each other's certificates (" + cause.getMessage()
                    + "); if this one was replaced or revoked, join again with a new token";
        }
        return "the connection to " + where + " was cut off: "
                + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
    }

    private static ErrorReply error(int status, StreamBody body) throws IOException {
        try {
            return Messages.errorReply(bytes(body, MAX_ERROR));
        } catch (MessageException e) {
            String why = "there came an answer with the status " + status;
            return new ErrorReply("", status == BAD_REQUEST ? why + UNKNOWN_NAME : why);
        }
    }

    private static Duration retryAfter(HttpResponse<StreamBody> response) {
        String text = response.headers().firstValue("Retry-After").orElse("");
        boolean seconds = text.matches("[0-9]{1,9}");
        return Duration.ofSeconds(seconds ? Math.min(Integer.parseInt(text), MAX_RETRY_AFTER) : 0);
    }

    /** All of a body, which is closed. */
    static byte[] bytes(StreamBody body, int max) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(1 << 14);
        try (body) {
            while (body.read(buffer) >= 0) {
                bytes.write(buffer.array(), 0, buffer.position());
                buffer.clear();
                if (bytes.size() > max) {
                    throw new MessageException("an answer of more than " + max + " bytes");
                }
            }
        }
        return bytes.toByteArray();
    }

    static InterruptedIOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        InterruptedIOException interrupted = new InterruptedIOException("interrupted while waiting for an answer");
        interrupted.initCause(e);
        return interrupted;
    }

    @Override
    public void close() {
        client = null;
        waiting.forEach(Exchanges::giveUp);
        reading.forEach(StreamBody::close);
    }
}

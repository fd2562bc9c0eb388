package org.hikae.files.center;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.center.CollectionRequest;
import org.hikae.api.files.center.Conditions;
import org.hikae.api.files.center.Transfer;
import org.hikae.api.files.relay.Above;
import org.hikae.files.center.authority.ListenAddress;
import org.hikae.files.center.authority.ServerKeys;
import org.hikae.files.center.collect.Limits;
import org.hikae.files.center.plan.LaxityPlanner;
import org.hikae.files.center.plan.Settings;
import org.hikae.files.center.store.CenterStore;
import org.hikae.files.center.table.Tables;
import org.hikae.files.center.table.TestTables;
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
import org.hikae.files.transfer.run.FrameCodec;

/** A center that listens on loopback with the real server, and clients of it; what it stores is in memory. */
public final class Lab implements AutoCloseable {

    public static final Duration PATIENCE = Duration.ofSeconds(20);
    public static final Conditions ANY = new Conditions(List.of(), 4, List.of(), 0, 0);

    public final FakeStore store;
    private final Tables tables;
    public final CenterHome home;
    public final RunningCenter center;
    public final ListenAddress address;
    private final ListenedOn listener = new ListenedOn();

    public Lab(Path folder) throws IOException {
        this(folder, InstantSource.system(), ANY, new FakeStore());
    }

    public Lab(Path folder, InstantSource clock, Conditions conditions, FakeStore store) throws IOException {
        this(folder, clock, conditions, store, store, null);
    }

    /** That of a relay. */
    public Lab(Path folder, CenterStore store, Above above) throws IOException {
        this(folder, InstantSource.system(), ANY, null, store, above);
    }

    private Lab(Path folder, InstantSource clock, Conditions conditions, FakeStore fake, CenterStore store, Above above)
            throws IOException {
        this.store = fake;
        UUID database = UUID.nameUUIDFromBytes(folder.toString().getBytes(StandardCharsets.UTF_8));
        tables = TestTables.open(TestTables.url(database));
        home = new CenterHome(folder, tables, clock);
        address = ListenAddress.parse("127.0.0.1:" + freePort());
        center = new RunningCenter(
                new RunningCenter.Parts(
                        home,
                        store,
                        () -> new LaxityPlanner(Settings.USUAL),
                        listener,
                        () -> Optional.ofNullable(above),
                        clock,
                        System::nanoTime),
                address,
                "m",
                new Limits(conditions, Map.of()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** As the listener of the platform is told to be. */
    private static final class ListenedOn implements Listener.Factory, Listener {

        private Server server;

        @Override
        public Listener listen(ListenAddress listen, ServerKeys keys, jakarta.servlet.Servlet servlet)
                throws IOException {
            server = new Server();
            HttpConfiguration configuration = new HttpConfiguration();
            configuration.setRequestHeaderSize(8192);
            configuration.addCustomizer(new SecureRequestCustomizer());
            ServerConnector connector = new ServerConnector(
                    server, new SslConnectionFactory(tls(keys), "http/1.1"), new HttpConnectionFactory(configuration));
            connector.setHost(listen.host());
            connector.setPort(listen.port());
            connector.setIdleTimeout(60_000);
            server.addConnector(connector);
            ServletContextHandler handler = new ServletContextHandler();
            ServletHolder holder = new ServletHolder(servlet);
            holder.setAsyncSupported(true);
            handler.addServlet(holder, Protocol.ROOT + "*");
            server.setHandler(handler);
            try {
                server.start();
            } catch (Exception e) {
                throw new IOException(e);
            }
            return this;
        }

        private static SslContextFactory.Server tls(ServerKeys keys) {
            SslContextFactory.Server tls = new SslContextFactory.Server();
            tls.setKeyStorePath(keys.keys().toString());
            tls.setKeyStoreType(keys.type());
            tls.setKeyStorePassword(keys.password());
            tls.setTrustStorePath(keys.trusted().toString());
            tls.setTrustStoreType(keys.type());
            tls.setTrustStorePassword(keys.password());
            tls.setWantClientAuth(true);
            tls.setIncludeProtocols("TLSv1.3");
            return tls;
        }

        @Override
        public void close() {
            try {
                server.stop();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    public URI uri(String path) {
        return URI.create("https://" + address + Protocol.ROOT + path);
    }

    /** Without a certificate. */
    public HttpClient stranger() throws IOException {
        return client(
                TlsContexts.joining(Certificates.fingerprint(home.authority().certificate()), Clock.systemUTC()));
    }

    private static HttpClient client(javax.net.ssl.SSLContext context) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(context)
                .connectTimeout(PATIENCE)
                .build();
    }

    /** Lets somebody join as the protocol has it. */
    public Client join(String name, boolean replace) throws IOException, InterruptedException {
        Token token = home.enrolment().invite(name, replace);
        KeyPair pair = Keys.generate();
        HttpResponse<byte[]> answer = enroll(token, pair);
        if (answer.statusCode() != 200) {
            throw new IOException(new String(answer.body(), StandardCharsets.UTF_8));
        }
        EnrollReply reply = Messages.enrollReply(answer.body());
        return new Client(
                new Identity(
                        pair.getPrivate(), Certificates.parse(reply.certificate()), Certificates.parse(reply.ca())),
                reply.lastRuns());
    }

    /** As the command does it. */
    public void revoke(String name) throws IOException {
        home.members().revoke(name);
        center.collector().expel(name);
    }

    public HttpResponse<byte[]> enroll(Token token, KeyPair pair) throws IOException, InterruptedException {
        String key = Keys.text(pair.getPublic());
        EnrollRequest request = new EnrollRequest(token.text(), key, Keys.prove(pair.getPrivate(), token, key));
        return post(stranger(), Protocol.ENROLL, Messages.write(request));
    }

    public HttpResponse<byte[]> post(HttpClient from, String path, byte[] message)
            throws IOException, InterruptedException {
        return from.send(
                HttpRequest.newBuilder(uri(path))
                        .timeout(Duration.ofSeconds(70))
                        .header("Content-Type", Protocol.JSON)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(message))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Who has joined. */
    public final class Client {

        public final Identity identity;
        public final Map<String, Long> lastRuns;
        public final HttpClient http;
        private final UUID incarnation = UUID.randomUUID();
        private long sequence;

        Client(Identity identity, Map<String, Long> lastRuns) throws IOException {
            this.identity = identity;
            this.lastRuns = lastRuns;
            http = client(TlsContexts.of(identity, Clock.systemUTC()));
        }

        public SSLSocket socket() throws IOException {
            return (SSLSocket) TlsContexts.of(identity, Clock.systemUTC())
                    .getSocketFactory()
                    .createSocket(address.host(), address.port());
        }

        public HttpResponse<byte[]> poll(List<RunInfo> runs) throws IOException, InterruptedException {
            return post(http, Protocol.POLL, Messages.write(next(runs)));
        }

        public PollRequest next(List<RunInfo> runs) {
            return new PollRequest(incarnation, ++sequence, List.of(), runs, false);
        }

        /** Polls until there is an order for the run. */
        public PollReply.Order order(List<RunInfo> runs, RunInfo of) throws IOException, InterruptedException {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < end) {
                PollReply reply = Messages.pollReply(poll(runs).body());
                Optional<PollReply.Order> order = reply.orders().stream()
                        .filter(each -> each.run().equals(of.id()))
                        .findFirst();
                if (order.isPresent()) {
                    return order.get();
                }
            }
            throw new AssertionError("no order came");
        }

        public HttpResponse<byte[]> put(RunId run, long from, byte[] body) throws IOException, InterruptedException {
            return http.send(
                    put(run, from, HttpRequest.BodyPublishers.ofByteArray(body)),
                    HttpResponse.BodyHandlers.ofByteArray());
        }

        public HttpRequest put(RunId run, long from, HttpRequest.BodyPublisher body) {
            String path = String.join(
                    "/", Protocol.RUNS, run.origin(), run.backup(), Long.toString(run.number()), Long.toString(from));
            return HttpRequest.newBuilder(uri(path))
                    .timeout(Duration.ofSeconds(70))
                    .header("Content-Type", Protocol.FRAMES)
                    .PUT(body)
                    .build();
        }
    }

    /** Announces so many frames, each of so many bytes about. */
    public static RunInfo run(String origin, long number, long base, long frames, long bytes) {
        return new RunInfo(
                new RunId(origin, "b", number),
                new UUID(1, number),
                base,
                Instant.now(),
                null,
                false,
                frames,
                bytes * frames,
                1);
    }

    /** Frames with bytes that cannot be compressed. */
    public static byte[] frames(long first, int many, int bytes) {
        Random random = new Random(7);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (FrameCodec codec = new FrameCodec()) {
            for (int i = 0; i < many; i++) {
                byte[] raw = new byte[bytes];
                random.nextBytes(raw);
                ByteBuffer frame =
                        codec.encode(first + i, 1, ByteBuffer.wrap(raw)).bytes();
                byte[] stored = new byte[frame.remaining()];
                frame.get(stored);
                out.writeBytes(stored);
            }
        }
        return out.toByteArray();
    }

    /** Transfers that have ended, the newest first. */
    public List<Transfer> history(String client) {
        List<Transfer> all = new ArrayList<>();
        try {
            home.ledger().transfers(client, all::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    /** What waits and runs. */
    public List<CollectionRequest> waiting() {
        List<CollectionRequest> all = new ArrayList<>();
        center.collector().requests().waiting(all::add);
        return all;
    }

    /** Waits until it is so. */
    public static void await(BooleanSupplier so) throws InterruptedException {
        BlockingQueue<Object> never = new LinkedBlockingQueue<>();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not come");
            }
            never.poll(10, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        center.close();
        home.close();
        tables.close();
    }
}

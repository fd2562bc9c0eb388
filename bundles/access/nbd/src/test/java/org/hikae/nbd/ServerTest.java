package org.hikae.nbd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.hikae.nbd.export.Catalogue;
import org.hikae.nbd.export.Lease;
import org.hikae.nbd.server.Clients;
import org.hikae.nbd.server.HomeSocket;
import org.hikae.nbd.server.TcpPort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients at real sockets: several at once, slow ones, and such as vanish. */
@Timeout(60)
class ServerTest {

    private static final int SIZE = 8 << 20;
    private static final int ESHUTDOWN = 108;
    private static final String CONNECTED = "the handshake is over";

    @TempDir
    Path folder;

    private final MemoryDevice device = new MemoryDevice(SIZE);
    private final List<Client> all = new ArrayList<>();
    private Clients clients;
    private HomeSocket socket;

    private final Catalogue catalogue = new Catalogue() {
        @Override
        public List<Entry> list() {
            return List.of();
        }

        @Override
        public Lease open(String name) {
            return new TestLease(name, device);
        }
    };

    @BeforeEach
    void start() throws IOException {
        start(Duration.ofSeconds(30));
    }

    private void start(Duration patience) throws IOException {
        clients = new Clients(catalogue, patience);
        socket = new HomeSocket(folder, clients);
    }

    @AfterEach
    void stop() throws IOException {
        device.before = () -> {};
        for (Client client : all) {
            client.close();
        }
        socket.close();
        clients.close();
    }

    /** A client at a socket. */
    private static final class Client implements AutoCloseable {
        private final SocketChannel channel;

        Client(SocketAddress address) throws IOException {
            channel = SocketChannel.open(address);
        }

        Client say(ClientBytes bytes) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes.bytes());
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            return this;
        }

        byte[] hear(int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(length);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer) < 0) {
                    throw new EOFException("after " + buffer.position() + " bytes");
                }
            }
            return buffer.array();
        }

        /** Everything until the server ends. */
        byte[] hearOut() throws IOException {
            ByteArrayOutputStream heard = new ByteArrayOutputStream();
            ByteBuffer buffer = ByteBuffer.allocate(65536);
            while (channel.read(buffer) >= 0) {
                heard.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
            return heard.toByteArray();
        }

        /** The answer to a request that has no data, or to a simple read. */
        ServerBytes.Answer answer(int length) throws IOException {
            return new ServerBytes(hear(16 + length)).answer(length);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private Client connect() throws IOException {
        Client client = new Client(UnixDomainSocketAddress.of(socket.path()));
        all.add(client);
        return client;
    }

    /** A client in the transmission phase, with simple replies. */
    private Client ready() throws IOException {
        Client client = connect();
        client.say(new ClientBytes().flags(3).option(ClientBytes.EXPORT_NAME, "data".getBytes()));
        assertThat(client.hear(18 + 10)).as(CONNECTED).isNotEmpty();
        return client;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ClientBytes read(long cookie, long length) {
        return new ClientBytes().request(0, ClientBytes.READ, cookie, 0, length);
    }

    @Test
    void theSocketIsItsOwnersAlone() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.path())))
                .isEqualTo("rw-------");
        assertThat(socket.path()).isEqualTo(folder.resolve("nbd.sock"));
    }

    @Test
    void aStaleSocketIsReplacedAndRemovedInTheEnd() throws IOException {
        socket.close();
        assertThat(Files.exists(folder.resolve("nbd.sock"))).isFalse();
        Files.writeString(folder.resolve("nbd.sock"), "stale");
        socket = new HomeSocket(folder, clients);
        assertThat(ready().say(read(1, 1)).answer(1).code()).isZero();
    }

    @Nested
    class OneClient {

        /** All of them are under way before the first is answered. */
        @Test
        void hasManyRequestsInFlight() throws Exception {
            int count = 16;
            CountDownLatch together = new CountDownLatch(count);
            device.before = () -> {
                together.countDown();
                await(together);
            };
            Client client = ready();
            for (int i = 0; i < count; i++) {
                client.say(read(i, 512));
            }
            List<Long> cookies = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                cookies.add(client.answer(512).cookie());
            }
            assertThat(cookies).doesNotHaveDuplicates();
        }

        @Test
        void thatDisconnectsGetsWhatWasInFlight() throws Exception {
            CountDownLatch go = new CountDownLatch(1);
            CountDownLatch begun = new CountDownLatch(1);
            device.before = () -> {
                begun.countDown();
                await(go);
            };
            Client client = ready();
            client.say(read(7, 512)).say(new ClientBytes().request(0, ClientBytes.DISC, 8, 0, 0));
            begun.await();
            assertThat(device.closed).isFalse();
            device.before = () -> {};
            go.countDown();
            assertThat(client.hearOut()).hasSize(16 + 512);
            assertThat(device.closed)
                    .as("closed before the client sees the end")
                    .isTrue();
        }

        @Test
        void thatVanishesInMidWriteLeavesNothing() throws Exception {
            Client client = ready();
            client.say(new ClientBytes()
                    .request(0, ClientBytes.WRITE, 7, 0, 100_000)
                    .raw(new byte[50_000]));
            client.close();
            Awaitility.await().until(() -> device.closed);
            assertThat(device.calls).containsExactly("close");
        }

        @Test
        void thatDoesNotListenHoldsUpNobodyElse() throws Exception {
            List<Client> deaf = List.of(ready(), ready(), ready(), ready(), ready(), ready());
            for (Client client : deaf) {
                for (int i = 0; i < 20; i++) {
                    client.say(read(i, 4 << 20));
                }
            }
            Awaitility.await().until(() -> device.calls.size() >= deaf.size());
            Client other = ready();
            for (int i = 0; i < 100; i++) {
                assertThat(other.say(read(i, 1 << 20)).answer(1 << 20).cookie()).isEqualTo(i);
            }
        }
    }

    @Nested
    class Handshakes {

        @Test
        void thatTakeTooLongAreBrokenOff() throws Exception {
            stop();
            start(Duration.ofMillis(200));
            Client silent = connect();
            Client slow = connect();
            slow.say(new ClientBytes().flags(3).raw(new byte[] {'I'}));
            assertThat(silent.hearOut()).hasSize(18);
            assertThat(slow.hearOut()).hasSize(18);
        }

        @Test
        void inTimeMakeClientsThatMayBeSlow() throws Exception {
            stop();
            start(Duration.ofMillis(200));
            Client slow = ready();
            Client silent = connect();
            assertThat(silent.hearOut()).as("its time is over").hasSize(18);
            assertThat(slow.say(read(1, 1)).answer(1).code()).isZero();
        }

        @Test
        void areLimitedInNumber() throws Exception {
            for (int i = 0; i < 256; i++) {
                connect();
            }
            for (Client client : List.copyOf(all)) {
                client.hear(18);
            }
            assertThat(connect().hearOut()).isEmpty();
            all.get(0).close();
            Awaitility.await().until(() -> isLetIn(connect()));
        }

        private boolean isLetIn(Client client) throws IOException {
            try {
                client.hear(18);
                return true;
            } catch (EOFException e) {
                return false;
            }
        }
    }

    @Nested
    class TheEnd {

        @Test
        void finishesWhatIsInFlightAndRefusesTheRest() throws Exception {
            CountDownLatch go = new CountDownLatch(1);
            CountDownLatch begun = new CountDownLatch(1);
            Client client = ready();
            device.before = () -> {
                begun.countDown();
                await(go);
            };
            client.say(read(1, 512));
            begun.await();
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(clients::close);
            Awaitility.await().until(() -> {
                client.say(read(2, 0));
                return client.answer(0).code() == ESHUTDOWN;
            });
            assertThat(stopped).isNotDone();
            go.countDown();
            assertThat(client.answer(512).cookie()).isEqualTo(1);
            assertThat(client.hearOut()).isEmpty();
            stopped.get();
            assertThat(device.closed).isTrue();
        }

        @Test
        void waitsForNobodyWhoIsIdle() throws Exception {
            Client client = ready();
            clients.close();
            assertThat(client.hearOut()).isEmpty();
            assertThat(connect().hearOut()).as("nobody is let in any more").isEmpty();
        }
    }

    @Nested
    class Tcp {

        @Test
        void isServedWhileItIsOpen() throws Exception {
            try (TcpPort port = new TcpPort(clients)) {
                String address = port.open("127.0.0.1:0");
                assertThat(port.open(address)).isEqualTo(address);
                Client client = new Client(new InetSocketAddress("127.0.0.1", portOf(address)));
                all.add(client);
                assertThat(client.hear(18)).isNotEmpty();
                String other = port.open("127.0.0.1:0");
                assertThat(other).isNotEqualTo(address);
                Awaitility.await().until(() -> isRefused(portOf(address)));
                port.close();
                assertThat(port.address()).isEmpty();
                client.say(new ClientBytes().flags(3).option(ClientBytes.ABORT));
                assertThat(client.hearOut()).as("who is in stays").hasSize(20);
            }
        }

        @Test
        void aPortThatIsTakenChangesNothing() throws Exception {
            try (TcpPort port = new TcpPort(clients);
                    TcpPort other = new TcpPort(clients)) {
                String taken = other.open("127.0.0.1:0");
                String address = port.open("127.0.0.1:0");
                assertThatThrownBy(() -> port.open(taken)).hasMessageContaining("cannot listen on " + taken);
                assertThat(port.address()).contains(address);
            }
        }

        /** The system may take connections for a moment after the socket was closed; but nobody is served. */
        private boolean isRefused(int port) throws IOException {
            try (Client client = new Client(new InetSocketAddress("127.0.0.1", port))) {
                assertThatThrownBy(() -> client.hear(18)).isInstanceOf(IOException.class);
                return false;
            } catch (ConnectException e) {
                return true;
            }
        }

        private int portOf(String address) {
            return Integer.parseInt(address.replaceFirst(".*:", ""));
        }
    }
}

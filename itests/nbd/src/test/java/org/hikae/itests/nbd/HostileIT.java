package org.hikae.itests.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** I9: clients that mean no good, at the socket of a real platform. An honest one is served all along. */
@Timeout(60)
class HostileIT {

    private static final int SIZE = 16 << 20;
    private static final long OPTION = 0x49484156454f5054L;

    @TempDir
    static Path folder;

    private static Hikae hikae;
    private static Client honest;

    @BeforeAll
    static void serve() throws Exception {
        hikae = new Hikae(folder);
        Files.createDirectories(hikae.home().resolve("etc"));
        hikae.ok("disk", "list");
        Files.writeString(hikae.home().resolve("etc").resolve("org.hikae.nbd.config"), "handshakeSeconds=I\"1\"\n");
        hikae.serve();
        hikae.addDisk("data", SIZE);
        honest = Client.of(socket(), "data");
    }

    private static Path socket() {
        return hikae.home().resolve("nbd.sock");
    }

    @AfterAll
    static void stop() throws Exception {
        honest.close();
        hikae.close();
    }

    @AfterEach
    void anHonestClientIsServed() throws Exception {
        assertThat(honest.read(0, 1)).hasSize(1);
        Tool.ok(folder, "nbdinfo", hikae.uri("data"));
    }

    private static void assertDropped(Client client) throws IOException {
        while (!client.isEnded()) {
            // what it was told before
        }
    }

    @Test
    void whoIsSilentIsDropped() throws Exception {
        try (Client client = new Client(socket())) {
            client.hear(18);
            assertDropped(client);
        }
    }

    @Test
    void whoSaysAByteNowAndThenIsDropped() throws Exception {
        try (Client client = new Client(socket())) {
            client.hear(18);
            boolean dropped = false;
            long next = System.nanoTime();
            while (!dropped) {
                if (System.nanoTime() >= next) {
                    next += 50_000_000;
                    dropped = isDropped(client);
                }
                Thread.onSpinWait();
            }
        }
    }

    private static boolean isDropped(Client client) {
        try {
            client.say(ByteBuffer.allocate(1));
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void whoBeginsWithSomethingElseIsDropped() throws Exception {
        try (Client client = new Client(socket())) {
            client.say(ByteBuffer.wrap("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes()));
            assertDropped(client);
        }
    }

    @Test
    void whoAnnouncesTooMuchIsDropped() throws Exception {
        try (Client client = new Client(socket())) {
            client.say(
                    ByteBuffer.allocate(20).putInt(3).putLong(OPTION).putInt(3).putInt(-1));
            assertDropped(client);
        }
    }

    @Test
    void whoMakesNoSenseAfterTheHandshakeIsDropped() throws Exception {
        try (Client client = Client.of(socket(), "data")) {
            client.say(ByteBuffer.allocate(28));
            assertDropped(client);
        }
    }

    @Test
    void whoWritesForeverAndSendsNothingHoldsUpNobody() throws Exception {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Client client = Client.of(socket(), "data");
            clients.add(client);
            client.request(Client.WRITE, 0, -1);
        }
        for (int i = 0; i < 100; i++) {
            assertThat(honest.write(i, new byte[512])).isZero();
        }
        for (Client client : clients) {
            client.close();
        }
    }

    @Test
    void whoReadsAndDoesNotListenHoldsUpNobody() throws Exception {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Client client = Client.of(socket(), "data");
            clients.add(client);
            for (int request = 0; request < 30; request++) {
                client.request(Client.READ, 0, SIZE);
            }
        }
        for (int i = 0; i < 20; i++) {
            assertThat(honest.read(0, 4 << 20)).hasSize(4 << 20);
        }
        for (Client client : clients) {
            client.close();
        }
    }

    @Test
    void tooManyAreTurnedAwayAndThereIsRoomAgain() throws Exception {
        List<Client> clients = new ArrayList<>();
        int turnedAway = 0;
        for (int i = 0; i < 300; i++) {
            Client client = new Client(socket());
            clients.add(client);
            try {
                client.hear(18);
            } catch (EOFException e) {
                turnedAway++;
            }
        }
        assertThat(turnedAway).isPositive();
        for (Client client : clients) {
            client.close();
        }
    }

    @Test
    void noiseIsDropped() throws Exception {
        Random random = new Random(Long.getLong("hikae.seed", 1));
        for (int i = 0; i < 200; i++) {
            byte[] noise = new byte[random.nextInt(2000)];
            random.nextBytes(noise);
            try (Client client = i % 2 == 0 ? new Client(socket()) : Client.of(socket(), "data")) {
                client.say(ByteBuffer.wrap(noise));
            } catch (IOException e) {
                assertThat(e).as("the server may have ended already").hasMessageContaining("Broken pipe");
            }
        }
    }
}

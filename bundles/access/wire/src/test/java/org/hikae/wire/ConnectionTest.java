package org.hikae.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTest {

    @Test
    void framesArriveAsTheyWereSent() throws IOException {
        try (Pair pair = Pair.open()) {
            Connection one = new Connection(pair.one());
            Connection other = new Connection(pair.other());
            CompletableFuture<Void> greeting = CompletableFuture.runAsync(() -> greet(one));
            other.greet();
            greeting.join();

            one.send(FrameType.CANCEL);
            one.send(FrameType.WIDTH, 123);
            one.send(FrameType.INPUT, "é\0".getBytes(StandardCharsets.UTF_8));
            pair.one().shutdownOutput();

            assertThat(other.read().type()).isEqualTo(FrameType.CANCEL);
            Frame width = other.read();
            assertThat(width.type()).isEqualTo(FrameType.WIDTH);
            assertThat(width.number()).isEqualTo(123);
            assertThat(other.read().content()).isEqualTo("é\0".getBytes(StandardCharsets.UTF_8));
            assertThat(other.read()).isNull();
        }
    }

    private static void greet(Connection connection) {
        try {
            connection.greet();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Timeout(30)
    void framesOfManyThreadsStayWhole() throws Exception {
        int threads = 8;
        int frames = 200;
        try (Pair pair = Pair.open()) {
            Connection one = new Connection(pair.one());
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                byte[] content = new byte[5000];
                Arrays.fill(content, (byte) thread);
                writers.add(
                        CompletableFuture.runAsync(() -> send(one, content, frames), task -> new Thread(task).start()));
            }
            Connection other = new Connection(pair.other());
            for (int i = 0; i < threads * frames; i++) {
                byte[] content = other.read().content();
                byte[] whole = new byte[content.length];
                Arrays.fill(whole, content[0]);
                assertThat(content).isEqualTo(whole);
            }
            for (CompletableFuture<Void> writer : writers) {
                writer.get(10, TimeUnit.SECONDS);
            }
        }
    }

    private static void send(Connection connection, byte[] content, int times) {
        try {
            for (int i = 0; i < times; i++) {
                connection.send(FrameType.OUTPUT, content);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whoIsRefusedBeforeTheGreetingGetsNone() throws IOException {
        try (Pair pair = Pair.open()) {
            Connection connection = new Connection(pair.one());
            connection.refuse();

            assertThat(pair.other().read(ByteBuffer.allocate(1))).isEqualTo(-1);
            assertThatThrownBy(connection::greet).isInstanceOf(ClosedChannelException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1", "hikae\2", "HIKAE\1", "HIKAE\3", "HIKA"})
    void strangersAreTurnedAway(String greeting) throws IOException {
        try (Pair pair = Pair.open()) {
            pair.one().write(StandardCharsets.ISO_8859_1.encode(greeting));
            pair.one().shutdownOutput();

            Connection connection = new Connection(pair.other());
            assertThatThrownBy(connection::greet)
                    .isInstanceOfAny(ProtocolException.class, VersionException.class, EOFException.class);
        }
    }

    @Test
    void whatIsTooLongIsNotSent() throws IOException {
        try (Pair pair = Pair.open()) {
            Connection connection = new Connection(pair.one());

            assertThatThrownBy(() -> connection.send(FrameType.INPUT, new byte[(1 << 16) + 1]))
                    .isInstanceOf(ProtocolException.class);
        }
    }

    @Property
    void anyBytesAreFramesOrRefused(@ForAll @Size(max = 200) byte[] bytes) throws IOException {
        try (Pair pair = Pair.open()) {
            pair.one().write(ByteBuffer.wrap(bytes));
            pair.one().shutdownOutput();
            Connection connection = new Connection(pair.other());
            int left = bytes.length;
            try {
                for (Frame frame = connection.read(); frame != null; frame = connection.read()) {
                    left -= 5 + frame.content().length;
                }
                assertThat(left).isZero();
            } catch (ProtocolException | EOFException e) {
                assertThat(left).isPositive();
            }
        }
    }

    @Property
    void aHeaderAloneSaysEnough(@ForAll FrameType type, @ForAll int length) throws IOException {
        try (Pair pair = Pair.open()) {
            ByteBuffer header =
                    ByteBuffer.allocate(5).put(type.code).putInt(length).flip();
            pair.one().write(header);
            pair.one().shutdownOutput();

            Connection connection = new Connection(pair.other());
            if (length < 0 || length > type.limit()) {
                assertThatThrownBy(connection::read).isInstanceOf(ProtocolException.class);
            } else if (length > 0) {
                assertThatThrownBy(connection::read).isInstanceOf(EOFException.class);
            } else {
                assertThat(connection.read().type()).isEqualTo(type);
            }
        }
    }

    @Test
    void noTwoFramesLookTheSame() {
        Set<Byte> codes = new TreeSet<>();
        for (FrameType type : FrameType.values()) {
            assertThat(codes.add(type.code)).as(type.name()).isTrue();
        }
    }
}

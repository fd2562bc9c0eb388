package org.hikae.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hikae.nbd.export.Catalogue;
import org.hikae.nbd.export.Lease;
import org.hikae.nbd.handshake.Agreement;
import org.hikae.nbd.handshake.Handshake;
import org.hikae.nbd.protocol.Input;
import org.hikae.nbd.protocol.Output;
import org.hikae.nbd.session.Payloads;
import org.hikae.nbd.session.Session;

/** I9: whatever a client says, the server keeps to the protocol, comes to an end, and closes what it opened. */
class HostileTest {

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final int SIZE = 1 << 20;

    /** A change of what an honest client says. */
    record Damage(int at, int kind, int value, long bits) {

        byte[] of(byte[] bytes) {
            if (bytes.length == 0) {
                return bytes;
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            int place = Math.floorMod(at, bytes.length);
            byte[] number = ByteBuffer.allocate(8).putLong(bits).array();
            switch (kind) {
                case 0 -> { // another byte
                    byte[] other = bytes.clone();
                    other[place] = (byte) value;
                    out.writeBytes(other);
                }
                case 1 -> out.write(bytes, 0, place); // cut off
                case 2 -> { // a number over whatever is there
                    byte[] other = bytes.clone();
                    System.arraycopy(number, 0, other, place, Math.min(8, other.length - place));
                    out.writeBytes(other);
                }
                case 3 -> { // something in between
                    out.write(bytes, 0, place);
                    out.write(number, 0, 1 + Math.floorMod(value, 8));
                    out.write(bytes, place, bytes.length - place);
                }
                default -> { // something twice
                    out.write(bytes, 0, place);
                    out.writeBytes(bytes);
                }
            }
            return out.toByteArray();
        }
    }

    @Provide
    Arbitrary<List<Damage>> damages() {
        Arbitrary<Long> numbers = Arbitraries.oneOf(
                Arbitraries.longs(),
                Arbitraries.of(-1L, 0L, 1L, Long.MAX_VALUE, Long.MIN_VALUE, 0xffffffffL, 0x7fffffff00000000L));
        return Combinators.combine(
                        Arbitraries.integers().between(0, 5000),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers(),
                        numbers)
                .as(Damage::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    private static byte[] honest() {
        return new ClientBytes()
                .flags(3)
                .option(ClientBytes.STRUCTURED)
                .option(ClientBytes.LIST)
                .meta(ClientBytes.SET_META, "data", "base:allocation")
                .export(ClientBytes.INFO, "data", 1, 2, 3)
                .export(ClientBytes.GO, "data", 3)
                .request(0, ClientBytes.READ, 1, 0, 4096)
                .write(ClientBytes.FUA, 2, 512, new byte[700])
                .request(0, ClientBytes.STATUS, 3, 0, SIZE)
                .request(0, ClientBytes.TRIM, 4, 4096, 8192)
                .request(ClientBytes.NO_HOLE, ClientBytes.ZEROES, 5, 100, 100)
                .request(ClientBytes.DF, ClientBytes.READ, 6, 100, 65536)
                .request(0, ClientBytes.CACHE, 7, 0, SIZE)
                .write(0, 8, 65536, new byte[3000])
                .request(0, ClientBytes.FLUSH, 9, 0, 0)
                .request(0, ClientBytes.DISC, 10, 0, 0)
                .bytes();
    }

    @Property(tries = 3000)
    void damagedConversationsComeToAnEnd(@ForAll("damages") List<Damage> damages) {
        byte[] client = honest();
        for (Damage damage : damages) {
            client = damage.of(client);
        }
        converse(client);
    }

    @Property(tries = 1000)
    void noiseComesToAnEnd(@ForAll byte[] noise) {
        converse(noise);
        converse(new ClientBytes()
                .flags(3)
                .option(ClientBytes.STRUCTURED)
                .export(ClientBytes.GO, "data")
                .raw(noise)
                .bytes());
    }

    private static void converse(byte[] client) {
        long start = System.nanoTime();
        MemoryDevice device = new MemoryDevice(SIZE);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Input input = new Input(Channels.newChannel(new ByteArrayInputStream(client)));
        Output output = new Output(Channels.newChannel(said));
        boolean chosen = false;
        try {
            Agreement agreement = new Handshake(input, output, new OneExport(device)).run();
            chosen = agreement != null;
            if (agreement != null) {
                ByteArrayOutputStream answers = new ByteArrayOutputStream();
                serve(agreement, input, new Output(Channels.newChannel(answers)));
                if (agreement.structured()) {
                    new ServerBytes(answers.toByteArray()).answers();
                }
                agreement.lease().close();
            }
        } catch (IOException e) {
            assertThat(chosen).as("after the handshake nothing is thrown: " + e).isFalse();
        }
        if (!chosen) {
            new ServerBytes(said.toByteArray()).greeting().replies();
        }
        assertThat(device.calls.stream().filter("close"::equals).count())
                .as("everything that was opened is closed")
                .isEqualTo(device.calls.stream().filter("open"::equals).count());
        assertThat(System.nanoTime() - start).isLessThan(LIMIT_NANOS);
    }

    private static void serve(Agreement agreement, Input input, Output output) {
        new Session(agreement, input, output, new Payloads(1), work -> false, () -> {}).run();
    }

    private record OneExport(MemoryDevice device) implements Catalogue {

        @Override
        public List<Entry> list() {
            return List.of(new Entry("data", "a disk"));
        }

        @Override
        public Lease open(String name) throws IOException {
            if (!name.equals("data")) {
                throw new IOException("there is no disk '" + name + "'");
            }
            device.calls.add("open");
            device.closed = false;
            return new TestLease(name, device);
        }
    }
}

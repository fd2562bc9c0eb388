package org.hikae.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Made-up histories of requests against a model: an array of bytes. */
class HistoryTest {

    private static final int SIZE = 3 << 20;

    record Step(int type, int flags, int offset, int length, long seed) {}

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Integer> types = Arbitraries.of(
                ClientBytes.READ, ClientBytes.WRITE, ClientBytes.ZEROES, ClientBytes.TRIM, ClientBytes.STATUS);
        Arbitrary<Integer> flags = Arbitraries.of(0, ClientBytes.FUA, ClientBytes.NO_HOLE, ClientBytes.FAST);
        Arbitrary<Integer> offsets = Arbitraries.integers().between(0, SIZE + 10);
        Arbitrary<Integer> lengths = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 5000), Arbitraries.integers().between(0, SIZE));
        return Combinators.combine(types, flags, offsets, lengths, Arbitraries.longs())
                .as(Step::new)
                .list()
                .ofMaxSize(12);
    }

    @Property(tries = 150)
    void whatIsReadIsWhatWasWrittenLast(@ForAll("histories") List<Step> history) {
        MemoryDevice device = new MemoryDevice(SIZE);
        ClientBytes client = new ClientBytes();
        for (Step step : history) {
            send(client, step);
        }
        ServerBytes server = new ServerBytes(Sessions.run(device, true, true, client.bytes()));
        byte[] model = new byte[SIZE];
        for (Step step : history) {
            check(server, step, model);
        }
        assertThat(server.isAtEnd()).isTrue();
        assertThat(device.content).isEqualTo(model);
    }

    private static void send(ClientBytes client, Step step) {
        if (step.type == ClientBytes.WRITE) {
            client.write(step.flags, 1, step.offset, data(step));
        } else {
            client.request(step.flags, step.type, 1, step.offset, step.length);
        }
    }

    private static byte[] data(Step step) {
        byte[] data = new byte[step.length];
        new Random(step.seed).nextBytes(data);
        return data;
    }

    private static void check(ServerBytes server, Step step, byte[] model) {
        ServerBytes.Answer answer = server.answer(0);
        boolean within = step.offset + (long) step.length <= SIZE;
        boolean flags = (step.flags & ~ClientBytes.FUA) == 0 || step.type == ClientBytes.ZEROES;
        boolean empty = step.type == ClientBytes.STATUS && step.length == 0;
        if (!flags || !within || empty) {
            assertThat(answer.code()).isNotZero();
            return;
        }
        if (answer.code() != 0) {
            assertThat(step.flags).as("only fast zeros may fail").isEqualTo(ClientBytes.FAST);
            return;
        }
        switch (step.type) {
            case ClientBytes.READ -> checkRead(server, answer, step, model);
            case ClientBytes.WRITE -> System.arraycopy(data(step), 0, model, step.offset, step.length);
            case ClientBytes.ZEROES -> Arrays.fill(model, step.offset, step.offset + step.length, (byte) 0);
            case ClientBytes.TRIM -> trim(step, model);
            default -> checkStatus(answer, step, model);
        }
    }

    private static void trim(Step step, byte[] model) {
        int block = MemoryDevice.BLOCK;
        int from = (step.offset + block - 1) / block * block;
        int to = (step.offset + step.length) / block * block;
        if (from < to) {
            Arrays.fill(model, from, to, (byte) 0);
        }
    }

    private static void checkRead(ServerBytes server, ServerBytes.Answer first, Step step, byte[] model) {
        byte[] read = new byte[step.length];
        ServerBytes.Answer answer = first;
        int covered = 0;
        while (true) {
            ByteBuffer data = answer.buffer();
            if (answer.type() == ServerBytes.DATA) {
                int at = (int) data.getLong() - step.offset;
                covered += data.remaining();
                data.get(read, at, data.remaining());
            } else if (answer.type() == ServerBytes.HOLE) {
                data.getLong();
                covered += data.getInt();
            }
            if (answer.last()) {
                break;
            }
            answer = server.answer(0);
        }
        assertThat(covered).isEqualTo(step.length);
        assertThat(read).isEqualTo(Arrays.copyOfRange(model, step.offset, step.offset + step.length));
    }

    /** What is said to be zeros is. */
    private static void checkStatus(ServerBytes.Answer answer, Step step, byte[] model) {
        ByteBuffer extents = answer.buffer();
        extents.getInt();
        int at = step.offset;
        while (extents.hasRemaining()) {
            int length = extents.getInt();
            assertThat(length).isPositive();
            if (extents.getInt() != 0) {
                assertThat(Arrays.mismatch(model, at, at + length, new byte[length], 0, length))
                        .isEqualTo(-1);
            }
            at += length;
        }
        assertThat(at).isEqualTo(step.offset + step.length);
    }
}

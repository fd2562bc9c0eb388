package org.hikae.nbd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.nbd.ClientBytes.CACHE;
import static org.hikae.nbd.ClientBytes.DF;
import static org.hikae.nbd.ClientBytes.DISC;
import static org.hikae.nbd.ClientBytes.FAST;
import static org.hikae.nbd.ClientBytes.FLUSH;
import static org.hikae.nbd.ClientBytes.FUA;
import static org.hikae.nbd.ClientBytes.NO_HOLE;
import static org.hikae.nbd.ClientBytes.READ;
import static org.hikae.nbd.ClientBytes.REQ_ONE;
import static org.hikae.nbd.ClientBytes.STATUS;
import static org.hikae.nbd.ClientBytes.TRIM;
import static org.hikae.nbd.ClientBytes.WRITE;
import static org.hikae.nbd.ClientBytes.ZEROES;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests, one after the other, and their answers. */
class SessionTest {

    private static final int SIZE = 4 << 20;
    private static final int EINVAL = 22;
    private static final int EOVERFLOW = 75;
    private static final int ENOTSUP = 95;
    private static final int ESHUTDOWN = 108;

    private final MemoryDevice device = new MemoryDevice(SIZE);
    private final ClientBytes client = new ClientBytes();

    private ServerBytes run(boolean structured) {
        return new ServerBytes(Sessions.run(device, structured, structured, client.bytes()));
    }

    private List<ServerBytes.Answer> answers() {
        return run(true).answers();
    }

    private void fill(int from, int to) {
        byte[] data = new byte[to - from];
        new Random(from).nextBytes(data);
        System.arraycopy(data, 0, device.content, from, data.length);
        Arrays.fill(device.allocated, from / MemoryDevice.BLOCK, to / MemoryDevice.BLOCK, true);
    }

    private byte[] content(int from, int to) {
        return Arrays.copyOfRange(device.content, from, to);
    }

    @Nested
    class Reads {

        @Test
        void simply() {
            fill(0, 8192);
            client.request(0, READ, 7, 100, 1000);
            ServerBytes.Answer answer = run(false).answer(1000);
            assertThat(answer.type()).isEqualTo(-1);
            assertThat(answer.cookie()).isEqualTo(7);
            assertThat(answer.data()).isEqualTo(content(100, 1100));
        }

        @Test
        void simplyAndLong() {
            fill(0, SIZE);
            client.request(0, READ, 7, 1, SIZE - 2).request(0, READ, 8, 0, 1);
            ServerBytes server = run(false);
            assertThat(server.answer(SIZE - 2).data()).isEqualTo(content(1, SIZE - 1));
            assertThat(server.answer(1).cookie()).isEqualTo(8);
        }

        @Test
        void inChunksWithHoles() {
            fill(1 << 20, (1 << 20) + 65536);
            fill(3 << 20, SIZE);
            client.request(0, READ, 9, 0, SIZE);
            List<ServerBytes.Answer> answers = answers();
            assertThat(answers)
                    .extracting(ServerBytes.Answer::type)
                    .containsExactly(ServerBytes.HOLE, ServerBytes.DATA, ServerBytes.HOLE, ServerBytes.DATA);
            assertThat(answers).extracting(ServerBytes.Answer::last).containsExactly(false, false, false, true);
            assertThat(joined(answers, 0, SIZE)).isEqualTo(device.content);
        }

        /** Every byte between, from chunks that do not overlap. */
        private static byte[] joined(List<ServerBytes.Answer> answers, int offset, int length) {
            byte[] joined = new byte[length];
            int covered = 0;
            for (ServerBytes.Answer answer : answers) {
                ByteBuffer data = answer.buffer();
                int at = (int) data.getLong() - offset;
                if (answer.type() == ServerBytes.HOLE) {
                    covered += data.getInt();
                } else {
                    covered += data.remaining();
                    data.get(joined, at, data.remaining());
                }
            }
            assertThat(covered).isEqualTo(length);
            return joined;
        }

        @Test
        void shortHolesGoWithTheData() {
            for (int at = 0; at < SIZE; at += 8192) {
                fill(at, at + 4096);
            }
            client.request(0, READ, 9, 5, SIZE - 7);
            List<ServerBytes.Answer> answers = answers();
            assertThat(answers).hasSizeLessThan(70).allMatch(answer -> answer.type() == ServerBytes.DATA);
            assertThat(joined(answers, 5, SIZE - 7)).isEqualTo(content(5, SIZE - 2));
        }

        @Test
        void unfragmented() {
            fill(0, 4096);
            client.request(DF, READ, 9, 0, 1 << 20);
            assertThat(answers()).singleElement().satisfies(answer -> {
                assertThat(answer.type()).isEqualTo(ServerBytes.DATA);
                assertThat(answer.data()).hasSize(8 + (1 << 20));
            });
        }

        @Test
        void tooLongToBeUnfragmented() {
            client.request(DF, READ, 9, 0, (1 << 20) + 1);
            assertThat(answers()).singleElement().satisfies(answer -> assertThat(answer.code())
                    .isEqualTo(EOVERFLOW));
        }

        @Test
        void nothing() {
            client.request(0, READ, 9, SIZE, 0);
            assertThat(answers()).singleElement().satisfies(answer -> assertThat(answer.type())
                    .isEqualTo(ServerBytes.NONE));
            assertThat(run(false).answer(0).code()).isZero();
        }

        @Test
        void cacheReadsAndSendsNothing() {
            client.request(0, CACHE, 9, 10, (2 << 20) + 5);
            assertThat(answers()).singleElement().satisfies(answer -> assertThat(answer.code())
                    .isZero());
            assertThat(device.calls).containsExactly("read 10+1048576", "read 1048586+1048576", "read 2097162+5");
        }

        @Test
        void aFailureAfterTheFirstPieceOfASimpleReplyEndsTheConnection() {
            fill(0, SIZE);
            device.before = () -> {
                if (device.calls.size() == 2) {
                    device.failure = new IOException("broken");
                }
            };
            client.request(0, READ, 7, 0, SIZE).request(0, READ, 8, 0, 1);
            ServerBytes server = run(false);
            assertThat(server.answer(2 << 20).code()).isZero();
            assertThat(server.isAtEnd()).as("nothing follows").isTrue();
        }

        @Test
        void aFailureBetweenChunksIsAnErrorChunk() {
            fill(0, SIZE);
            device.before = () -> {
                if (device.calls.stream()
                                .filter(call -> call.startsWith("read"))
                                .count()
                        == 1) {
                    device.failure = new IOException("broken");
                }
            };
            client.request(0, READ, 7, 0, SIZE);
            assertThat(answers())
                    .extracting(ServerBytes.Answer::type)
                    .containsExactly(ServerBytes.DATA, ServerBytes.ERROR);
        }
    }

    @Nested
    class Writes {

        @Test
        void short_() {
            client.write(0, 7, 100, new byte[] {1, 2, 3}).request(0, DISC, 0, 0, 0);
            assertThat(answers()).singleElement().satisfies(answer -> assertThat(answer.code())
                    .isZero());
            assertThat(content(99, 104)).containsExactly(0, 1, 2, 3, 0);
            assertThat(device.calls).containsExactly("write 100+3");
        }

        @Test
        void longerThanTheBuffers() {
            byte[] data = new byte[(3 << 20) + 17];
            new Random(1).nextBytes(data);
            client.write(FUA, 7, 11, data);
            assertThat(answers()).singleElement().satisfies(answer -> assertThat(answer.code())
                    .isZero());
            assertThat(content(11, 11 + data.length)).isEqualTo(data);
            assertThat(device.calls)
                    .as("durable after all of it")
                    .containsExactly(
                            "write 11+1048576",
                            "write 1048587+1048576",
                            "write 2097163+1048576",
                            "write 3145739+17",
                            "force");
        }

        @Test
        void flushIsDurable() {
            client.request(0, FLUSH, 7, 0, 0).request(FUA, FLUSH, 8, 0, 0);
            assertThat(answers()).hasSize(2);
            assertThat(device.calls).containsExactly("force", "force");
        }

        @ParameterizedTest
        @ValueSource(ints = {TRIM, ZEROES})
        void fuaIsDurableAfterwards(int type) {
            client.request(FUA, type, 7, 0, 4096);
            assertThat(answers()).hasSize(1);
            assertThat(device.calls).containsExactly("zero 0+4096", "force");
        }

        @Test
        void trimKeepsPartsOfBlocks() {
            client.request(0, TRIM, 7, 100, 1024).request(0, TRIM, 8, 10, 20).request(0, TRIM, 9, SIZE - 700, 700);
            assertThat(answers()).hasSize(3);
            assertThat(device.calls).containsExactly("zero 512+512", "zero " + (SIZE - 512) + "+512");
        }

        @Test
        void zeroesPunchUnlessForbidden() {
            fill(0, 1 << 20);
            client.request(0, ZEROES, 7, 3, 500_000).request(NO_HOLE, ZEROES, 8, 600_000, 300_000);
            assertThat(answers()).hasSize(2).allMatch(answer -> answer.code() == 0);
            assertThat(device.calls).contains("zero 3+500000", "write 600000+262144", "write 862144+37856");
            assertThat(content(3, 500_003)).containsOnly(0);
            assertThat(content(600_000, 900_000)).containsOnly(0);
            assertThat(device.content[2]).isNotZero();
            assertThat(device.allocated[(600_000 / 512) + 1]).isTrue();
        }

        /** Another request breaks the connection while zeros are written: the client may still hear the answer. */
        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void zeroesThatAreBrokenOffAreNotSaidToBeDone(boolean structured) {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch broken = new CountDownLatch(1);
            device.before = () -> {
                begun.countDown();
                await(broken);
            };
            client.request(NO_HOLE, ZEROES, 7, 0, 1 << 20).raw(new byte[28]);
            byte[] said = Sessions.run(
                    device,
                    structured,
                    false,
                    client.bytes(),
                    work -> {
                        new Thread(() -> {
                                    await(begun);
                                    work.run();
                                })
                                .start();
                        return true;
                    },
                    broken::countDown);
            assertThat(device.calls).hasSize(1);
            assertThat(new ServerBytes(said).answer(0).code()).isEqualTo(ESHUTDOWN);
        }

        private static void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Test
        void zeroesAreFastOnlyWhereNothingIs() {
            fill(4096, 8192);
            client.request(FAST, ZEROES, 7, 0, 4096)
                    .request(FAST, ZEROES, 8, 0, 4097)
                    .request(FAST | NO_HOLE, ZEROES, 9, 0, 10);
            assertThat(answers()).extracting(ServerBytes.Answer::code).containsExactly(0, ENOTSUP, ENOTSUP);
            assertThat(device.calls).noneMatch(call -> call.startsWith("zero") || call.startsWith("write"));
        }

        @Test
        void whatAClientBreaksOffIsNotWritten() {
            client.request(0, WRITE, 7, 0, 1000).raw(new byte[999]);
            assertThat(answers()).isEmpty();
            assertThat(device.calls).isEmpty();
        }
    }

    @Nested
    class BlockStatus {

        @Test
        void tellsHolesFromData() {
            fill(4096, 8192);
            client.request(0, STATUS, 7, 100, 20_000);
            ByteBuffer extents = answers().get(0).buffer();
            assertThat(extents.getInt()).isEqualTo(1);
            assertThat(List.of(extents.getInt(), extents.getInt())).containsExactly(3996, 3);
            assertThat(List.of(extents.getInt(), extents.getInt())).containsExactly(4096, 0);
            assertThat(List.of(extents.getInt(), extents.getInt())).containsExactly(20_100 - 8192, 3);
            assertThat(extents.hasRemaining()).isFalse();
        }

        @Test
        void oneIsOne() {
            fill(4096, 8192);
            client.request(REQ_ONE, STATUS, 7, 0, 20_000);
            ByteBuffer extents = answers().get(0).buffer();
            assertThat(extents.remaining()).isEqualTo(12);
        }

        @Test
        void isBounded() {
            for (int at = 0; at < SIZE; at += 1024) {
                fill(at, at + 512);
            }
            client.request(0, STATUS, 7, 0, SIZE);
            assertThat(answers().get(0).data()).hasSize(4 + 4096 * 8);
        }

        @Test
        void unlessChosenIsInvalid() {
            client.request(0, STATUS, 7, 0, 10);
            assertThat(new ServerBytes(Sessions.run(device, true, false, client.bytes()))
                            .answer(0)
                            .code())
                    .isEqualTo(EINVAL);
        }
    }
}

package org.hikae.nbd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.nbd.ClientBytes.CACHE;
import static org.hikae.nbd.ClientBytes.DISC;
import static org.hikae.nbd.ClientBytes.FLUSH;
import static org.hikae.nbd.ClientBytes.NO_HOLE;
import static org.hikae.nbd.ClientBytes.READ;
import static org.hikae.nbd.ClientBytes.STATUS;
import static org.hikae.nbd.ClientBytes.TRIM;
import static org.hikae.nbd.ClientBytes.WRITE;
import static org.hikae.nbd.ClientBytes.ZEROES;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.stream.Stream;
import org.hikae.api.node.NodeGoneException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that are refused, and such as fail. */
class RefusalTest {

    private static final int SIZE = 4 << 20;
    private static final int EPERM = 1;
    private static final int EIO = 5;
    private static final int ENOMEM = 12;
    private static final int EINVAL = 22;
    private static final int ENOSPC = 28;
    private static final int ESHUTDOWN = 108;

    private final MemoryDevice device = new MemoryDevice(SIZE);
    private final ClientBytes client = new ClientBytes();

    private ServerBytes run(boolean structured) {
        return new ServerBytes(Sessions.run(device, structured, structured, client.bytes()));
    }

    private List<ServerBytes.Answer> answers() {
        return run(true).answers();
    }

    @Nested
    class WrongRequests {

        @ParameterizedTest
        @CsvSource({
            // type, offset, length, error
            "0, 4194304, 1, 22",
            "0, 4194303, 2, 22",
            "0, -1, 1, 22",
            "0, 9223372036854775807, 2, 22",
            "0, 0, 4294967295, 22",
            "4, 4194303, 2, 22",
            "5, 4194303, 2, 22",
            "5, 0, 33554433, 22",
            "6, 4194303, 2, 28",
            "6, -4096, 4096, 28",
            "7, 4194303, 2, 22",
            "7, 0, 0, 22",
            "8, 0, 0, 22",
            "65535, 0, 1, 22"
        })
        void areRefused(int type, long offset, long length, int error) {
            client.request(0, type, 7, offset, length).request(0, READ, 8, 0, 1);
            List<ServerBytes.Answer> answers = answers();
            assertThat(answers.get(0).code()).isEqualTo(error);
            assertThat(answers.get(1).cookie()).as("and the session goes on").isEqualTo(8);
            assertThat(run(false).answer(0).code()).as("simply, too").isEqualTo(error);
        }

        @ParameterizedTest
        @CsvSource({"4194303, 2", "-512, 512", "0, 33554433"})
        void writesArePassedOver(long offset, int length) {
            client.write(0, 7, offset, new byte[length]).request(0, READ, 8, 0, 1);
            List<ServerBytes.Answer> answers = answers();
            assertThat(answers).extracting(ServerBytes.Answer::code).containsExactly(ENOSPC, 0);
            assertThat(device.calls).containsExactly("read 0+1");
        }

        @ParameterizedTest
        @CsvSource({"0, 2", "0, 8", "0, 16", "1, 4", "3, 32768", "4, 2", "5, 2", "6, 4", "6, 8", "7, 2"})
        void flagsThatACommandDoesNotHaveAreInvalid(int type, int flags) {
            if (type == WRITE) {
                client.write(flags, 7, 0, new byte[10]);
            } else {
                client.request(flags, type, 7, 0, 10);
            }
            assertThat(answers()).singleElement().satisfies(answer -> assertThat(answer.code())
                    .isEqualTo(EINVAL));
            assertThat(device.calls).isEmpty();
        }

        @Test
        void nothingIsWrittenToAReadOnlyExport() {
            device.readOnly = true;
            client.write(0, 1, 0, new byte[10])
                    .request(0, TRIM, 2, 0, 10)
                    .request(0, ZEROES, 3, 0, 10)
                    .request(0, FLUSH, 4, 0, 0);
            assertThat(answers()).extracting(ServerBytes.Answer::code).containsExactly(EPERM, EPERM, EPERM, 0);
        }

        @Test
        void whatIsNoRequestEndsTheSession() {
            client.raw(new byte[28]).request(0, READ, 8, 0, 1);
            assertThat(answers()).isEmpty();
        }

        @Test
        void nothingFollowsADisconnect() {
            client.request(0, DISC, 1, 0, 0).request(0, READ, 8, 0, 1);
            assertThat(answers()).isEmpty();
        }
    }

    @Nested
    class Failures {

        static Stream<Arguments> failures() {
            return Stream.of(
                    Arguments.of(new IOException("the disk is broken"), EIO),
                    Arguments.of(new IOException("No space left on device"), ENOSPC),
                    Arguments.of(new IOException("Disk quota exceeded"), ENOSPC),
                    Arguments.of(new IOException("/d cannot be written", new IOException("File too large")), ENOSPC),
                    Arguments.of(new NodeGoneException("n1"), ESHUTDOWN),
                    Arguments.of(new ClosedChannelException(), ESHUTDOWN),
                    Arguments.of(new IllegalStateException("a bug"), EIO),
                    Arguments.of(new OutOfMemoryError("direct"), ENOMEM));
        }

        @ParameterizedTest
        @MethodSource("failures")
        void areTheRequestsAlone(Throwable failure, int error) {
            device.failure = failure;
            client.request(0, READ, 1, 0, 10)
                    .write(0, 2, 0, new byte[10])
                    .write(0, 3, 0, new byte[(2 << 20) + 1])
                    .request(0, FLUSH, 4, 0, 0)
                    .request(0, TRIM, 5, 0, 4096)
                    .request(0, ZEROES, 6, 0, 4096)
                    .request(NO_HOLE, ZEROES, 7, 0, 4096)
                    .request(0, STATUS, 8, 0, 4096)
                    .request(0, CACHE, 9, 0, 4096);
            List<ServerBytes.Answer> answers = answers();
            assertThat(answers).hasSize(9).allMatch(answer -> answer.code() == error);
            assertThat(answers)
                    .extracting(ServerBytes.Answer::cookie)
                    .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        }
    }
}

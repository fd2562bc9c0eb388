package org.hikae.files.transfer.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.hikae.api.files.RunId;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.files.transfer.message.ContentRequest;
import org.hikae.files.transfer.message.ErrorReply;
import org.hikae.files.transfer.message.Messages;
import org.hikae.files.transfer.message.VersionKey;
import org.hikae.files.transfer.message.VersionsLine;
import org.hikae.files.transfer.message.VersionsRequest;
import org.hikae.files.transfer.run.RunReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is asked of a center, and how the answers can go wrong. */
@Timeout(60)
class UplinkQueriesTest extends UplinkFixture {
    UplinkQueriesTest() throws IOException {}

    private final VersionsRequest request = new VersionsRequest("alice", null, null, true, null, true, null, 2);
    private final ContentRequest content =
            new ContentRequest("alice", List.of(new VersionKey("home", 1, FileName.parse("/a"))), 0);

    private StoredVersion version(int number) {
        return new StoredVersion(
                new RunId("alice", "home", number),
                FileName.parse("/\\xff"),
                0,
                Instant.EPOCH,
                FileType.REGULAR,
                1,
                Instant.EPOCH,
                null,
                null,
                null);
    }

    private byte[] page(String next, int... numbers) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int number : numbers) {
            bytes.writeBytes(Messages.write(new VersionsLine.Version(version(number))));
        }
        if (next == null || !next.isEmpty()) {
            bytes.writeBytes(Messages.write(new VersionsLine.Last(next)));
        }
        return bytes.toByteArray();
    }

    private List<StoredVersion> ask() throws IOException {
        List<StoredVersion> versions = new ArrayList<>();
        uplink(QUICK).versions(request, versions::add);
        return versions;
    }

    @Test
    void forVersionsPageByPage() throws IOException {
        center.intruder = (exchange, resource) -> {
            VersionsRequest asked = Messages.versionsRequest(TestCenter.body(exchange));
            TestCenter.answer(exchange, 200, asked.after() == null ? page("x", 1, 2) : page(null, 3));
            return true;
        };
        assertThat(ask()).containsExactly(version(1), version(2), version(3));
    }

    @Test
    void forVersionsOfACenterThatIsBusyNowAndThen() throws IOException {
        int[] asked = new int[1];
        center.intruder = (exchange, resource) -> {
            VersionsRequest page = Messages.versionsRequest(TestCenter.body(exchange));
            if (asked[0]++ % 3 < 2) {
                TestCenter.refuse(exchange, 503, ErrorReply.BUSY);
            } else {
                TestCenter.answer(exchange, 200, page.after() == null ? page("x", 1, 2) : page(null, 3));
            }
            return true;
        };
        List<StoredVersion> versions = new ArrayList<>();
        List<Integer> waited = new ArrayList<>();
        uplink(QUICK).versions(request, versions::add, busy -> waited.add(busy.status()));
        assertThat(versions).containsExactly(version(1), version(2), version(3));
        assertThat(waited).containsExactly(503, 503, 503, 503);
        assertThatThrownBy(this::ask).isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.isBusy())
                .isTrue());
    }

    @Test
    void forVersionsThatAreCutOffOrWithoutEnd() {
        for (byte[] answer : List.of(page("", 1), page("x", 1), page(null, 1, 2, 3), new byte[0])) {
            center.intruder = (exchange, resource) -> {
                TestCenter.answer(exchange, 200, answer);
                return true;
            };
            assertThatThrownBy(this::ask).isInstanceOf(IOException.class);
        }
    }

    /** However the center goes round, and whether it sends anything with it. */
    @Test
    void forVersionsThatLeadNowhere() {
        for (int circle : new int[] {1, 2, 3, 7}) {
            int[] asked = new int[1];
            center.intruder = (exchange, resource) -> {
                TestCenter.answer(exchange, 200, page("x" + asked[0]++ % circle, 1));
                return true;
            };
            assertThatThrownBy(this::ask).hasMessageContaining("where it has been");
        }
        int[] asked = new int[1];
        center.intruder = (exchange, resource) -> {
            TestCenter.answer(exchange, 200, page("x" + asked[0]++));
            return true;
        };
        assertThatThrownBy(this::ask).hasMessageContaining("without versions");
        assertThat(asked[0]).isEqualTo(1);
    }

    /** Who waits for a page, or for the next one, can do so no longer at any time. */
    @Test
    void forVersionsUntilNobodyWantsThemAnyMore() {
        center.intruder = (exchange, resource) -> {
            TestCenter.refuse(exchange, 503, ErrorReply.BUSY);
            return true;
        };
        int[] checks = new int[1];
        Uplink.VersionSink sink = new Uplink.VersionSink() {
            @Override
            public void version(StoredVersion version) {}

            @Override
            public void check() {
                if (++checks[0] == 3) {
                    throw new CancellationException("cancelled");
                }
            }
        };
        assertThatThrownBy(() -> uplink(QUICK).versions(request, sink, busy -> {}))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void forWhatItMayNot() {
        center.intruder = (exchange, resource) -> {
            TestCenter.refuse(exchange, 403, ErrorReply.FOREIGN);
            return true;
        };
        assertThatThrownBy(this::ask).isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.code())
                .isEqualTo(ErrorReply.FOREIGN));
        assertThatThrownBy(() -> uplink(QUICK).content(content)).isInstanceOf(RefusedException.class);
    }

    @Test
    void forContentThatIsCutOff() throws IOException {
        center.intruder = (exchange, resource) -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
            return true;
        };
        try (RunReader reader = new RunReader(uplink(QUICK).content(content))) {
            assertThatThrownBy(reader::next).isInstanceOf(IOException.class);
        }
        center.intruder = (exchange, resource) -> {
            exchange.sendResponseHeaders(200, 0);
            return true;
        };
        try (RunReader reader = new RunReader(uplink(QUICK).content(content))) {
            assertThatThrownBy(reader::next).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void forContentThatStopsToCome() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        center.intruder = (exchange, resource) -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return true;
        };
        try (ReadableByteChannel channel = uplink(IMPATIENT).content(content)) {
            ByteBuffer bytes = ByteBuffer.allocate(100);
            assertThatThrownBy(() -> {
                        while (channel.read(bytes) >= 0) {
                            // up to where it stops
                        }
                    })
                    .isInstanceOf(HttpTimeoutException.class);
        } finally {
            end.countDown();
        }
    }

    @Test
    void forMuchContentAndClosesEarly() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        center.intruder = (exchange, resource) -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] bytes = new byte[1 << 16];
            try {
                for (long i = 0; i < 1L << 40; i += bytes.length) {
                    exchange.getResponseBody().write(bytes);
                }
            } catch (IOException e) {
                end.countDown();
                throw e;
            }
            return true;
        };
        try (ReadableByteChannel channel = uplink(QUICK).content(content)) {
            ByteBuffer bytes = ByteBuffer.allocate(1 << 20);
            while (bytes.hasRemaining()) {
                channel.read(bytes);
            }
        }
        end.await();
    }
}

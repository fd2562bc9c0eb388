package org.hikae.files.center.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.fs.FileName;
import org.hikae.files.transfer.message.ContentRequest;
import org.hikae.files.transfer.message.ErrorReply;
import org.hikae.files.transfer.message.VersionKey;
import org.hikae.files.transfer.run.ContentHash;
import org.hikae.files.transfer.uplink.RefusedException;
import org.junit.jupiter.api.Test;

/** A restore at a relay that has some versions itself, while others are above alone (R25). */
class RelayRestoreTest extends RelayFixture {

    @Test
    void contentComesFromBothInTheOrderThatWasAskedFor() throws IOException {
        List<StoredVersion> all = versions(null, false);
        all.sort((a, b) -> a.path().toString().compareTo(b.path().toString()));
        List<VersionKey> keys = all.stream().map(RelayFixture::key).toList();
        for (int skip = 0; skip <= keys.size(); skip++) {
            List<StoreRig.Restored> files = StoreRig.read(alice.content(new ContentRequest("alice", keys, skip)));
            assertThat(files)
                    .extracting(each -> each.file().path().toString())
                    .containsExactlyElementsOf(keys.subList(skip, keys.size()).stream()
                            .map(each -> each.path().toString())
                            .toList());
            for (StoreRig.Restored each : files) {
                String path = each.file().path().toString();
                boolean now = path.equals("/d/changed") || path.equals("/d/new");
                assertThat(each.content()).as(path).isEqualTo(path.equals("/d") ? null : now ? NEW : OLD);
            }
        }
    }

    private static ContentRequest begun(String path, long run, long bytes, byte[] content) {
        ContentHash hash = new ContentHash();
        hash.add(0, ByteBuffer.wrap(content));
        String sha256 = HexFormat.of().formatHex(hash.finish(content.length));
        VersionKey key = new VersionKey("docs", run, FileName.parse(path));
        VersionKey next = new VersionKey("docs", 2, FileName.parse("/d/new"));
        return new ContentRequest("alice", List.of(next, key, next), 1, new ContentRequest.Begun(bytes, sha256));
    }

    /** Here and above; of the one after it all comes. */
    @Test
    void whatWasBegunNeedNotComeAgain() throws IOException {
        List<StoreRig.Restored> here = StoreRig.read(alice.content(begun("/d/changed", 2, 1_500_000, NEW)));
        assertThat(here).hasSize(2);
        byte[] rest = here.get(0).content();
        assertThat(Arrays.copyOfRange(rest, 1_500_000, NEW.length))
                .isEqualTo(Arrays.copyOfRange(NEW, 1_500_000, NEW.length));
        assertThat(Arrays.copyOf(rest, 300_000)).containsOnly(0);
        assertThat(here.get(1).content()).isEqualTo(NEW);

        List<StoreRig.Restored> above = StoreRig.read(alice.content(begun("/d/kept", 1, OLD.length, OLD)));
        assertThat(upper.passed.bytes()).isEqualTo(OLD.length);
        assertThat(above.get(0).content()).containsOnly(0);
        assertThat(above.get(1).content()).isEqualTo(NEW);
    }

    @Test
    void whatWasBegunOfAnotherContentIsRefused() {
        assertThatThrownBy(() -> alice.content(begun("/d/changed", 2, 5, OLD)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(ErrorReply.MISSING));
    }

    @Test
    void whatNobodyHasIsMissingAndItIsSaidWhichThatIs() {
        ContentRequest request = new ContentRequest(
                "alice",
                List.of(
                        new VersionKey("docs", 7, FileName.parse("/d/passed")),
                        new VersionKey("docs", 2, FileName.parse("/d/new")),
                        new VersionKey("docs", 1, FileName.parse("/d/kept")),
                        new VersionKey("docs", 9, FileName.parse("/d/kept"))),
                1);
        assertThatThrownBy(() -> alice.content(request)).isInstanceOfSatisfying(RefusedException.class, e -> {
            assertThat(e.status()).isEqualTo(404);
            assertThat(e.missing()).containsExactly(3);
        });
    }

    /** Frames without end: as long as the certificate is accepted. */
    @Test
    void whoIsRevokedGetsNoMoreOfAnAnswerThatGoesOn() throws Exception {
        CountDownLatch read = new CountDownLatch(100);
        upper.endless = new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer to) {
                int count = to.remaining();
                to.put(new byte[count]);
                read.countDown();
                return count;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
        ContentRequest request =
                new ContentRequest("alice", List.of(new VersionKey("docs", 1, FileName.parse("/d/kept"))), 0);
        try (ReadableByteChannel content = alice.content(request)) {
            CompletableFuture<Throwable> ended = CompletableFuture.supplyAsync(() -> {
                ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
                try {
                    while (content.read(buffer.clear()) >= 0) {
                        assertThat(buffer.position()).isPositive();
                    }
                    return null;
                } catch (IOException e) {
                    return e;
                }
            });
            read.await();
            assertThat(ended).isNotDone();
            lab.revoke("alice");
            assertThat(ended.join()).isInstanceOf(IOException.class);
        }
    }
}

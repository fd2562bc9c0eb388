package org.hikae.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class HolesTest {

    @TempDir
    Path folder;

    /** As a client that trims gigabytes does. */
    @Test
    @Timeout(60)
    void whoTakesLongHoldsUpNobody() throws Exception {
        Path file = Files.write(folder.resolve("f"), new byte[] {1});
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (Holes holes = new Holes(file, key, true)) {
            CompletableFuture<Long> slow = CompletableFuture.supplyAsync(() -> holes.withFile(fd -> {
                begun.countDown();
                await(end);
                return 0;
            }));
            await(begun);
            CompletableFuture<Long> quick = CompletableFuture.supplyAsync(() -> holes.nextData(0));
            try {
                assertThat(quick.get(20, TimeUnit.SECONDS)).isZero();
                assertThat(slow).isNotDone();
            } finally {
                end.countDown();
            }
            assertThat(slow.get()).isZero();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

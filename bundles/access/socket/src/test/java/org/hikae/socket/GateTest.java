package org.hikae.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GateTest {
    private final Gate gate = new Gate();

    @Test
    void itStaysOpenWhileSomebodyIsInside() throws InterruptedException {
        assertThat(gate.enter()).isTrue();

        assertThat(gate.closeWhenIdle(20, () -> false)).isFalse();
        assertThat(gate.enter()).isTrue();
        gate.leave();
        gate.leave();
        assertThat(gate.closeWhenIdle(20, () -> false)).isTrue();
        assertThat(gate.enter()).isFalse();
    }

    @Test
    void itStaysOpenWhileSomethingElseGoesOn() throws InterruptedException {
        AtomicBoolean busy = new AtomicBoolean(true);

        assertThat(gate.closeWhenIdle(20, busy::get)).isFalse();
        assertThat(gate.enter()).isTrue();
        gate.leave();
        busy.set(false);
        assertThat(gate.closeWhenIdle(20, busy::get)).isTrue();
    }

    @Test
    void whoLeavesLastLetsItClose() throws Exception {
        gate.enter();
        CompletableFuture<Boolean> closed = CompletableFuture.supplyAsync(() -> closeWhenIdle(20_000));

        gate.leave();

        assertThat(closed.get()).isTrue();
    }

    /** However they meet: who was let in is done before it is closed. */
    @RepeatedTest(50)
    void closingLosesNobody() throws Exception {
        int visitors = 8;
        AtomicInteger let = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < visitors; i++) {
            all.add(CompletableFuture.runAsync(
                    () -> {
                        await(go);
                        for (int visit = 0; visit < 200 && gate.enter(); visit++) {
                            let.incrementAndGet();
                            done.incrementAndGet();
                            gate.leave();
                        }
                    },
                    task -> new Thread(task).start()));
        }
        go.countDown();

        boolean closed = closeWhenIdle(20_000);

        int doneByThen = done.get();
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get();
        assertThat(closed).isTrue();
        assertThat(let).hasValue(doneByThen);
    }

    private boolean closeWhenIdle(long millis) {
        try {
            return gate.closeWhenIdle(millis, () -> false);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

package org.hikae.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.hikae.api.log.NodeLog;
import org.junit.jupiter.api.Test;

/** The cases of R4 that a gate keeps. */
class GateTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final AtomicLong now = new AtomicLong(1);
    private final Gate gate = new Gate(System::nanoTime);

    private static NodeLog log() {
        return (NodeLog) Proxy.newProxyInstance(
                GateTest.class.getClassLoader(), new Class<?>[] {NodeLog.class}, (proxy, method, args) -> {
                    if (method.getName().equals("equals")) {
                        return proxy == args[0];
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    private CompletableFuture<Gate.Regime> enterElsewhere() {
        CompletableFuture<Gate.Regime> entered = new CompletableFuture<>();
        Thread thread = new Thread(() -> entered.complete(gate.enter()));
        thread.setDaemon(true);
        thread.start();
        await().until(() -> entered.isDone()
                || thread.getState() == Thread.State.TIMED_WAITING
                || thread.getState() == Thread.State.WAITING);
        return entered;
    }

    /** R9: two backups end while a write is inside that came in under both. */
    @Test
    void eachLogWaitsForTheWriteThatKnewIt() throws Exception {
        NodeLog one = log();
        NodeLog other = log();
        gate.hold(LONG);
        assertThat(gate.addHeld(one)).isTrue();
        assertThat(gate.addHeld(other)).isTrue();
        gate.release();
        Gate.Regime inside = gate.enter();

        CompletableFuture<Void> first = removeElsewhere(one);
        CompletableFuture<Void> second = removeElsewhere(other);
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();

        gate.leave(inside);
        first.get(10, TimeUnit.SECONDS);
        second.get(10, TimeUnit.SECONDS);
        assertThat(gate.enter().logs()).isEmpty();
    }

    private CompletableFuture<Void> removeElsewhere(NodeLog log) {
        CompletableFuture<Void> removed = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            gate.remove(log);
            removed.complete(null);
        });
        thread.setDaemon(true);
        thread.start();
        await().until(() -> removed.isDone()
                || thread.getState() == Thread.State.TIMED_WAITING
                || thread.getState() == Thread.State.WAITING);
        return removed;
    }

    @Test
    void aHoldKeepsNewWritesOutAndDrainWaitsForOldOnes() throws Exception {
        Gate.Regime inside = gate.enter();
        gate.hold(LONG);
        CompletableFuture<Gate.Regime> held = enterElsewhere();
        assertThat(held).isNotDone();

        CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(gate::drain);
        assertThat(drained).isNotDone();
        gate.leave(inside);
        assertThat(drained.get(10, TimeUnit.SECONDS)).isTrue();

        NodeLog log = log();
        assertThat(gate.addHeld(log)).isTrue();
        gate.release();
        assertThat(held.get(10, TimeUnit.SECONDS).logs()).containsExactly(log);
    }

    @Test
    void aLogIsNotPutInForceOverAWriteInFlight() {
        gate.enter();
        gate.hold(LONG);
        assertThat(gate.addHeld(log())).isFalse();
    }

    @Test
    void aHoldThatTimedOutRefuses() throws Exception {
        Gate timed = new Gate(now::get);
        timed.hold(Duration.ofNanos(10));
        now.set(100);
        assertThat(timed.drain()).isFalse();
        assertThat(timed.addHeld(log())).isFalse();
        assertThat(timed.enter().logs()).isEmpty();
    }

    @Test
    void aHeldWriterGoesOnByItselfWhenTheManagerVanishes() throws Exception {
        gate.hold(Duration.ofMillis(50));
        assertThat(enterElsewhere().get(10, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void takingALogOutOfForceWaitsForTheWritesUnderIt() throws Exception {
        NodeLog log = log();
        gate.hold(LONG);
        gate.addHeld(log);
        gate.release();
        Gate.Regime under = gate.enter();
        CompletableFuture<Void> removed = CompletableFuture.runAsync(() -> gate.remove(log));
        await().until(() -> {
            Gate.Regime next = gate.enter();
            gate.leave(next);
            return next.logs().isEmpty();
        });
        assertThat(removed).isNotDone();
        gate.leave(under);
        removed.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aClosedGateLetsNobodyInAndWaitsForWhoIsInside() throws Exception {
        Gate.Regime inside = gate.enter();
        CompletableFuture<Void> closed = CompletableFuture.runAsync(gate::close);
        await().until(() -> {
            Gate.Regime late = gate.enter();
            if (late != null) {
                gate.leave(late);
            }
            return late == null;
        });
        assertThat(closed).isNotDone();
        gate.leave(inside);
        closed.get(10, TimeUnit.SECONDS);
    }

    @Test
    void anInterruptIsKeptAndDoesNotLetAWriteIn() throws Exception {
        gate.hold(LONG);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread writer = new Thread(() -> {
            gate.enter();
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        writer.start();
        writer.interrupt();
        await().until(() -> writer.getState() == Thread.State.TIMED_WAITING && !writer.isInterrupted());
        assertThat(interrupted).isNotDone();
        gate.release();
        assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
    }
}

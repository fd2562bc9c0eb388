package org.hikae.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.hikae.api.cache.CacheControl;
import org.hikae.api.cache.CachedFile;
import org.hikae.api.cache.CachedRegion;
import org.hikae.api.cache.Lease;
import org.hikae.api.cache.LeaseMode;
import org.hikae.api.cache.NodeGate;
import org.hikae.api.cache.PageRange;
import org.hikae.api.disk.Disk;
import org.hikae.api.log.LogReceipt;
import org.hikae.api.log.LogSession;
import org.junit.jupiter.api.Test;

/** The order of R4, and what happens when it cannot be kept. */
class BarrierTest {

    private final List<String> calls = new ArrayList<>();
    private final FakeSession session = new FakeSession();
    private final CacheControlUnit control =
            new CacheControlUnit(new SilenceBound(Duration.ZERO, Duration.ZERO, Duration.ZERO), time -> {});
    private final Disk disk = fake(Disk.class);

    /** A node that writes down what is done with it. */
    private class FakeGate implements NodeGate {

        private final String name;
        int drainsThatFail;
        int entersThatFail;
        int settlesThatFail;
        long[] dirty = {};
        private int looks;
        long records;

        FakeGate(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public long incarnation() {
            return 1;
        }

        @Override
        public Path temporaryLog() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void flush(String disk) {
            calls.add(name + " flush");
        }

        @Override
        public void hold(String disk, Duration limit) {
            calls.add(name + " hold");
        }

        @Override
        public boolean drain(String disk) {
            calls.add(name + " drain");
            return drainsThatFail-- <= 0;
        }

        @Override
        public long dirtyBytes(String disk) {
            return looks < dirty.length ? dirty[looks++] : 0;
        }

        @Override
        public void commit(String disk) {
            calls.add(name + " commit");
        }

        @Override
        public boolean settle(String disk) {
            calls.add(name + " settle");
            return settlesThatFail-- <= 0;
        }

        @Override
        public void granted(CachedFile file, List<Lease> leases) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<PageRange> recall(CachedFile file, PageRange needed, PageRange wished, LeaseMode wanted) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<CachedRegion> cached(String disk) {
            return List.of();
        }

        @Override
        public boolean enter(LogSession session) {
            calls.add(name + " enter");
            return entersThatFail-- <= 0;
        }

        @Override
        public void release(String disk) {
            calls.add(name + " release");
        }

        @Override
        public LogReceipt leave(LogSession session) {
            calls.add(name + " leave");
            return new LogReceipt(name, 1, records, true);
        }

        @Override
        public LogReceipt lost(LogSession session) {
            calls.add(name + " lost");
            return new LogReceipt(name, 1, records, true);
        }
    }

    private final FakeGate n1 = new FakeGate("n1");
    private final FakeGate n2 = new FakeGate("n2");

    private CacheControl.Pause begin() throws IOException {
        control.admit(n1);
        control.admit(n2);
        calls.clear();
        return control.begin(disk, session, () -> calls.add("T0"));
    }

    @Test
    void r4_theOrderOfTheInstant() throws IOException {
        CacheControl.Pause pause = begin();
        assertThat(calls)
                .containsExactly(
                        "n1 flush",
                        "n2 flush",
                        "n1 commit",
                        "n2 commit",
                        "n1 hold",
                        "n2 hold",
                        "n1 drain",
                        "n2 drain",
                        "n1 flush",
                        "n2 flush",
                        "n1 commit",
                        "n2 commit",
                        "n1 settle",
                        "n2 settle",
                        "n1 enter",
                        "n2 enter",
                        "T0",
                        "n1 settle",
                        "n2 settle",
                        "n1 release",
                        "n2 release");
        assertThat(pause.tries()).isEqualTo(1);
        assertThat(pause.nodes()).isEqualTo(2);
    }

    @Test
    void r4_aNodeWhoseDoorDidNotCloseInTimeMakesT0BeTriedAgain() throws IOException {
        n2.settlesThatFail = 1;
        assertThat(begin().tries()).isEqualTo(2);
        assertThat(calls).containsOnlyOnce("T0");
        assertThat(calls.subList(0, calls.indexOf("n1 release"))).doesNotContain("n1 enter", "n2 enter");
    }

    /** Figure 3: nothing is held before little is left to write out. */
    @Test
    void a1_flushingGoesOnWhileItMakesWhatIsDirtyLess() throws IOException {
        n1.dirty = new long[] {0, 100 << 20, 0, 40 << 20, 0, 10};
        begin();
        assertThat(roundsBeforeHold()).isEqualTo(3);
    }

    @Test
    void a1_writersAsFastAsTheDiskAreNotFlushedForEver() throws IOException {
        n1.dirty = new long[] {0, 100 << 20, 0, 90 << 20, 0, 90 << 20};
        begin();
        assertThat(roundsBeforeHold()).isEqualTo(2);
    }

    private long roundsBeforeHold() {
        return calls.subList(0, calls.indexOf("n1 hold")).stream()
                .filter("n1 flush"::equals)
                .count();
    }

    @Test
    void r5_aMarkDrainsAsABackupDoes() throws IOException {
        control.admit(n1);
        control.admit(n2);
        n1.drainsThatFail = 1;
        calls.clear();
        CacheControl.Pause pause = control.instant(disk, () -> calls.add("T0"));
        assertThat(calls.subList(calls.lastIndexOf("n1 hold"), calls.size()))
                .containsExactly(
                        "n1 hold",
                        "n2 hold",
                        "n1 drain",
                        "n2 drain",
                        "n1 flush",
                        "n2 flush",
                        "n1 commit",
                        "n2 commit",
                        "n1 settle",
                        "n2 settle",
                        "T0",
                        "n1 settle",
                        "n2 settle",
                        "n1 release",
                        "n2 release");
        assertThat(calls).containsOnlyOnce("T0");
        assertThat(pause.tries()).isEqualTo(2);
    }

    @Test
    void r5_anInstantWhoseHoldEndedTooEarlyIsMadeAgain() throws IOException {
        control.admit(n1);
        AtomicInteger instants = new AtomicInteger();
        CacheControl.Pause pause =
                control.instant(disk, () -> n1.settlesThatFail = instants.getAndIncrement() == 0 ? 1 : 0);
        assertThat(instants).hasValue(2);
        assertThat(pause.tries()).isEqualTo(2);
    }

    @Test
    void r4_aNodeWhoseHoldTimedOutMakesT0BeTriedAgain() throws IOException {
        n2.drainsThatFail = 1;
        assertThat(begin().tries()).isEqualTo(2);
        assertThat(calls).containsOnlyOnce("T0");
    }

    @Test
    void r4_aSessionIsOnNowhereAfterANodeRefused() throws IOException {
        n2.entersThatFail = 1;
        assertThat(begin().tries()).isEqualTo(2);
        assertThat(calls.subList(0, calls.indexOf("n1 release"))).contains("n1 enter", "n2 enter", "n1 leave");
    }

    @Test
    void r5_aHoldThatEndedBeforeTheEpochWasClosedMakesTheInstantAgain() throws IOException {
        control.admit(n1);
        AtomicInteger instants = new AtomicInteger();
        CacheControl.Pause pause = control.begin(disk, session, () -> {
            calls.add("T0");
            n1.settlesThatFail = instants.getAndIncrement() == 0 ? 1 : 0;
        });
        assertThat(pause.tries()).isEqualTo(2);
        assertThat(calls.stream().filter("T0"::equals)).hasSize(2);
        assertThat(session.failure).isNull();
    }

    @Test
    void r6_aRecordFromBeforeTheInstantSpoilsTheLog() {
        control.admit(n1);
        control.admit(n2);
        n1.records = 1;
        assertThatThrownBy(() -> control.begin(disk, session, () -> n1.settlesThatFail = 1))
                .hasMessageContaining("n1");
        assertThat(session.failure).isNotNull();
        assertThat(calls).endsWith("n1 release", "n2 release");
    }

    @Test
    void itGivesUpWithAReason() {
        n2.drainsThatFail = 100;
        assertThatThrownBy(this::begin).isInstanceOf(IOException.class).hasMessageContaining("one instant");
    }

    @Test
    void whatFailsAtTheInstantLeavesTheSessionOnNowhere() throws IOException {
        control.admit(n1);
        assertThatThrownBy(() -> control.begin(disk, session, () -> {
                    throw new IOException("no epoch");
                }))
                .hasMessage("no epoch");
        assertThat(calls).endsWith("n1 leave", "n1 release");
        assertThat(control.end(session)).isEmpty();
    }

    @Test
    void r9_aNodeIsAdmittedWithTheSessionsInForce() throws IOException {
        begin();
        FakeGate n3 = new FakeGate("n3");
        control.admit(n3);
        assertThat(calls).endsWith("n3 hold", "n3 settle", "n3 enter", "n3 release");
        assertThat(control.end(session)).extracting(LogReceipt::node).containsExactly("n1", "n2", "n3");
    }

    @Test
    void r9_aSessionThatEndsWhileANodeIsAdmittedEndsWithIt() throws Exception {
        begin();
        AtomicReference<List<LogReceipt>> receipts = new AtomicReference<>();
        Thread end = new Thread(() -> receipts.set(control.end(session)));
        control.admit(new FakeGate("n3") {
            @Override
            public boolean enter(LogSession session) {
                end.start();
                while (end.isAlive() && end.getState() != Thread.State.TIMED_WAITING) {
                    Thread.onSpinWait();
                }
                return super.enter(session);
            }
        });
        end.join();
        assertThat(receipts.get()).extracting(LogReceipt::node).containsExactly("n1", "n2", "n3");
    }

    @Test
    void r9_aSessionThatANodeCannotJoinFails() throws IOException {
        begin();
        FakeGate n3 = new FakeGate("n3");
        n3.entersThatFail = 1;
        control.admit(n3);
        assertThat(session.failure).contains("n3");
    }

    @Test
    void r9_aNodeThatLeftHasItsReceiptKept() throws IOException {
        begin();
        control.dismiss(n1);
        assertThat(control.end(session)).extracting(LogReceipt::node).containsExactly("n1", "n2");
    }

    @Test
    void sessionsFailWhenCacheControlIsStopped() throws IOException {
        begin();
        control.stop();
        assertThat(session.failure).contains("stopped");
    }

    private static <T> T fake(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> "d"));
    }
}

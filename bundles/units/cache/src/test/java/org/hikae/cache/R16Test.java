package org.hikae.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.hikae.api.cache.CacheControl;
import org.hikae.api.cache.CachedFile;
import org.hikae.api.cache.Lease;
import org.hikae.api.cache.LeaseMode;
import org.hikae.api.cache.PageRange;
import org.hikae.api.cache.spi.Fence;
import org.hikae.api.disk.Disk;
import org.hikae.api.log.LogReceipt;
import org.hikae.api.log.LogSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a lost node had passes to others only when it writes no more. */
@Timeout(20)
class R16Test {

    private static final CachedFile FILE = new CachedFile("d", 12);
    private static final List<Lease> NEEDS = List.of(new Lease(new PageRange(0, 1), LeaseMode.EXCLUSIVE));

    private final List<String> events = Collections.synchronizedList(new ArrayList<>());
    private final CacheControlUnit control = new CacheControlUnit(
            new SilenceBound(Duration.ofSeconds(20), Duration.ofMillis(500), Duration.ofSeconds(60)), this::waits);
    private final ScriptedGate n1 = new ScriptedGate("n1");
    private final ScriptedGate n2 = new ScriptedGate("n2");
    private final FakeSession session = new FakeSession();
    private final Disk disk = (Disk) Proxy.newProxyInstance(
            Disk.class.getClassLoader(), new Class<?>[] {Disk.class}, (proxy, method, args) -> "d");

    private Thread other;

    private void waits(Duration time) {
        checkNotPassed();
        events.add("waited " + time.toMillis() + " ms");
    }

    /** Another node waits for what the lost one has, and does not have it yet. */
    private void checkNotPassed() {
        if (other != null) {
            Awaitility.await().until(() -> other.getState() == Thread.State.TIMED_WAITING);
            assertThat(n2.granted).isEmpty();
        }
    }

    private void bind(int ranking, long id, Fence fence) {
        control.bind(fence, Map.of("service.id", id, "service.ranking", ranking));
    }

    private Fence fence(String name, boolean reaches) {
        return (node, incarnation) -> {
            assertThat(incarnation).isEqualTo(7);
            checkNotPassed();
            events.add(name + " " + node);
            return reaches;
        };
    }

    @BeforeEach
    void n1HasThePageDuringABackup() throws IOException {
        control.admit(n1);
        control.admit(n2);
        control.acquire(n1, FILE, NEEDS);
        n1.onRecall = (file, needed, wished, wanted) -> {
            throw new org.hikae.api.node.NodeGoneException("n1");
        };
        control.begin(disk, session, () -> {});
    }

    private void n2Waits() {
        other = new Thread(() -> {
            try {
                control.acquire(n2, FILE, NEEDS);
                events.add("n2 has it");
            } catch (IOException e) {
                events.add(e.getMessage());
            }
        });
        other.start();
    }

    @Test
    void r16_withAFenceLeasesPassAtOnceAndTheBackupGoesOn() throws Exception {
        bind(0, 1, fence("power", true));
        n2Waits();
        control.lost(n1);
        other.join();
        assertThat(events).containsExactly("power n1", "n2 has it");
        assertThat(session.failure).isNull();
        assertThat(control.end(session)).extracting(LogReceipt::node).containsExactly("n1", "n2");
    }

    @Test
    void r16_withoutAFenceLeasesPassAfterExpiryAndDriftAndTheLongestWriteAndTheBackupFails() throws Exception {
        n2Waits();
        control.lost(n1);
        other.join();
        assertThat(events).containsExactly("waited 80500 ms", "n2 has it");
        assertThat(session.failure).contains("n1");
    }

    @Test
    void r16_fencesAreAskedByTheirRankingUntilOneReaches() {
        bind(1, 1, fence("reservation", true));
        bind(0, 2, fence("power", true));
        bind(5, 3, fence("process", false));
        bind(1, 4, fence("another", true));
        control.lost(n1);
        assertThat(events).containsExactly("process n1", "reservation n1");
    }

    @Test
    void r16_aFenceThatFailsFencesNothing() {
        bind(2, 1, (node, incarnation) -> {
            throw new IOException("no answer");
        });
        bind(1, 2, (node, incarnation) -> {
            throw new IllegalStateException("oops");
        });
        control.lost(n1);
        assertThat(events).containsExactly("waited 80500 ms");
        assertThat(session.failure).isNotNull();
    }

    @Test
    void r16_aFenceThatWentIsNotAsked() {
        Fence fence = fence("power", true);
        bind(0, 1, fence);
        control.unbind(fence, Map.of("service.id", 1L, "service.ranking", 0));
        control.lost(n1);
        assertThat(events).containsExactly("waited 80500 ms");
    }

    @Test
    void r9_aFencedNodeWhoseLogIsNotKnownFailsTheBackup() {
        ScriptedGate n3 = new ScriptedGate("n3") {
            @Override
            public LogReceipt leave(LogSession left) {
                throw new IllegalStateException("gone");
            }
        };
        control.admit(n3);
        bind(0, 1, fence("power", true));
        control.lost(n3);
        assertThat(session.failure).contains("n3");
    }

    @Test
    void r4_thereIsNoInstantBeforeALostNodeIsKnownToWriteNoMore() throws Exception {
        CountDownLatch fencing = new CountDownLatch(1);
        CountDownLatch fenced = new CountDownLatch(1);
        bind(0, 1, (node, incarnation) -> {
            fencing.countDown();
            try {
                fenced.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            events.add("fenced");
            return true;
        });
        Thread loss = new Thread(() -> control.lost(n1));
        loss.start();
        fencing.await();
        Thread instant = new Thread(() -> {
            try {
                events.add(
                        "nodes " + control.instant(disk, () -> events.add("T0")).nodes());
            } catch (IOException e) {
                events.add(e.getMessage());
            }
        });
        instant.start();
        Awaitility.await().until(() -> instant.getState() == Thread.State.TIMED_WAITING);
        fenced.countDown();
        loss.join();
        instant.join();
        assertThat(events).containsExactly("fenced", "T0", "nodes 1");
    }

    /** It was there when the instant began, and is lost while it is flushed. */
    @Test
    void r4_aNodeThatGoesMeanwhileMakesT0BeTriedAgainWithoutIt() throws Exception {
        bind(0, 1, fence("power", true));
        ScriptedGate n3 = new ScriptedGate("n3") {
            @Override
            public void flush(String flushed) throws IOException {
                new Thread(() -> control.lost(this)).start();
                throw new org.hikae.api.node.NodeGoneException("n3");
            }
        };
        control.admit(n3);
        CacheControl.Pause pause = control.instant(disk, () -> events.add("T0"));
        assertThat(pause.tries()).isEqualTo(2);
        assertThat(pause.nodes()).isEqualTo(2);
        assertThat(events).containsExactly("power n3", "T0");
    }

    @Test
    void aNodeThatStartsAgainIsAnotherOne() throws Exception {
        bind(0, 1, fence("power", true));
        control.lost(n1);
        ScriptedGate again = new ScriptedGate("n1");
        control.admit(again);
        control.lost(n1);
        control.acquire(again, FILE, NEEDS);
        assertThat(events).containsExactly("power n1");
    }
}

package org.hikae.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.hikae.api.cache.CachedFile;
import org.hikae.api.cache.CachedRegion;
import org.hikae.api.cache.Lease;
import org.hikae.api.cache.LeaseMode;
import org.hikae.api.cache.PageRange;
import org.hikae.api.node.NodeGoneException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests of several nodes at the same time, some of which are slow or gone. */
@Timeout(20)
class LeaseServiceTest {

    private static final CachedFile FILE = new CachedFile("d", 12);
    private static final List<Lease> NEEDS = List.of(new Lease(new PageRange(0, 1), LeaseMode.EXCLUSIVE));

    private final CacheControlUnit control =
            new CacheControlUnit(new SilenceBound(Duration.ZERO, Duration.ZERO, Duration.ZERO), time -> {});
    /** The order in which requests were granted. */
    private final List<String> served = Collections.synchronizedList(new ArrayList<>());

    private final ScriptedGate n1 = new Remembering("n1");
    private final ScriptedGate n2 = new Remembering("n2");
    private final ScriptedGate n3 = new Remembering("n3");

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);

    private final class Remembering extends ScriptedGate {

        Remembering(String name) {
            super(name);
        }

        @Override
        public void granted(CachedFile file, List<Lease> leases) {
            super.granted(file, leases);
            served.add(name());
        }
    }

    @BeforeEach
    void admit() {
        control.admit(n1);
        control.admit(n2);
        control.admit(n3);
        control.bind((node, incarnation) -> true, Map.of("service.id", 1L));
    }

    /** A request on a thread of its own. */
    private final class Request {

        private final Thread thread;
        private volatile IOException failure;

        Request(ScriptedGate node) {
            thread = new Thread(() -> run(node));
            thread.start();
        }

        private void run(ScriptedGate node) {
            try {
                control.acquire(node, FILE, NEEDS);
            } catch (IOException e) {
                failure = e;
            }
        }

        Request awaitWaiting() {
            Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
            return this;
        }

        Throwable end() throws InterruptedException {
            thread.join();
            return failure;
        }
    }

    /** A node that is slow to give up what it has. */
    private void makeSlow(ScriptedGate holder) throws IOException {
        control.acquire(holder, FILE, NEEDS);
        holder.onRecall = (file, needed, wished, wanted) -> {
            asked.countDown();
            awaitUninterruptibly(answer);
            return List.of(needed);
        };
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void requestsForAFileAreServedInTheirOrder() throws Exception {
        makeSlow(n1);
        Request first = new Request(n2);
        asked.await();
        Request second = new Request(n3).awaitWaiting();
        Request third = new Request(n2).awaitWaiting();
        answer.countDown();
        assertThat(first.end()).isNull();
        assertThat(second.end()).isNull();
        assertThat(third.end()).isNull();
        assertThat(served).containsExactly("n1", "n2", "n3", "n2");
    }

    @Test
    void requestsForOtherFilesDoNotWait() throws Exception {
        makeSlow(n1);
        Request slow = new Request(n2);
        asked.await();
        for (long file = 13; file < 100; file++) {
            control.acquire(n3, new CachedFile("d", file), NEEDS);
            control.acquire(n2, new CachedFile("d", file), NEEDS);
        }
        answer.countDown();
        assertThat(slow.end()).isNull();
    }

    @Test
    void requestsOfANodeThatIsDismissedFailAndNobodyElses() throws Exception {
        makeSlow(n1);
        Request slow = new Request(n2);
        asked.await();
        Request waiting = new Request(n3).awaitWaiting();
        control.dismiss(n3);
        assertThat(waiting.end()).isInstanceOf(NodeGoneException.class);
        answer.countDown();
        assertThat(slow.end()).isNull();
    }

    @Test
    void aNodeThatIsLostWhileItsRequestIsServedGetsNothing() throws Exception {
        makeSlow(n1);
        Request slow = new Request(n2);
        asked.await();
        Request next = new Request(n3).awaitWaiting();
        control.lost(n2);
        answer.countDown();
        assertThat(slow.end()).isInstanceOf(NodeGoneException.class);
        assertThat(n2.granted).isEmpty();
        assertThat(next.end()).isNull();
    }

    @Test
    void aHolderThatIsGoneIsWaitedForUntilItIsLost() throws Exception {
        control.acquire(n1, FILE, NEEDS);
        n1.onRecall = (file, needed, wished, wanted) -> {
            asked.countDown();
            throw new NodeGoneException("n1");
        };
        Request waiting = new Request(n2);
        asked.await();
        waiting.awaitWaiting();
        assertThat(n2.granted).isEmpty();
        control.lost(n1);
        assertThat(waiting.end()).isNull();
        assertThat(n2.granted).containsExactly(new Lease(PageRange.ALL, LeaseMode.EXCLUSIVE));
    }

    @Test
    void aNodeThatWasNotAdmittedGetsNothing() {
        ScriptedGate stranger = new ScriptedGate("n9");
        assertThatThrownBy(() -> control.acquire(stranger, FILE, NEEDS)).isInstanceOf(NodeGoneException.class);
    }

    @Test
    void aDismissedNodesLeasesAreForOthers() throws IOException {
        control.acquire(n1, FILE, NEEDS);
        n1.onRecall = (file, needed, wished, wanted) -> {
            throw new IllegalStateException("it is not there any more");
        };
        control.dismiss(n1);
        control.acquire(n2, FILE, NEEDS);
        assertThat(control.traffic().recalls()).isZero();
    }

    @Test
    void a1_theTableIsByNodeFileAndOffset() {
        ScriptedGate first = withRegions("a", region("a", 7, 4096), region("a", 7, -1), region("a", 3, 0));
        ScriptedGate second = withRegions("b", region("b", 1, 0));
        control.admit(second);
        control.admit(first);
        assertThat(control.table(null))
                .containsExactly(region("a", 3, 0), region("a", 7, -1), region("a", 7, 4096), region("b", 1, 0));
    }

    private static CachedRegion region(String node, long file, long offset) {
        return new CachedRegion(node, new CachedFile("d", file), offset, 4096, LeaseMode.SHARED, 4096, 0);
    }

    private static ScriptedGate withRegions(String name, CachedRegion... regions) {
        return new ScriptedGate(name) {
            @Override
            public List<CachedRegion> cached(String disk) {
                return List.of(regions);
            }
        };
    }

    /** Everybody wants the same, over and over: all requests end, and no two ever have it. */
    @Test
    void manyAtOnce() throws Exception {
        int[] owners = new int[1];
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 6; i++) {
            OneOwner node = new OneOwner("m" + i, owners, failures);
            control.admit(node);
            threads.add(new Thread(node::work));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
    }

    /** Has the page alone, or not at all. */
    private final class OneOwner extends ScriptedGate {

        private final int[] owners;
        private final List<Throwable> failures;
        private boolean owner;

        OneOwner(String name, int[] owners, List<Throwable> failures) {
            super(name);
            this.owners = owners;
            this.failures = failures;
            onRecall = (file, needed, wished, wanted) -> {
                own(false);
                return List.of(needed);
            };
        }

        private void own(boolean now) {
            synchronized (owners) {
                owners[0] += (now ? 1 : 0) - (owner ? 1 : 0);
                owner = now;
                if (owners[0] > 1) {
                    failures.add(new AssertionError("two have it"));
                }
            }
        }

        @Override
        public void granted(CachedFile file, List<Lease> leases) {
            own(true);
        }

        void work() {
            try {
                for (int i = 0; i < 500; i++) {
                    control.acquire(this, FILE, NEEDS);
                }
            } catch (IOException | RuntimeException e) {
                failures.add(e);
            }
        }
    }
}

package org.hikae.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.api.disk.InPlaceMounts;
import org.hikae.api.disk.InPlaceRequest;
import org.hikae.api.disk.InPlaceStatus;
import org.hikae.api.job.Job;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Generations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who brings what back, and when; the mounts are made up. */
@Timeout(60)
class BringBacksTest {

    private static final long BYTES = 1000;

    private final TestJobs jobs = new TestJobs();
    private final FakeMounts mounts = new FakeMounts();
    /** Why generations cannot be opened; null: they can. */
    private volatile String away;

    private final Generations generations = (Generations) Proxy.newProxyInstance(
            Generations.class.getClassLoader(), new Class<?>[] {Generations.class}, (proxy, method, arguments) -> {
                if (away != null) {
                    throw new IOException(away);
                }
                return reader();
            });

    private final BringBacks bringBacks = new BringBacks(
            jobs,
            mounts,
            new BringBackSteps(mounts, generations, new Patience(Duration.ofMillis(1), Duration.ofMillis(5))));

    private static GenerationReader reader() {
        return (GenerationReader) Proxy.newProxyInstance(
                GenerationReader.class.getClassLoader(),
                new Class<?>[] {GenerationReader.class},
                (proxy, method, arguments) -> null);
    }

    /** Brings 100 bytes back for each permit. */
    private static final class FakeMounts implements InPlaceMounts {

        final Map<String, InPlaceStatus> standing = new TreeMap<>();
        final Semaphore permits = new Semaphore(0);
        final AtomicInteger working = new AtomicInteger();
        String failure;

        @Override
        public synchronized InPlaceStatus mount(InPlaceRequest request) {
            InPlaceStatus before = standing.get(request.disk());
            boolean same = before != null && before.generation().equals(request.generation());
            long present = same ? before.presentBytes() : 0;
            return put(request.generation(), request.disk(), request.restore(), present);
        }

        synchronized InPlaceStatus put(String generation, String disk, boolean restore, long present) {
            InPlaceStatus status = new InPlaceStatus(disk, generation, restore, BYTES, present, present == 0, null);
            standing.put(disk, status);
            return status;
        }

        @Override
        public synchronized List<InPlaceStatus> list() {
            return List.copyOf(standing.values());
        }

        @Override
        public synchronized Optional<InPlaceStatus> of(String disk) {
            return Optional.ofNullable(standing.get(disk));
        }

        @Override
        public void bringBack(String disk, Progress progress) throws IOException {
            assertThat(working.incrementAndGet()).as("calls at a time").isEqualTo(1);
            try {
                progress.total(BYTES);
                InPlaceStatus now = of(disk).orElseThrow();
                while (now.presentBytes() < BYTES) {
                    while (!permits.tryAcquire()) {
                        progress.pass();
                    }
                    if (failure != null) {
                        throw new IOException(failure);
                    }
                    now = put(now.generation(), disk, true, now.presentBytes() + 100);
                    progress.advance(100);
                }
                undo(disk);
            } finally {
                working.decrementAndGet();
            }
        }

        @Override
        public synchronized void undo(String disk) {
            standing.remove(disk);
        }
    }

    @AfterEach
    void everythingEnds() throws InterruptedException {
        bringBacks.close();
        for (TestJobs.TestJob job : jobs.started) {
            job.end();
        }
    }

    private TestJobs.TestJob job(int number) {
        return jobs.started.get(number - 1);
    }

    private Job mount(String generation, String disk) throws IOException {
        return bringBacks.mount(new InPlaceRequest(generation, disk, true)).orElseThrow();
    }

    @Test
    void aMountIsBroughtBackByAJob() throws Exception {
        mounts.permits.release(10);
        mount("d@3", "d");
        assertThat(job(1).end()).isNull();
        assertThat(job(1).subject()).isEqualTo("bring-back d@3 to disk d");
        assertThat(job(1).result).isEqualTo(Map.of("generation", "d@3", "disk", "d", "broughtBackBytes", BYTES));
        assertThat(job(1).done).hasValue(BYTES);
        assertThat(mounts.standing).isEmpty();
    }

    @Test
    void withoutRestoreThereIsNoJob() throws IOException {
        assertThat(bringBacks.mount(new InPlaceRequest("d@3", "d", false))).isEmpty();
        bringBacks.goOn();
        assertThat(jobs.started).isEmpty();
    }

    @Test
    void theSameIsNotBroughtBackTwice() throws IOException {
        Job first = mount("d@3", "d");
        assertThat(mount("d@3", "d")).isSameAs(first);
        bringBacks.goOn();
        assertThat(mount("d@3", "e")).isNotSameAs(first);
        assertThat(jobs.started).hasSize(2);
        mounts.permits.release(20);
    }

    @Test
    void whoCancelsIsToldHowThingsStand() throws Exception {
        mount("d@3", "d").cancel();
        assertThat(job(1).end())
                .hasMessage(
                        "cancelled on request; d@3 stands in for disk 'd' as before, with 0 of its 1000 bytes on the"
                                + " disk: go on with 'generation mount d@3 --in-place', or leave it to the next start of a"
                                + " platform that stays; nothing was written to the disk yet, so that 'generation unmount d@3 --in-place'"
                                + " brings back what was on it before");
        mounts.put("d@3", "new", true, 300);
        mount("d@3", "new").cancel();
        assertThat(job(2).end())
                .hasMessageContaining("300 of its 1000 bytes")
                .hasMessageContaining("'generation mount d@3 --in-place --to new'")
                .hasMessageNotContaining("unmount");
    }

    /** It is not begun again behind the back of who cancelled it, but goes on when told to. */
    @Test
    void afterACancellationItGoesOnWhenAsked() throws Exception {
        mounts.permits.release(3);
        Job first = mount("d@3", "d");
        while (job(1).done.get() < 300) {
            Thread.onSpinWait();
        }
        first.cancel();
        assertThat(job(1).end()).hasMessageContaining("300 of its 1000 bytes");
        bringBacks.goOn();
        assertThat(jobs.started).hasSize(1);
        mounts.permits.release(7);
        assertThat(mount("d@3", "d")).isNotSameAs(first);
        assertThat(job(2).end()).isNull();
        assertThat(job(2).result).containsEntry("broughtBackBytes", 700L);
    }

    @Test
    void aFailureSaysHowThingsStand() throws Exception {
        mounts.failure = "frame 7 is damaged";
        mounts.permits.release(1);
        mount("d@3", "d");
        assertThat(job(1).end())
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("frame 7 is damaged; d@3 stands in for disk 'd' as before");
    }

    @Test
    void whatIsNotKnownIsNotSaid() throws Exception {
        mounts.put("d@3", "d", true, -1);
        mounts.failure = "a record is damaged";
        mounts.permits.release(1);
        mount("d@3", "d");
        assertThat(job(1).end())
                .hasMessage("a record is damaged; d@3 stands in for disk 'd' as before: go on with 'generation mount"
                        + " d@3 --in-place', or leave it to the next start of a platform that stays");
    }

    @Test
    void aStartOfThePlatformGoesOnAndWaitsForTheMedium() throws Exception {
        away = "medium 'm' is not there";
        mounts.put("d@3", "d", true, 500);
        mounts.put("e@1", "e", false, 500);
        bringBacks.goOn();
        bringBacks.goOn();
        assertThat(jobs.started).hasSize(1);
        job(1).awaitPhase("waiting until d@3 can be read: medium 'm' is not there");
        mounts.permits.release(5);
        away = null;
        assertThat(job(1).end()).isNull();
        assertThat(job(1).result).containsEntry("broughtBackBytes", 500L);
    }

    @Test
    void whoWaitsForTheMediumCanBeCancelled() throws Exception {
        away = "medium 'm' is not there";
        mounts.put("d@3", "d", true, 500);
        bringBacks.goOn();
        job(1).awaitPhase("waiting");
        job(1).cancel();
        assertThat(job(1).end()).hasMessageContaining("500 of its 1000 bytes");
    }

    @Test
    void whoWaitsForAMountThatIsUndoneEnds() throws Exception {
        away = "medium 'm' is not there";
        mounts.put("d@3", "d", true, 0);
        bringBacks.goOn();
        job(1).awaitPhase("waiting");
        mounts.undo("d");
        assertThat(job(1).end())
                .hasMessage("generation d@3 does not stand in for disk 'd' any more; nothing was brought back");
    }

    @Test
    void anotherGenerationWaitsForTheEndOfTheFormerOne() throws Exception {
        away = "medium 'm' is not there";
        mounts.put("d@3", "d", true, 0);
        bringBacks.goOn();
        job(1).awaitPhase("waiting");
        mounts.permits.release(10);
        mount("d@4", "d");
        assertThat(job(2).end()).isNull();
        // It may have noticed by itself before it was told.
        assertThat(job(1).end())
                .hasMessageMatching(
                        "d@4 stands in for disk 'd' now|generation d@3 does not stand in for disk 'd' any more;.*");
    }

    @Test
    void blocksThatAreToStayEndTheJob() throws Exception {
        mount("d@3", "d");
        bringBacks.mount(new InPlaceRequest("d@3", "d", false));
        assertThat(job(1).end())
                .hasMessageStartingWith("its blocks are to stay on the medium until they are asked for; d@3 stands in");
    }

    @Test
    void whenTheMountsStopAllEndsAndNothingBegins() throws Exception {
        mount("d@3", "d");
        bringBacks.close();
        assertThat(job(1).end()).hasMessageStartingWith("in-place mounts were stopped; d@3 stands in");
        assertThatThrownBy(() -> mount("d@3", "d")).hasMessageContaining("after the next start");
        bringBacks.goOn();
        assertThat(jobs.started).hasSize(1);
    }
}

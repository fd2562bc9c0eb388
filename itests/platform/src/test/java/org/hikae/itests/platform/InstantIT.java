package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.hikae.api.backup.RestoreRequest;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.junit.Test;

/** R4 and R5: one order for the instant, and one door to a disk. */
public class InstantIT extends InLab {
    @Test
    public void r4_aWriteHeldAtTheInstantBelongsAfterIt() throws Exception {
        AtomicReference<Task> held = new AtomicReference<>();
        lab.gathering.watch(new TakesImage() {
            @Override
            public void instant() throws IOException {
                super.instant();
                held.set(Task.start(() -> write("n2", 5 * BLOCK, "after")));
                held.get().awaitHeld();
                assertThat(Files.mismatch(disk.path(), image.path())).isEqualTo(-1);
            }
        });

        String generation = Lab.generation(backUp());

        held.get().join();
        assertThat(text(disk.path(), 5 * BLOCK, 5)).isEqualTo("after");
        assertExact(generation);
        assertThat(changed()).as("recorded in the epoch after the instant").isEqualTo(BlockSet.of(new BlockRun(5, 1)));
    }

    @Test
    public void r4_aWriteLetInBeforeTheHoldIsDrainedAndBelongsBeforeTheInstant() throws Exception {
        Checkpoint inside = new Checkpoint();
        AtomicInteger instants = new AtomicInteger();
        lab.gathering.watch(new TakesImage() {
            @Override
            public void instant() throws IOException {
                super.instant();
                instants.incrementAndGet();
            }

            @Override
            public void beforeAppend(String node, BlockRun run, ByteBuffer data) {
                inside.pass();
            }
        });
        HoldsCopier first = holdCopier();
        Job earlier = backUp();
        first.firstFrame.awaitArrival();
        Task write = Task.start(() -> write("n1", 0, "before"));
        inside.awaitArrival();

        Job later = backUp();
        awaitBarrier(later);
        assertThat(instants).as("the instant waits for the write").hasValue(1);
        inside.open();
        write.join();
        Awaitility.await().until(() -> instants.get() == 2);
        first.letGo();

        Lab.generation(earlier);
        assertThat(text(image.path(), 0, 6)).isEqualTo("before");
        assertExact(Lab.generation(later));
    }

    private static void awaitBarrier(Job job) {
        Awaitility.await().until(() -> "reaching the instant".equals(job.info().phase()));
        Thread thread = Thread.getAllStackTraces().keySet().stream()
                .filter(candidate -> candidate.getName().startsWith("hikae-job-" + job.id() + " "))
                .findFirst()
                .orElseThrow();
        Task.awaitHeld(thread);
    }

    /** A node never depends on its manager to go on; it costs the manager the attempt, not the node its write. */
    @Test
    public void r4_aHoldThatTimesOutLetsTheWriteGoAndTheInstantIsTriedAgain() throws Exception {
        AtomicInteger instants = new AtomicInteger();
        lab.gathering.watch(new TakesImage() {
            @Override
            public void instant() throws IOException {
                if (instants.incrementAndGet() == 1) {
                    Task write = Task.start(() -> write("n3", 0, "goes on"));
                    joinUnchecked(write);
                }
                super.instant();
            }
        });

        String generation = Lab.generation(backUp());

        assertThat(instants).hasValue(2);
        assertThat(text(image.path(), 0, 7)).isEqualTo("goes on");
        assertExact(generation);
    }

    private static void joinUnchecked(Task task) {
        try {
            task.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What a node wrote after it had read another's write is not in a generation without that write. */
    @Test
    public void r4_theInstantIsOneCutThroughAllNodes() throws Exception {
        try (Gossip gossip = new Gossip(lab, disk)) {
            for (int i = 0; i < 20; i++) {
                long[] returned = gossip.returned();
                String generation = Lab.generation(backUp());
                try (BlockDevice reader = lab.generations().open(generation)) {
                    gossip.assertOneCut(reader, returned, gossip.begun());
                }
                assertExact(generation);
            }
        }
    }

    @Test
    public void r5_zeroesPassTheDoor() throws Exception {
        HoldsCopier hold = holdCopier();
        Job job = backUp();
        hold.firstFrame.awaitArrival();
        try (BlockDevice device = lab.node("n2").open(disk.name())) {
            device.zero(100, SIZE - 200);
        }
        hold.letGo();

        assertExact(Lab.generation(job));
    }

    @Test
    public void r5_aRestoreOntoTheDiskPassesTheDoor() throws Exception {
        String older = Lab.generation(backUp());
        fill("n1", 0, SIZE, 'x');
        HoldsCopier hold = holdCopier();
        Job job = backUp();
        hold.firstFrame.awaitArrival();

        RestoreRequest.Target target = new RestoreRequest.ToDisk(disk.name(), "n2");
        JobInfo restored = Lab.end(lab.backups().restore(new RestoreRequest(older, target, 0)));
        hold.letGo();

        assertThat(restored.state()).as("%s", restored).isEqualTo(JobInfo.State.DONE);
        assertExact(Lab.generation(job));
        try (BlockDevice reader = lab.generations().open(older)) {
            Image now = new Image(disk.path());
            now.take();
            assertThat(now.difference(reader)).isEqualTo(-1);
        }
    }
}

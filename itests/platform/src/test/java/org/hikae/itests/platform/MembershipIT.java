package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.node.NodeGoneException;
import org.junit.Test;

/** R9: no writer without the open backups, no generation without every writer's log. */
public class MembershipIT extends InLab {
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    private class Counts extends TakesImage {
        @Override
        public void afterAppend(String node, BlockRun run) {
            logged.add(node);
        }
    }

    @Test
    public void r9_aNodeAddedInMidBackupLogsFromItsFirstWrite() throws Exception {
        lab.gathering.watch(new Counts());
        HoldsCopier copier = holdCopier();
        Job job = backUp("n1");
        copier.firstFrame.awaitArrival();
        lab.nodes().add("n5");
        try {
            fill("n5", 0, SIZE, '5');
        } finally {
            lab.nodes().remove("n5");
        }
        copier.letGo();

        assertExact(Lab.generation(job));
        assertThat(logged).containsExactly("n5");
    }

    @Test
    public void r9_aNodeThatComesBackUnderItsNameIsAnotherIncarnationOfIt() throws Exception {
        lab.gathering.watch(new Counts());
        HoldsCopier copier = holdCopier();
        Job job = backUp("n1");
        copier.firstFrame.awaitArrival();
        long before = lab.node("n2").incarnation();
        fill("n2", 0, FRAME, 'a');
        lab.nodes().remove("n2");
        lab.nodes().add("n2");
        fill("n2", FRAME / 2, SIZE - FRAME / 2, 'b');
        copier.letGo();

        assertThat(lab.node("n2").incarnation()).isGreaterThan(before);
        assertExact(Lab.generation(job));
    }

    @Test
    public void r9_aNodeIsRemovedOnlyAfterItsWritesInFlightAndWritesNoMore() throws Exception {
        Checkpoint inside = new Checkpoint();
        lab.gathering.watch(new TakesImage() {
            @Override
            public void beforeAppend(String node, BlockRun run, ByteBuffer data) {
                inside.pass();
            }
        });
        HoldsCopier copier = holdCopier();
        Job job = backUp("n1");
        copier.firstFrame.awaitArrival();
        BlockDevice device = lab.node("n2").open(disk.name());
        Task write = Task.start(() -> {
            device.write(ByteBuffer.wrap(new byte[10]), 0);
            device.force();
        });
        inside.awaitArrival();
        Task removal = Task.start(() -> lab.nodes().remove("n2"));
        removal.awaitHeld();
        assertThat(write.done()).isFalse();
        inside.open();
        write.join();
        removal.join();
        copier.letGo();
        try {
            assertThat(catchThrowable(() -> device.write(ByteBuffer.wrap(new byte[10]), 0)))
                    .isInstanceOf(NodeGoneException.class);
            assertExact(Lab.generation(job));
        } finally {
            lab.nodes().add("n2");
        }
    }

    @Test
    public void r9_aWriteThatCannotBeLoggedGoesOnAndItsGenerationIsDropped() throws Exception {
        lab.gathering.watch(new TakesImage() {
            @Override
            public void beforeAppend(String node, BlockRun run, ByteBuffer data) throws IOException {
                throw new IOException("the log's cable was cut");
            }
        });
        HoldsCopier copier = holdCopier();
        List<String> before = lab.files(Lab.MEDIUM);
        Job job = backUp();
        copier.firstFrame.awaitArrival();
        write("n1", FRAME, "goes on");
        copier.letGo();

        assertThat(Lab.failure(job))
                .isEqualTo("node 'n1' could not log block 256 before it was overwritten: the log's cable was cut");
        assertThat(text(disk.path(), FRAME, 7)).isEqualTo("goes on");
        assertNothingLeft(before);
        assertThat(changed()).as("changed as before").isEqualTo(BlockSet.of(new BlockRun(256, 1)));
    }

    @Test
    public void r9_nothingIsSealedWhileAWriterIsInside() throws Exception {
        Checkpoint inside = new Checkpoint();
        lab.gathering.watch(new TakesImage() {
            @Override
            public void beforeAppend(String node, BlockRun run, ByteBuffer data) {
                inside.pass();
            }
        });
        HoldsCopier copier = holdCopier();
        Job job = backUp();
        copier.firstFrame.awaitArrival();
        Task write = Task.start(() -> write("n4", 2 * FRAME, "slow"));
        inside.awaitArrival();
        copier.letGo();
        Awaitility.await().until(() -> "gathering the log".equals(job.info().phase()));
        assertThat(job.await(Duration.ofMillis(100))).isFalse();
        assertThat(lab.generations().list()).noneMatch(info -> info.disk().equals(disk.name()));
        inside.open();
        write.join();

        assertExact(Lab.generation(job));
    }

    /** A backup that is cancelled, or whose medium fails, leaves neither objects nor a forgotten change. */
    @Test
    public void aFailedBackupLeavesNothingBehind() throws Exception {
        write("n1", 0, "changed before");
        List<String> before = lab.files(Lab.MEDIUM);
        lab.driver.watch(new ProbeDriver.Watch() {
            @Override
            public void commit(String object) throws IOException {
                throw new IOException("the medium has burnt down");
            }
        });
        assertThat(Lab.failure(backUp())).contains("the medium has burnt down");
        assertNothingLeft(before);
        assertThat(changed()).isEqualTo(BlockSet.of(new BlockRun(0, 1)));

        HoldsCopier copier = holdCopier();
        Job job = backUp();
        copier.firstFrame.awaitArrival();
        write("n1", FRAME, "changed meanwhile");
        job.cancel();
        copier.letGo();
        assertThat(Lab.end(job).state()).isEqualTo(JobInfo.State.CANCELLED);
        assertNothingLeft(before);
        assertThat(changed()).isEqualTo(BlockSet.of(new BlockRun(0, 1), new BlockRun(256, 1)));

        lab.driver.watch(new ProbeDriver.Watch() {});
        assertExact(Lab.generation(backUp()));
        assertThat(changed().isEmpty()).isTrue();
    }

    private void assertNothingLeft(List<String> before) throws IOException {
        assertThat(lab.generations().list()).noneMatch(info -> info.disk().equals(disk.name()));
        assertThat(lab.files(Lab.MEDIUM)).isEqualTo(before);
    }
}

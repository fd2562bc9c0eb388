package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.block.BlockRun;
import org.hikae.api.job.Job;
import org.junit.Test;

/** R6 and R7: what is logged, in which order, and what need not be. */
public class BeforeImageIT extends InLab {
    /** Names of nodes that are held once at a step. */
    private final Map<String, Checkpoint> reading = new ConcurrentHashMap<>();

    private final Map<String, Checkpoint> logging = new ConcurrentHashMap<>();
    /** Nodes that have logged something. */
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    private final List<Long> numbers = Collections.synchronizedList(new ArrayList<>());
    private final List<BlockRun> kept = Collections.synchronizedList(new ArrayList<>());

    private final class Held extends TakesImage {
        @Override
        public void missing(BlockRun run, List<BlockRun> missing) {
            Checkpoint checkpoint = reading.get(Thread.currentThread().getName());
            if (checkpoint != null) {
                checkpoint.pass();
            }
        }

        @Override
        public void beforeAppend(String node, BlockRun run, ByteBuffer data) {
            Checkpoint checkpoint = logging.get(node);
            if (checkpoint != null) {
                checkpoint.pass();
            }
        }

        @Override
        public void afterAppend(String node, BlockRun run) {
            logged.add(node);
        }

        @Override
        public void put(long number, BlockRun run) {
            numbers.add(number);
            kept.add(run);
        }
    }

    /** A backup with the copier held before its first frame. */
    private record Begun(Job job, HoldsCopier copier) {
        void copyFirstFrame() {
            copier.firstFrame.open();
            copier.secondFrame.awaitArrival();
        }

        String end() throws InterruptedException {
            copier.letGo();
            return Lab.generation(job);
        }
    }

    private Begun begin() throws Exception {
        lab.gathering.watch(new Held());
        HoldsCopier copier = holdCopier();
        Job job = backUp();
        copier.firstFrame.awaitArrival();
        return new Begun(job, copier);
    }

    @Test
    public void r6_aBlockIsNotOverwrittenBeforeItsRecordIsHeld() throws Exception {
        Begun backup = begin();
        Checkpoint n1 = new Checkpoint();
        logging.put("n1", n1);
        String before = text(disk.path(), FRAME, 10);
        Task write = Task.start(() -> write("n1", FRAME, "overwritten"));
        n1.awaitArrival();

        assertThat(text(disk.path(), FRAME, 10)).isEqualTo(before);
        n1.open();
        write.join();

        assertThat(text(disk.path(), FRAME, 11)).isEqualTo("overwritten");
        assertExact(backup.end());
    }

    /** N1 has read the old block when N2 wants to overwrite it, and gets its lease only when N1 is done: one record is kept. */
    @Test
    public void r6_ofTwoRecordsOfABlockOneIsKept() throws Exception {
        Begun backup = begin();
        Checkpoint n1 = new Checkpoint();
        logging.put("n1", n1);
        Task slow = Task.start(() -> write("n1", FRAME, "n1"));
        n1.awaitArrival();
        Task second = Task.start(() -> write("n2", FRAME, "n2"));
        second.awaitHeld();
        n1.open();
        slow.join();
        second.join();

        assertExact(backup.end());
        assertThat(text(disk.path(), FRAME, 2)).isEqualTo("n2");
        assertThat(kept).containsExactly(new BlockRun(FRAME / BLOCK, 1));
    }

    /** N1 finds the block missing in the log; N2 waits for its lease until N1 has read and logged it, and needs no record. */
    @Test
    public void r6_theFirstImageOfABlockWinsOverOneThatWasReadTooLate() throws Exception {
        Begun backup = begin();
        Checkpoint late = new Checkpoint();
        reading.put("guest", late);
        Task slow = Task.start(() -> write("n1", FRAME, "n1"));
        late.awaitArrival();
        reading.clear();
        Task second = Task.start(() -> write("n2", FRAME, "n2 was second"));
        second.awaitHeld();
        late.open();
        slow.join();
        second.join();

        assertThat(logged).containsExactly("n1");
        assertExact(backup.end());
        assertThat(kept).containsExactly(new BlockRun(FRAME / BLOCK, 1));
    }

    @Test
    public void r6_recordsOfAllNodesAreNumberedByOneCounter() throws Exception {
        Begun backup = begin();
        List<Task> guests = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String node = "n" + (1 + i);
            int first = i;
            guests.add(Task.start(() -> {
                for (long block = first; block < SIZE / BLOCK; block += 4) {
                    write(node, block * BLOCK, node);
                }
            }));
        }
        for (Task guest : guests) {
            guest.join();
        }

        assertExact(backup.end());
        assertThat(numbers)
                .as("in the order of their numbers, none left out")
                .isEqualTo(LongStream.rangeClosed(1, numbers.size()).boxed().toList());
        assertThat(kept).doesNotHaveDuplicates().hasSameSizeAs(numbers);
    }

    /** The copier reads a block that was overwritten long ago: its before-image wins, wherever the log is kept. */
    @Test
    public void r6_theLogWinsOverWhatWasCopiedTooLate() throws Exception {
        for (String place : List.of("overlay", "separate")) {
            lab.strategy(disk.name(), place, null);
            Begun backup = begin();
            fill("n2", FRAME - 7, SIZE - FRAME, 'z');
            assertExact(backup.end());
        }
        lab.strategy(disk.name(), "separate", Lab.OTHER_MEDIUM);
        Begun backup = begin();
        fill("n2", FRAME - 9, SIZE - FRAME, 'y');
        assertExact(backup.end());
    }

    /** The copier has read the first frame; the medium does not have it yet. */
    @Test
    public void r7_whatIsReadButNotOnTheMediumIsNotKnownToBeCopied() throws Exception {
        Begun backup = begin();

        write("n1", 0, "too early");

        assertThat(logged).containsExactly("n1");
        assertExact(backup.end());
    }

    @Test
    public void r7_whatIsOnTheMediumNeedsNoBeforeImage() throws Exception {
        Begun backup = begin();
        backup.copyFirstFrame();
        write("n1", 0, "late enough");

        assertExact(backup.end());
        assertThat(logged).isEmpty();
        assertThat(backup.job.info().result()).containsEntry("sparedWrites", 1L);
    }

    /**
     * N1 finds a block missing in the log; the block is copied; N2, which needs no before-image any more, wants to overwrite
     * it, and gets its lease only when N1 is done: else N1 would read what N2 wrote, and that is no before-image. What N1 read
     * is not kept either way.
     */
    @Test
    public void r7_whatIsReadAfterTheBlockWasCopiedIsNoBeforeImage() throws Exception {
        Begun backup = begin();
        Checkpoint late = new Checkpoint();
        reading.put("guest", late);
        Task slow = Task.start(() -> write("n1", 0, "n1"));
        late.awaitArrival();
        reading.clear();
        backup.copyFirstFrame();
        Task spared = Task.start(() -> write("n2", 0, "n2 was spared"));
        spared.awaitHeld();
        late.open();
        slow.join();
        spared.join();

        assertExact(backup.end());
        assertThat(kept).isEmpty();
        assertThat(text(disk.path(), 0, 13)).isEqualTo("n2 was spared");
    }

    /** The frames that n2 holds are on no medium when it is lost; others copy them, and see what was written since. */
    @Test
    public void r7_framesOfALostNodeAreCopiedByOthersAsTheyWereAtTheInstant() throws Exception {
        lab.gathering.watch(new Held());
        HoldsCopier copiers = holdCopier();
        List<String> nodes = List.of("n2", "n3");
        Job job = lab.backups().backUp(new BackupRequest(disk.name(), Lab.MEDIUM, nodes, 0, 2));
        copiers.firstFrame.awaitArrival();
        fill("n1", 0, SIZE, 'a');
        lab.nodes().remove("n2");
        try {
            fill("n1", 0, SIZE, 'b');
            copiers.letGo();
            assertExact(Lab.generation(job));
        } finally {
            lab.nodes().add("n2");
        }
    }

    @Test
    public void aBackupWhoseCopyingNodesAreAllLostSaysSo() throws Exception {
        HoldsCopier copiers = holdCopier();
        Job job = backUp("n2");
        copiers.firstFrame.awaitArrival();
        lab.nodes().remove("n2");
        copiers.letGo();
        try {
            assertThat(Lab.failure(job))
                    .isEqualTo(
                            "no node is left to copy disk '" + disk.name() + "': the nodes that copied were removed");
            assertThat(lab.generations().list()).noneMatch(info -> info.disk().equals(disk.name()));
        } finally {
            lab.nodes().add("n2");
        }
    }
}

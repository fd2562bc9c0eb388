package org.hikae.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.copy.BackUpCopy;
import org.hikae.api.copy.CopyLimits;
import org.hikae.api.job.Progress;
import org.hikae.api.log.NodeLog;
import org.hikae.api.media.BlockWriter;
import org.hikae.api.node.Node;
import org.hikae.api.node.NodeGoneException;
import org.hikae.copy.CopyManagerUnit;
import org.hikae.logcentral.CentralGathering;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known to be copied, on the copy manager and the log manager in use. */
@Timeout(30)
class R7Test {

    /** Each is a run, and so a chunk, of its own. */
    private static final List<Long> COPIED = List.of(0L, 2L, 4L, 6L, 8L, 10L);

    @TempDir
    private Path folder;

    private final Set<Long> published = ConcurrentHashMap.newKeySet();

    /** Something that happens while a worker is at a block. */
    @FunctionalInterface
    private interface Hook {
        void at(long block) throws IOException;
    }

    private static Node node(String name, Lab lab, Hook afterRead) {
        BlockDevice source = new MemoryDevice(Lab.BLOCKS, Lab.BLOCK) {
            @Override
            public void read(ByteBuffer dst, long offset) throws IOException {
                lab.device.read(dst, offset);
                afterRead.at(offset / Lab.BLOCK);
            }
        };
        return Lab.proxy(Node.class, "name", name, "incarnation", 1L, "openForCopy", source);
    }

    private void copy(Lab lab, Node... nodes) throws IOException {
        BackUpCopy.Copied copied = new BackUpCopy.Copied() {
            @Override
            public List<BlockRun> toCopy(BlockRun run) {
                return lab.session.toCopy(run);
            }

            @Override
            public void copied(BlockRun run) {
                for (long block = run.first(); block < run.end(); block++) {
                    published.add(block);
                }
                lab.session.copied(run);
            }

            @Override
            public void check() throws IOException {
                lab.session.check();
            }
        };
        BlockSet wanted = BlockSet.of(COPIED.stream().map(Lab::block).toList());
        CopyLimits limits = new CopyLimits(0, nodes.length);
        new CopyManagerUnit()
                .backUp(
                        new BackUpCopy(lab.disk, List.of(nodes), wanted, lab.generation, copied, limits),
                        Progress.NONE);
    }

    private static void assertOfT0(Lab lab, NodeLog log) throws IOException {
        lab.session.complete(List.of(log.complete()));
        COPIED.forEach(lab::assertOfT0);
    }

    /** A generation before which something happens when it is about to get a block. */
    private static MemoryGeneration generation(Hook beforeWrite) {
        return new MemoryGeneration(Lab.BLOCK) {
            @Override
            public BlockWriter openBlocks() {
                BlockWriter writer = super.openBlocks();
                return new BlockWriter() {
                    @Override
                    public void write(BlockRun run, ByteBuffer data) throws IOException {
                        beforeWrite.at(run.first());
                        writer.write(run, data);
                    }

                    @Override
                    public void zeros(BlockRun run) throws IOException {
                        writer.zeros(run);
                    }

                    @Override
                    public void complete() throws IOException {
                        writer.complete();
                    }

                    @Override
                    public void close() {
                        writer.close();
                    }
                };
            }
        };
    }

    @Test
    void r7_whatIsReadAndNotWrittenYetIsLogged() throws IOException {
        List<NodeLog> log = new ArrayList<>();
        List<Long> missing = new ArrayList<>();
        MemoryGeneration generation = generation(block -> {
            log.get(0).missing(Lab.block(block)).forEach(run -> missing.add(run.first()));
        });
        try (Lab lab = new Lab(new CentralGathering(), folder, generation)) {
            log.add(lab.join("n1"));
            copy(lab, node("n1", lab, block -> {}));
            assertThat(missing).containsExactlyElementsOf(COPIED);
            assertThat(log.get(0).missing(Lab.block(0)))
                    .as("once it is written")
                    .isEmpty();
        }
    }

    /** A worker reads B and is lost; N1 overwrites B; another worker copies the new B. */
    @Test
    void r7_whatALostWorkerHadReadIsLoggedAndCopiedByAnother() throws IOException {
        try (Lab lab = new Lab(new CentralGathering(), folder)) {
            NodeLog log = lab.join("n1");
            AtomicLong read = new AtomicLong(-1);
            Node lost = node("lost", lab, block -> {
                lab.write(log, block);
                read.set(block);
                throw new NodeGoneException("lost");
            });
            Node heir = node("heir", lab, block -> Awaitility.await().until(() -> read.get() >= 0));
            copy(lab, lost, heir);
            assertOfT0(lab, log);
            assertThat(lab.generation.copied.get(read.get()))
                    .as("copied too late")
                    .isZero();
        }
    }

    /** Each block is overwritten, unlogged, as soon as that may be. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void r7_whatIsPublishedIsNeverReadAgain(int lostAt) throws IOException {
        try (Lab lab = new Lab(new CentralGathering(), folder)) {
            NodeLog log = lab.join("n1");
            AtomicInteger reads = new AtomicInteger();
            Hook overwrites = block -> {
                assertThat(published).as("read again").doesNotContain(block);
                for (long copied : published) {
                    lab.write(log, copied);
                }
                if (reads.incrementAndGet() == lostAt) {
                    throw new NodeGoneException("n1");
                }
            };
            copy(lab, node("n1", lab, overwrites), node("n2", lab, overwrites));
            assertThat(lab.generation.logged).isEmpty();
            assertOfT0(lab, log);
        }
    }

    /** N1 finds B missing; B is copied; N2 overwrites it unlogged; N1 reads what N2 wrote, and logs it. */
    @ParameterizedTest
    @EnumSource(Gatherings.class)
    void r7_whatWasCopiedSinceItWasFoundMissingIsNotLogged(Gatherings gathering) throws IOException {
        try (Lab lab = new Lab(gathering.make(), folder)) {
            NodeLog n1 = lab.join("n1");
            NodeLog n2 = lab.join("n2");
            BlockRun three = new BlockRun(2, 3);
            assertThat(n1.missing(three)).containsExactly(three);
            lab.generation.openBlocks().write(Lab.block(3), lab.read(Lab.block(3)));
            lab.session.copied(Lab.block(3));
            lab.write(n2, 3);
            n1.append(List.of(three), lab.read(three));
            for (long block = three.first(); block < three.end(); block++) {
                lab.overwrite(block);
            }
            lab.assertSealedAsOfT0(List.of(n1.complete(), n2.complete()));
            assertThat(lab.generation.logged).containsOnlyKeys(2L, 4L);
        }
    }
}

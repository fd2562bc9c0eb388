package org.hikae.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.copy.BackUpCopy;
import org.hikae.api.copy.CopyLimits;
import org.hikae.api.copy.CopyReport;
import org.hikae.api.job.Progress;
import org.hikae.api.node.Node;

/** A copy of a disk by some nodes, with all that is checked of every copy. */
final class TestCopy implements BackUpCopy.Copied {

    final TestDisk disk;
    final TestTarget target;
    final List<TestNode> nodes = new ArrayList<>();
    final TestProgress progress = new TestProgress();
    CopyLimits limits = CopyLimits.NONE;
    BlockSet wanted;
    Time time = Time.SYSTEM;
    /** What the log has, and the copy leaves out. */
    volatile BlockSet logged = BlockSet.empty();
    /** Why the session has failed; null: it has not. */
    volatile String failure;

    TestCopy(TestDisk disk, int nodeCount) {
        this.disk = disk;
        this.target = new TestTarget(disk);
        this.wanted = disk.all();
        for (int i = 1; i <= nodeCount; i++) {
            nodes.add(new TestNode("n" + i, disk));
        }
    }

    TestNode node(int number) {
        return nodes.get(number - 1);
    }

    CopyReport run() throws IOException {
        return run(progress);
    }

    CopyReport run(Progress shown) throws IOException {
        try {
            return new CopyManagerUnit(time)
                    .backUp(new BackUpCopy(disk.disk(), List.<Node>copyOf(nodes), wanted, target, this, limits), shown);
        } finally {
            assertThat(target.open).as("writers that are open").hasValue(0);
            assertThat(nodes).allMatch(node -> node.open() == 0);
        }
    }

    /** As {@link #run}, to a good end: all is there that is wanted and not logged. */
    CopyReport runWell() throws IOException {
        CopyReport report = run();
        target.assertExact();
        assertThat(target.written()).isEqualTo(wanted.minus(logged));
        long bytes = report.bytesRead() + report.bytesZero() + report.bytesLeftOut();
        assertThat(progress.done()).isEqualTo(bytes);
        assertThat(bytes).isEqualTo(Math.min(disk.size(), wantedBytes()));
        assertThat(report.bytesByNode().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(report.bytesRead());
        return report;
    }

    /** The last block may be a short one. */
    private long wantedBytes() {
        long bytes = wanted.count() * disk.blockSize();
        return wanted.contains(disk.blocks() - 1) ? bytes - (disk.blocks() * disk.blockSize() - disk.size()) : bytes;
    }

    @Override
    public List<BlockRun> toCopy(BlockRun run) {
        List<BlockRun> runs = new ArrayList<>();
        BlockSet.range(run.first(), run.count()).minus(logged).forEach(runs::add);
        return runs;
    }

    @Override
    public void copied(BlockRun run) {
        assertThat(target.written().containsAll(run)).as("%s was written", run).isTrue();
        disk.publish(run);
    }

    @Override
    public void check() throws IOException {
        if (failure != null) {
            throw new IOException(failure);
        }
    }
}

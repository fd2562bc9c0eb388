package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.hikae.api.job.Job;
import org.hikae.api.media.Layout;
import org.junit.Test;

/** Each node keeps its records until the end (a.2). */
public class PerNodeLogIT extends LogStrategyContract {
    /** Bytes of the header of a temporary log's files, see docs/formats/temporary-log.md. */
    private static final int HEADER = 4096;

    private static final int ENTRY = 36;

    @Override
    String name() {
        return "per-node";
    }

    @Override
    String bundle() {
        return "org.hikae.log-pernode";
    }

    @Override
    String other() {
        return "central";
    }

    @Override
    boolean outlivesNodes() {
        return false;
    }

    /** Something that happens to a file of a temporary log. */
    private interface Harm {
        void to(RandomAccessFile file) throws IOException;
    }

    @Test
    public void aTemporaryLogIsTornInMidBackup() throws Exception {
        harm(".list", file -> file.setLength(HEADER + ENTRY));
        harm(".list", file -> file.setLength(HEADER + 2 * ENTRY - 1));
        harm(".data", file -> file.setLength(HEADER + BLOCK));
        harm(".data", file -> file.setLength(0));
    }

    @Test
    public void aTemporaryLogIsDamagedInMidBackup() throws Exception {
        harm(".list", file -> flip(file, HEADER + ENTRY + 3));
        harm(".data", file -> flip(file, HEADER + BLOCK + 77));
        harm(".data", file -> flip(file, 20));
    }

    private static void flip(RandomAccessFile file, long at) throws IOException {
        file.seek(at);
        int was = file.read();
        file.seek(at);
        file.write(was ^ 1);
    }

    /** Two blocks are logged, and stand in the files of n2 when something happens to one of them. */
    private void harm(String suffix, Harm harm) throws Exception {
        lab.strategy(disk.name(), name(), "overlay", null);
        List<String> before = lab.files(Lab.MEDIUM);
        HoldsCopier copier = holdCopier();
        Job job = start(Layout.PACKED, 0);
        copier.firstFrame.awaitArrival();
        overwrite("n2", FRAME, "one");
        overwrite("n2", 2 * FRAME, "two");
        Path list = temporaryLog(".list");
        Awaitility.await().until(() -> Files.size(list) == HEADER + 2 * ENTRY);
        try (RandomAccessFile file = new RandomAccessFile(temporaryLog(suffix).toFile(), "rw")) {
            harm.to(file);
        }
        copier.letGo();
        assertThat(Lab.failure(job)).contains("the temporary log " + list.getParent(), "of node 'n2' is damaged: ");
        assertNothingLeft(before);
    }

    /** The file of that kind that n2 has. */
    private Path temporaryLog(String suffix) throws IOException {
        List<Path> files = lab.temporaryLogs().stream()
                .filter(file ->
                        file.toString().endsWith(suffix) && file.getParent().endsWith("n2"))
                .toList();
        assertThat(files).hasSize(1);
        return files.get(0);
    }

    @Test
    @Override
    public void i1_historiesWithEveryPlacement() throws Exception {
        super.i1_historiesWithEveryPlacement();
    }

    @Test
    @Override
    public void i1_historiesWithEveryPlacementStepByStep() throws Exception {
        super.i1_historiesWithEveryPlacementStepByStep();
    }

    @Test
    @Override
    public void r9_aNodeIsLostInMidBackup() throws Exception {
        super.r9_aNodeIsLostInMidBackup();
    }

    @Test
    @Override
    public void r9_aNodeIsKilledBetweenLogAndWrite() throws Exception {
        super.r9_aNodeIsKilledBetweenLogAndWrite();
    }

    @Test
    @Override
    public void r6_theCounterIsRestarted() throws Exception {
        super.r6_theCounterIsRestarted();
    }

    @Test
    @Override
    public void r9_aNodeLeavesAndComesBackInMidBackup() throws Exception {
        super.r9_aNodeLeavesAndComesBackInMidBackup();
    }

    @Test
    @Override
    public void twoBackupsOfADiskAtOnce() throws Exception {
        super.twoBackupsOfADiskAtOnce();
    }

    @Test
    @Override
    public void f1_itsBundleIsStoppedInMidBackupAndAnotherTakesItsPlace() throws Exception {
        super.f1_itsBundleIsStoppedInMidBackupAndAnotherTakesItsPlace();
    }

    @Test
    @Override
    public void f1_theLogManagerIsStoppedInMidBackup() throws Exception {
        super.f1_theLogManagerIsStoppedInMidBackup();
    }
}

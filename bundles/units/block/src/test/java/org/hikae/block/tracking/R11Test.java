package org.hikae.block.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.block.tracking.Lab.region;
import static org.hikae.block.tracking.Lab.set;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.hikae.api.block.BlockRun;
import org.hikae.api.disk.ChangeTracker;
import org.hikae.api.disk.TrackingPoint;
import org.junit.jupiter.api.Test;

/** R11: an exact set stands for the records of its own incarnation alone. Both cases, and the bytes they leave. */
class R11Test {

    private static final int LOG_BYTES = 4096;

    private final Lab lab = new Lab(LOG_BYTES);

    private List<LogEntry> log(long number) throws IOException {
        UUID lineage = new UUID(7, lab.lineages.get());
        return LogFormat.read(
                "log", new LogFormat.Identity(Lab.DISK, lineage, number), lab.storage.get("log-" + number));
    }

    /** N1 recorded region R; N2 sees it, skips its own record, writes another block, dies; N1's exact set for R misses it. */
    @Test
    void r11_aNodeThatReliesOnTheRecordOfAnother() throws IOException {
        TrackingPoint point = lab.backUp();
        ChangeTracker.Recorder n1 = lab.tracking.join();
        ChangeTracker.Recorder n2 = lab.tracking.join();
        n1.record(new BlockRun(5, 1));
        n2.record(new BlockRun(200, 1));
        assertThat(log(1)).as("one record for both").containsExactly(new LogEntry(2, new BlockRun(0, 1)));
        n1.close();
        assertThat(lab.files()).as("nothing exact while n2 may write").containsExactly("log-1", "state");
        lab.kill();
        assertThat(lab.known(point)).isEqualTo(region(0));
    }

    /** The next incarnation does not rely on what an earlier one has recorded. */
    @Test
    void r11_anIncarnationRecordsForItself() throws IOException {
        TrackingPoint point = lab.backUp();
        lab.write(5, 1);
        lab.kill();
        lab.write(200, 1);
        assertThat(log(2)).containsExactly(new LogEntry(66, new BlockRun(0, 1)));
        lab.kill();
        assertThat(lab.known(point)).isEqualTo(region(0));
    }

    /** Saved exact sets, restart, write, kill: the saved set is stale. */
    @Test
    void r11_aSavedSetDoesNotStandForWhatCameAfter() throws IOException {
        TrackingPoint point = lab.backUp();
        lab.write(5, 1);
        lab.stopAndStart();
        assertThat(lab.files()).as("all exact, no log").containsExactly("set-2", "state");
        lab.write(7, 1);
        assertThat(log(3)).containsExactly(new LogEntry(2, new BlockRun(0, 1)));
        lab.kill();
        assertThat(lab.known(point)).isEqualTo(region(0));
    }

    /** The same without a restart: the last door closes, and another opens. */
    @Test
    void r11_aDoorThatOpensAgain() throws IOException {
        TrackingPoint point = lab.backUp();
        lab.write(5, 1);
        lab.recorder.close();
        lab.recorder = lab.tracking.join();
        lab.write(7, 1);
        lab.kill();
        assertThat(lab.known(point)).isEqualTo(region(0));
    }

    /** Of an epoch that ended and was saved, only the exact set counts; of the current one the regions. */
    @Test
    void r11_anEpochThatWasSavedIsExactAfterAKill() throws IOException {
        lab.write(1, 1);
        TrackingPoint first = lab.backUp();
        lab.write(2, 1);
        TrackingPoint second = lab.backUp();
        lab.write(3 * 256, 1);
        lab.kill();
        assertThat(lab.known(second)).isEqualTo(region(3));
        assertThat(lab.known(first)).isEqualTo(region(3).union(set(2, 1)));
    }

    @Test
    void theBytesOfALog() throws IOException {
        lab.write(2 * 256, 1);
        byte[] log = lab.storage.get("log-1");
        assertThat(log).hasSize(LOG_BYTES);
        assertHex(log, 0, "48494b414545524c".replace("4545", "4554") + "01000000");
        assertHex(log, 16, "0000000000000001" + "0000000000000002" + "0000000000000007" + "0000000000000001");
        assertHex(log, 48, "0100000000000000" + "0010000000000000");
        assertThat(Arrays.copyOfRange(log, 0, 512)).isEqualTo(Arrays.copyOfRange(log, 512, 1024));
        assertHex(log, 1024, "484b5242");
        assertHex(log, 1032, "0100000000000000" + "01000000" + "01000000");
        assertHex(log, 1048, "0100000000000000" + "0200000000000000" + "0100000000000000");
        assertThat(Arrays.copyOfRange(log, 1024, 1536)).isEqualTo(Arrays.copyOfRange(log, 1536, 2048));
        assertThat(Arrays.copyOfRange(log, 2048, LOG_BYTES)).containsOnly(0);
    }

    @Test
    void theBytesOfASet() {
        byte[] bytes = SetCodec.encode(set(7, 3, 400, 300));
        assertHex(bytes, 0, "48494b4145545242" + "01000000");
        assertHex(bytes, 16, "07" + "03" + "8603" + "ac02");
        assertThat(bytes).hasSize(22);
    }

    private static void assertHex(byte[] bytes, int at, String hex) {
        byte[] part = Arrays.copyOfRange(bytes, at, at + hex.length() / 2);
        assertThat(HexFormat.of().formatHex(part)).as("from " + at).isEqualTo(hex);
    }
}

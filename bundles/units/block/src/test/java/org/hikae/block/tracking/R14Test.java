package org.hikae.block.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.block.tracking.Lab.region;
import static org.hikae.block.tracking.Lab.set;

import java.io.IOException;
import org.hikae.api.disk.ChangeTracker;
import org.hikae.api.disk.Changes;
import org.hikae.api.disk.TrackingPoint;
import org.junit.jupiter.api.Test;

/** R14: what changed around the door, while the platform was down or nobody wrote, makes the next backup a full one. */
class R14Test {

    private final Lab lab = new Lab(1 << 16);

    private TrackingPoint point;

    private void writeAndStop() throws IOException {
        lab.write(1, 1);
        point = lab.backUp();
        lab.write(2, 1);
        lab.stop();
    }

    @Test
    void r14_aChangeWhileThePlatformWasDownEndsTheLineage() throws IOException {
        writeAndStop();
        lab.stamps.version++;
        lab.start();
        assertThat(lab.unknown(point)).contains("it was changed by something else than Hikae's nodes");
        assertThat(lab.tracking.problem()).contains("changed by something else");
        lab.write(3, 1);
        assertThat(lab.tracking.changed()).as("since a backup of before").isInstanceOf(Changes.Unknown.class);
        TrackingPoint full = lab.backUp();
        assertThat(lab.tracking.problem()).isNull();
        lab.write(9, 1);
        assertThat(lab.known(full)).isEqualTo(set(9, 1));
    }

    @Test
    void r14_anotherFileOrSizeEndsTheLineage() throws IOException {
        writeAndStop();
        lab.stamps.size += 4096;
        lab.start();
        assertThat(lab.unknown(point)).contains("bytes, and had");
        lab.stop();
        lab.stamps.size -= 4096;
        lab.start();
        assertThat(lab.known(point)).isEqualTo(set(2, 1));
        lab.kill();
        lab.stamps.file = "2";
        lab.start();
        assertThat(lab.unknown(point)).contains("another file has taken its place");
    }

    @Test
    void r14_aChangeBeforeTheInstantOfAnIdleDiskIsSeen() throws IOException {
        writeAndStop();
        lab.start();
        assertThat(lab.known(point)).isEqualTo(set(2, 1));
        lab.stamps.version++;
        ChangeTracker.Epoch epoch = lab.tracking.closeEpoch();
        assertThat(epoch.changedSince(point)).isInstanceOf(Changes.Unknown.class);
        assertThat(lab.tracking.problem()).contains("changed by something else");
    }

    @Test
    void r14_aChangeBetweenTwoInstantsOfAnIdleDoorIsSeen() throws IOException {
        lab.write(1, 1);
        TrackingPoint first = lab.backUp();
        TrackingPoint second = lab.backUp();
        assertThat(second.lineage()).isEqualTo(first.lineage());
        lab.stamps.version++;
        assertThat(lab.backUp().lineage()).isNotEqualTo(first.lineage());
    }

    @Test
    void r14_aChangeWhileNobodyHadTheDiskOpenIsSeenBeforeTheNextWrite() throws IOException {
        lab.write(1, 1);
        point = lab.backUp();
        lab.recorder.close();
        lab.stamps.version++;
        lab.recorder = lab.tracking.join();
        lab.write(9, 1);
        assertThat(lab.unknown(point)).contains("something else than Hikae's nodes");
    }

    @Test
    void r14_aMountWhileThePlatformWasDownEndsTheLineage() throws IOException {
        lab.stamps.fileSystem = "mounted on monday";
        writeAndStop();
        lab.stamps.fileSystem = "mounted on tuesday";
        lab.start();
        assertThat(lab.unknown(point)).contains("its file system was mounted, repaired or made anew");
    }

    @Test
    void r14_aFormatWhoseDriverComesLateIsComparedBeforeTheFirstWrite() throws IOException {
        lab.stamps.fileSystem = "mounted on monday";
        writeAndStop();
        lab.stamps.fileSystem = "";
        lab.start();
        assertThat(lab.known(point)).as("nothing is said").isEqualTo(set(2, 1));
        lab.stamps.fileSystem = "mounted on tuesday";
        lab.write(3, 1);
        assertThat(lab.unknown(point)).contains("its file system was mounted");
    }

    @Test
    void r14_whatOurOwnWritersMountIsNone() throws IOException {
        lab.stamps.fileSystem = "mounted on monday";
        lab.write(1, 1);
        point = lab.backUp();
        lab.write(0, 1);
        lab.stamps.fileSystem = "mounted on tuesday";
        lab.kill();
        assertThat(lab.known(point)).as("after a crash").isEqualTo(region(0));
        lab.write(0, 1);
        lab.stamps.fileSystem = "mounted on wednesday";
        point = lab.backUp();
        lab.stopAndStart();
        lab.write(2, 1);
        assertThat(lab.known(point)).as("after an instant and a clean stop").isEqualTo(set(2, 1));
    }

    @Test
    void r14_aCrashOfOursIsNone() throws IOException {
        lab.write(1, 1);
        TrackingPoint before = lab.backUp();
        lab.write(2, 1);
        lab.stamps.version += 5;
        lab.kill();
        assertThat(lab.known(before)).isEqualTo(region(0));
        assertThat(lab.tracking.problem()).isNull();
    }
}

package org.hikae.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.hikae.api.block.BlockDevice;
import org.hikae.node.testing.Deadline;
import org.hikae.node.testing.TestDevice;
import org.junit.jupiter.api.Test;

/** A node is lost in the midst of something: the others go on. */
class LostNodeTest {

    private final Cluster cluster = new Cluster(new TestDevice(1 << 20, 512), 1 << 20);
    private final LocalNode n1 = cluster.start("n1");
    private final LocalNode n2 = cluster.start("n2");

    /** What it is granted then would be taken from it by nobody, and whoever needs that would wait for ever. */
    @Test
    void r16_whoIsLostWhileLeasesAreGrantedHasNoneAfterwards() throws Exception {
        Thread kill = Deadline.daemon(() -> cluster.kill(n1), "kill");
        cluster.control.beforeGrant = () -> {
            cluster.control.beforeGrant = () -> {};
            kill.start();
            await().until(() -> kill.getState() == Thread.State.BLOCKED || !kill.isAlive());
        };
        BlockDevice lost = n1.open(Cluster.DISK);
        FutureTask<Void> granted = new FutureTask<>(() -> write(lost, 1));
        Deadline.daemon(granted, "guest").start();
        await().until(() -> granted.isDone() && !kill.isAlive());

        BlockDevice open = n2.open(Cluster.DISK);
        Deadline.meet(Duration.ofSeconds(20), () -> write(open, 2));
        ByteBuffer read = ByteBuffer.allocate(1);
        open.read(read, 0);
        assertThat(read.get(0)).isEqualTo((byte) 2);
        cluster.close();
    }

    private static Void write(BlockDevice device, int value) throws IOException {
        device.write(ByteBuffer.wrap(new byte[] {(byte) value}), 0);
        return null;
    }
}

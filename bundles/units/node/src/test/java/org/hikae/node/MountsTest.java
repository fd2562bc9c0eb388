package org.hikae.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.Disks;
import org.hikae.api.shared.SharedFileSystem;
import org.junit.jupiter.api.Test;

/** What is mounted, and for how long. */
class MountsTest {

    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    private final SharedFileSystem files = Cluster.fake(SharedFileSystem.class, (name, args) -> switch (name) {
        case "commit" -> commits.incrementAndGet();
        case "close" -> closed.incrementAndGet();
        default -> throw new UnsupportedOperationException(name);
    });

    private final Disk disk = Cluster.fake(Disk.class, (name, args) -> files);
    private final Disks disks = Cluster.fake(Disks.class, (name, args) -> name.equals("get") ? disk : null);

    /** Else what nobody has asked to be durable could be lost though it is hours old. */
    @Test
    void changesAreCommittedByAndBy() throws Exception {
        Mounts mounts = new Mounts(disks, name -> null, Duration.ofMillis(1));
        try (Mounts.Mount mount = mounts.join("data")) {
            Awaitility.await().until(() -> commits.get() > 2);
        }
        assertThat(closed).hasValue(1);
        mounts.close();
    }

    @Test
    void theLastUserClosesIt() throws Exception {
        Mounts mounts = new Mounts(disks, name -> null);
        Mounts.Mount one = mounts.join("data");
        Mounts.Mount other = mounts.join("data");
        one.close();
        one.close();
        assertThat(closed).hasValue(0);
        assertThat(mounts.joinOpen("data")).isNotNull().satisfies(Mounts.Mount::close);
        other.close();
        assertThat(closed).hasValue(1);
        assertThat(mounts.joinOpen("data")).isNull();
        mounts.close();
    }
}

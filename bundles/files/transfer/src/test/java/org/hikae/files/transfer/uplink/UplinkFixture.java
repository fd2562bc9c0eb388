package org.hikae.files.transfer.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hikae.api.files.RunId;
import org.junit.jupiter.api.AfterEach;

/** Over real TLS, with a center that does what is wanted of it. */
abstract class UplinkFixture {
    /** Failures are over soon, and patience is short. */
    static final UplinkTimes QUICK = new UplinkTimes(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofMillis(5),
            Duration.ofMillis(50));

    /** Gives up what does not go on. */
    static final UplinkTimes IMPATIENT = new UplinkTimes(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            Duration.ofMillis(5),
            Duration.ofMillis(50));

    final Random random = new Random(1);
    final TestCenter center;
    final TestOutbox outbox = new TestOutbox();
    final List<Uplink> uplinks = new ArrayList<>();

    UplinkFixture() throws IOException {
        center = new TestCenter();
    }

    @AfterEach
    void close() {
        uplinks.forEach(Uplink::close);
        center.close();
        assertThat(outbox.closed).as("channels are closed").isEqualTo(outbox.opened);
    }

    final Uplink uplink(UplinkTimes times) throws IOException {
        Uplink uplink = new Uplink(
                center.address(), center.ca.member("alice"), outbox, List::of, times, Clock.systemUTC(), random);
        uplinks.add(uplink);
        return uplink;
    }

    final void start() throws IOException {
        uplink(QUICK).start();
    }

    /** All of it is at the center, as it was sent. */
    void assertArrived(RunId run) {
        outbox.await(() -> outbox.complete.contains(run));
        List<byte[]> sent = outbox.runs.get(run);
        synchronized (center) {
            assertThat(center.stored.get(run)).hasSameSizeAs(sent);
            for (int i = 0; i < sent.size(); i++) {
                assertThat(center.stored.get(run).get(i).bytes()).isEqualTo(ByteBuffer.wrap(sent.get(i)));
            }
        }
    }
}

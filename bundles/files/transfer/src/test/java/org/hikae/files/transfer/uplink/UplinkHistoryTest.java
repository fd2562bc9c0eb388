package org.hikae.files.transfer.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.hikae.api.files.RunId;
import org.hikae.files.transfer.identity.Identity;
import org.hikae.files.transfer.message.ErrorReply;
import org.hikae.files.transfer.message.Protocol;
import org.hikae.files.transfer.message.UploadReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Histories of a center that cuts, refuses, answers early, loses answers and orders as it likes, and of a sender that is
 * closed and started again: in the end it has every run as it was, and what was said to be complete was. {@code
 * -Dhikae.seed} makes one again, as far as threads allow.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class UplinkHistoryTest {
    private static final long SEED = Long.getLong("hikae.seed", System.nanoTime());
    private static final int HISTORIES =
            Integer.getInteger("hikae.histories", Boolean.getBoolean("hikae.long") ? 100 : 2);
    private static final int RUNS = 8;

    /** Faults at random, fewer and fewer. */
    private static final class Faults {
        private final Random random;
        private int left;

        Faults(Random random, int left) {
            this.random = random;
            this.left = left;
        }

        synchronized int next(int kinds) {
            int kind = random.nextInt(kinds * 3);
            if (kind >= kinds || left == 0) {
                return -1;
            }
            left--;
            return kind;
        }
    }

    @Test
    void everythingArrivesOnceAndAsItWas() throws Exception {
        for (int i = 0; i < HISTORIES; i++) {
            long seed = SEED + i;
            try {
                history(new Random(seed));
            } catch (AssertionError | IOException e) {
                throw new AssertionError("-Dhikae.seed=" + seed + " -Dhikae.histories=1 makes it again", e);
            }
        }
    }

    private void history(Random random) throws Exception {
        TestOutbox outbox = new TestOutbox();
        try (TestCenter center = new TestCenter()) {
            Identity alice = center.ca.member("alice");
            Faults faults = new Faults(random, 60);
            spoil(center, faults);
            center.orderAll = true;
            List<RunId> runs = new ArrayList<>();
            for (int i = 1; i <= RUNS; i++) {
                runs.add(outbox.add("home", i, 2 + random.nextInt(40), 30_000, random));
                if (i % 3 == 0) {
                    sendFor(center, alice, outbox, random, runs.get(random.nextInt(i)));
                }
            }
            try (Uplink uplink = uplink(center, alice, outbox, random)) {
                uplink.start();
                outbox.await(() -> outbox.complete.containsAll(runs));
            }
            check(center, outbox, runs);
        }
        assertThat(outbox.closed).isEqualTo(outbox.opened);
    }

    private static Uplink uplink(TestCenter center, Identity alice, TestOutbox outbox, Random random)
            throws IOException {
        return new Uplink(
                center.address(),
                alice,
                outbox,
                List::of,
                UplinkFixture.QUICK,
                Clock.systemUTC(),
                new Random(random.nextLong()));
    }

    /** A start that ends somewhere. */
    private static void sendFor(TestCenter center, Identity alice, TestOutbox outbox, Random random, RunId run)
            throws IOException {
        try (Uplink uplink = uplink(center, alice, outbox, random)) {
            uplink.start();
            outbox.await(() -> outbox.received.containsKey(run));
            uplink.changed();
        }
    }

    private static void spoil(TestCenter center, Faults faults) {
        center.intruder = (exchange, resource) -> {
            switch (faults.next(4)) {
                case 0 -> throw new IOException("cut before anything");
                case 1 -> TestCenter.refuse(exchange, 503, ErrorReply.BUSY);
                case 2 -> TestCenter.refuse(exchange, 500, ErrorReply.FAILED);
                case 3 -> {
                    if (!resource.equals(Protocol.POLL)) {
                        return false;
                    }
                    TestCenter.answer(exchange, 200, "{\"orders\":[".getBytes());
                }
                default -> {
                    return false;
                }
            }
            return true;
        };
        center.reception = (run, frame) -> {
            switch (faults.next(8)) {
                case 0 -> throw new IOException("cut");
                case 1 -> {
                    center.whenEnded = UploadReply.Why.PAUSED;
                    return false;
                }
                case 2 -> {
                    center.whenEnded = UploadReply.Why.PART;
                    return false;
                }
                case 3 -> center.withdraw(run);
                default -> {
                    return true;
                }
            }
            return true;
        };
    }

    private static void check(TestCenter center, TestOutbox outbox, List<RunId> runs) {
        synchronized (center) {
            for (RunId run : runs) {
                List<byte[]> sent = outbox.runs.get(run);
                assertThat(center.stored.get(run)).hasSameSizeAs(sent);
                for (int i = 0; i < sent.size(); i++) {
                    assertThat(center.stored.get(run).get(i).bytes()).isEqualTo(ByteBuffer.wrap(sent.get(i)));
                }
            }
        }
    }
}

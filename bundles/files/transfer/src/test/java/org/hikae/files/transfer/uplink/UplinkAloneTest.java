package org.hikae.files.transfer.uplink;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.api.files.RunId;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever another center does, or this one does not do, nobody waits for it for ever. */
@Timeout(60)
class UplinkAloneTest extends UplinkFixture {
    UplinkAloneTest() throws IOException {}

    @Nested
    class StandsAlone {
        /** A center that takes requests and says nothing. */
        @Test
        void besideOneThatIsStuck() throws Exception {
            CountDownLatch end = new CountDownLatch(1);
            try (TestCenter stuck = new TestCenter()) {
                CountDownLatch asked = new CountDownLatch(1);
                stuck.intruder = (exchange, resource) -> {
                    asked.countDown();
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return true;
                };
                TestOutbox others = new TestOutbox();
                others.add("home", 1, 3, 1000, random);
                try (Uplink uplink = new Uplink(
                        stuck.address(),
                        stuck.ca.member("alice"),
                        others,
                        List::of,
                        QUICK,
                        Clock.systemUTC(),
                        random)) {
                    uplink.start();
                    asked.await();
                    RunId run = outbox.add("home", 1, 3, 1000, random);
                    center.orderAll = true;
                    start();
                    assertArrived(run);
                }
            } finally {
                end.countDown();
            }
        }

        @Test
        void whenItIsClosedWhileItSends() throws Exception {
            RunId run = outbox.add("home", 1, 3, 1000, random);
            Uplink uplink = uplink(QUICK);
            uplink.start();
            center.await(() -> !center.polls.isEmpty());
            center.order(run, 0, 1);
            center.await(() -> center.requests.contains("PUT runs/alice/home/1/0"));
            uplink.close();
            uplink.close();
            assertThatThrownBy(uplink::about).hasMessage("the uplink is closed");
            assertThatThrownBy(uplink::start).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void whenACenterDoesNotAnswerInTime() throws Exception {
            CountDownLatch end = new CountDownLatch(1);
            AtomicInteger stuck = new AtomicInteger();
            center.intruder = (exchange, resource) -> {
                if (resource.startsWith("runs/") && stuck.getAndIncrement() == 0) {
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return true;
                }
                return false;
            };
            RunId run = outbox.add("home", 1, 100, 100_000, random);
            center.orderAll = true;
            uplink(IMPATIENT).start();
            try {
                assertArrived(run);
            } finally {
                end.countDown();
            }
        }
    }
}

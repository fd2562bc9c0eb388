package org.hikae.files.transfer.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.api.files.RunId;
import org.hikae.files.transfer.identity.TestCa;
import org.hikae.files.transfer.message.ErrorReply;
import org.hikae.files.transfer.message.PollReply;
import org.hikae.files.transfer.message.UploadReply;
import org.hikae.files.transfer.run.FrameCodec;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Over real TLS, with a center that does what is wanted of it. */
@Timeout(60)
class UplinkTest extends UplinkFixture {
    UplinkTest() throws IOException {}

    @Nested
    class Sends {
        @Test
        void whatIsOrderedAndNothingElse() throws Exception {
            RunId first = outbox.add("home", 1, 5, 100_000, random);
            RunId second = outbox.add("home", 2, 5, 100_000, random);
            start();
            center.await(() -> !center.polls.isEmpty());
            assertThat(center.polls.get(0).runs()).hasSize(2);
            center.order(second, 0, 0);
            assertArrived(second);
            center.order(first, 0, 0);
            assertArrived(first);
            assertThat(center.peers).containsExactly("alice");
        }

        @Test
        void atOnceWhatComesIntoTheOutboxWhileAPollWaits() throws Exception {
            Uplink uplink = uplink(QUICK);
            uplink.start();
            center.await(() -> !center.polls.isEmpty());
            center.change(() -> center.orderAll = true);
            RunId run = outbox.add("home", 1, 3, 1000, random);
            uplink.changed();
            assertArrived(run);
            assertThat(center.polls.get(1).sequence()).isEqualTo(2);
            assertThat(center.polls.get(1).incarnation())
                    .isEqualTo(center.polls.get(0).incarnation());
        }

        @Test
        void fromTheFrameThatIsWantedAfterACut() throws Exception {
            RunId run = outbox.add("home", 1, 20, 100_000, random);
            AtomicInteger cuts = new AtomicInteger();
            center.reception = (id, frame) -> {
                if (frame.number() % 7 == 6 && cuts.incrementAndGet() < 3) {
                    throw new IOException("cut");
                }
                return true;
            };
            center.orderAll = true;
            start();
            assertArrived(run);
            assertThat(center.requests).contains("PUT runs/alice/home/1/7", "PUT runs/alice/home/1/14");
        }

        @Test
        void nothingMoreWhenTheCenterAnswersEarly() throws Exception {
            RunId run = outbox.add("home", 1, 200, 100_000, random);
            center.reception = (id, frame) -> frame.number() != 3;
            center.orderAll = true;
            start();
            outbox.await(() -> outbox.received.getOrDefault(run, 0L) >= 4);
            assertArrived(run);
            assertThat(center.requests).contains("PUT runs/alice/home/1/4");
        }

        @Test
        void wholeFramesUntilItsOrderIsWithdrawn() throws Exception {
            RunId run = outbox.add("home", 1, 100, 2000, random);
            start();
            center.await(() -> !center.polls.isEmpty());
            center.order(run, 0, 50_000);
            center.await(() -> center.stored.containsKey(run));
            center.withdraw(run);
            outbox.await(() -> outbox.received.getOrDefault(run, 0L) > 0);
            center.change(() -> center.order(run, center.frames(run), 0));
            assertArrived(run);
        }

        @Test
        void fasterOnceThatIsOrdered() throws Exception {
            RunId run = outbox.add("home", 1, 4, 100_000, random);
            start();
            center.await(() -> !center.polls.isEmpty());
            center.order(run, 0, 1);
            center.await(() -> center.requests.contains("PUT runs/alice/home/1/0"));
            center.order(run, 0, 0);
            assertArrived(run);
            assertThat(center.requests)
                    .filteredOn(line -> line.startsWith("PUT"))
                    .hasSize(1);
        }

        @Test
        void nothingThatIsDamagedHere() throws Exception {
            RunId run = outbox.add("home", 1, 3, 1000, random);
            byte[] damaged = outbox.runs.get(run).get(1);
            damaged[damaged.length - 1] ^= 1;
            center.orderAll = true;
            start();
            outbox.await(() -> !outbox.problems.isEmpty());
            assertThat(outbox.problems.get(0)).isEqualTo("alice/home/1 cannot be sent: frame 1 is damaged");
            damaged[damaged.length - 1] ^= 1;
            assertArrived(run);
        }

        @Test
        void onWhenSomethingIsGoneHere() throws Exception {
            RunId run = outbox.add("home", 1, 3, 1000, random);
            RunId other = outbox.add("home", 2, 3, 1000, random);
            List<byte[]> gone = outbox.runs.get(run);
            start();
            center.await(() -> !center.polls.isEmpty());
            outbox.runs.remove(run);
            center.order(run, 0, 0);
            center.order(other, 0, 0);
            outbox.await(() -> outbox.problems.contains("alice/home/1 cannot be sent: there is no such run"));
            assertArrived(other);
            assertThat(gone).hasSize(3);
        }

        @Test
        void againWhatIsRefused() throws Exception {
            RunId run = outbox.add("home", 1, 3, 1000, random);
            AtomicInteger refusals = new AtomicInteger();
            center.intruder = (exchange, resource) -> {
                if (resource.startsWith("runs/") && refusals.incrementAndGet() < 4) {
                    TestCenter.refuse(exchange, 507, ErrorReply.FAILED);
                    return true;
                }
                return false;
            };
            center.orderAll = true;
            start();
            assertArrived(run);
            assertThat(outbox.problems).contains("alice/home/1 is refused: because of failed");
        }

        @Test
        void partsOfARun() throws Exception {
            RunId run = outbox.add("home", 1, 70, 1000, random);
            center.reception = (id, frame) -> frame.number() % 10 != 9;
            center.whenEnded = UploadReply.Why.PART;
            center.orderAll = true;
            start();
            assertArrived(run);
        }
    }

    @Nested
    class Hears {
        @Test
        void receiptsAgain() throws Exception {
            RunId run = outbox.add("home", 1, 3, 1000, random);
            center.stored.put(run, new ArrayList<>());
            for (byte[] frame : outbox.runs.get(run)) {
                center.stored.get(run).add(FrameCodec.take(ByteBuffer.wrap(frame)));
            }
            start();
            assertArrived(run);
            assertThat(center.requests).noneMatch(line -> line.startsWith("PUT"));
        }

        @Test
        void problemsAndThatAFullRunIsWanted() throws Exception {
            RunId run = outbox.add("home", 2, 3, 1000, random);
            RunId other = new RunId("alice", "home", 3);
            start();
            center.await(() -> !center.polls.isEmpty());
            center.change(() -> {
                center.full.add(new PollReply.Full("alice", "home", 7));
                center.problems.put(run, new PollReply.Problem(run, TestOutbox.identity(run), "it comes later", false));
                center.problems.put(other, new PollReply.Problem(other, new UUID(5, 5), "run 1 is not here", true));
            });
            outbox.await(() -> outbox.full.contains("alice/home>7")
                    && outbox.problems.contains("alice/home/2 it comes later")
                    && outbox.refused.contains("alice/home/3 " + new UUID(5, 5) + " run 1 is not here"));
        }

        @Test
        void thatItIsNoMemberAnyMoreAndThatItIsAgain() throws Exception {
            center.intruder = (exchange, resource) -> {
                TestCenter.refuse(exchange, 403, ErrorReply.REVOKED);
                return true;
            };
            RunId run = outbox.add("home", 1, 3, 1000, random);
            center.orderAll = true;
            Uplink uplink = uplink(QUICK);
            uplink.start();
            center.intruder = (exchange, resource) -> {
                if ("because of revoked".equals(uplink.status().problem())) {
                    center.intruder = (later, what) -> false;
                }
                TestCenter.refuse(exchange, 403, ErrorReply.REVOKED);
                return true;
            };
            assertArrived(run);
            assertThat(uplink.status().problem()).isNull();
            assertThat(uplink.status().heard()).isNotNull();
        }

        /** Without being woken it would try again within an hour. */
        private Uplink failingUntil(AtomicBoolean back) throws Exception {
            center.intruder = (exchange, resource) -> {
                if (!back.get()) {
                    TestCenter.refuse(exchange, 500, ErrorReply.FAILED);
                }
                return !back.get();
            };
            UplinkTimes slow = new UplinkTimes(
                    QUICK.connect(),
                    QUICK.answer(),
                    QUICK.commit(),
                    QUICK.stall(),
                    Duration.ofHours(1),
                    Duration.ofHours(1));
            Uplink uplink = uplink(slow);
            uplink.start();
            center.await(() -> !center.requests.isEmpty());
            while (uplink.status().problem() == null) {
                Thread.onSpinWait();
            }
            back.set(true);
            return uplink;
        }

        @Test
        void thatItIsBackWhenSomebodyWaitsForIt() throws Exception {
            RunId run = outbox.add("home", 1, 3, 1000, random);
            center.orderAll = true;
            failingUntil(new AtomicBoolean()).wake();
            assertArrived(run);
        }

        @Test
        void thatItIsBackWhenItAnswersAQuery() throws Exception {
            RunId run = outbox.add("home", 1, 3, 1000, random);
            center.orderAll = true;
            assertThat(failingUntil(new AtomicBoolean()).about().id()).isEqualTo(center.id);
            assertArrived(run);
        }

        @Test
        void answersThatMakeNoSense() throws Exception {
            AtomicInteger count = new AtomicInteger();
            center.intruder = (exchange, resource) -> {
                switch (count.getAndIncrement()) {
                    case 0 -> TestCenter.answer(exchange, 200, "nonsense".getBytes());
                    case 1 -> TestCenter.answer(exchange, 500, "<html>".getBytes());
                    case 2 -> TestCenter.answer(exchange, 302, new byte[0]);
                    case 3 -> TestCenter.answer(exchange, 200, new byte[17 << 20]);
                    default -> {
                        return false;
                    }
                }
                return true;
            };
            RunId run = outbox.add("home", 1, 3, 1000, random);
            center.orderAll = true;
            start();
            assertArrived(run);
        }

        @Test
        void nothingOfACenterThatIsAnotherOne() throws Exception {
            Uplink uplink = new Uplink(
                    center.address(), new TestCa().member("alice"), outbox, List::of, QUICK, Clock.systemUTC(), random);
            uplinks.add(uplink);
            assertThatThrownBy(uplink::about).isInstanceOf(IOException.class);
            assertThat(center.requests).isEmpty();
        }

        @Test
        void tooManyRunsAsMore() throws Exception {
            for (int i = 1; i <= 1001; i++) {
                outbox.runs.put(new RunId("alice", "home", i), List.of(new byte[0]));
            }
            UUID relay = UUID.randomUUID();
            Uplink uplink = new Uplink(
                    center.address(),
                    center.ca.member("alice"),
                    outbox,
                    () -> List.of(relay),
                    QUICK,
                    Clock.systemUTC(),
                    random);
            uplinks.add(uplink);
            uplink.start();
            center.await(() -> !center.polls.isEmpty());
            assertThat(center.polls.get(0).runs()).hasSize(1000);
            assertThat(center.polls.get(0).more()).isTrue();
            assertThat(center.polls.get(0).route()).containsExactly(relay);
        }
    }
}

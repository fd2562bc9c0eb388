package org.hikae.files.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Everything reaches every center above, and nothing goes before that (I6), whatever fails and whenever. */
class DeliveryTest {

    @TempDir
    Path folder;

    private final FakeReceived received = new FakeReceived();
    private final List<Set<RunId>> above = new ArrayList<>();
    private final List<FakeLink> links = new ArrayList<>();
    private final List<Long> released = new ArrayList<>();
    private Upstreams upstreams;

    @BeforeEach
    void checkEachDeletion() {
        received.onRelease = run -> {
            for (int i = 0; i < above.size(); i++) {
                RunId there = new RunId(run.origin() + "@r" + i, run.backup(), run.number());
                assertThat(above.get(i))
                        .as("deleted before center %d had it", i)
                        .contains(there);
            }
        };
    }

    private void open(int count) throws IOException {
        links.clear();
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            URI address = URI.create("https://up" + i + ":7443");
            members.add(new Member(address, "f" + i, "r" + i, new UUID(1, i), Instant.EPOCH, true));
            if (above.size() <= i) {
                above.add(new HashSet<>());
            }
        }
        Link.Factory factory = (member, own, outbox, route) -> {
            FakeLink link = new FakeLink(member, outbox, above.get(links.size()), route);
            links.add(link);
            return link;
        };
        upstreams = Upstreams.open(folder, members, received, factory, List::of, true);
    }

    @Test
    void whatOneCenterHasIsDeletedWhenTheOtherHasItToo() throws IOException {
        open(2);
        received.receive("alice", "docs", 1, 0);
        assertThat(links.get(0).changes).isEqualTo(1);
        links.get(0).takeAll();
        assertThat(received.runs()).hasSize(1);
        assertThat(upstreams.status().get(0).waiting()).isZero();
        assertThat(upstreams.status().get(1).waiting()).isEqualTo(1);
        links.get(1).takeAll();
        assertThat(received.runs()).isEmpty();
    }

    @Test
    void oneThatIsAwayForDaysDelaysNothingForTheOthers() throws IOException {
        open(3);
        for (int day = 1; day <= 30; day++) {
            received.receive("alice", "docs", day, day - 1);
            links.get(0).takeAll();
            links.get(2).takeAll();
        }
        assertThat(above.get(0)).hasSize(30);
        assertThat(above.get(2)).hasSize(30);
        assertThat(received.runs()).hasSize(30);
        links.get(1).takeAll();
        assertThat(received.runs()).isEmpty();
    }

    @Test
    void framesAreThoseOfTheRunAsItIsCalledHere() throws IOException {
        open(1);
        received.receive("bob@r9", "docs", 1, 0);
        UpstreamOutbox outbox = upstreams.all().get(0).outbox();
        assertThat(outbox.runs()).extracting(run -> run.id().origin()).containsExactly("bob@r9@r0");
        try (var frames = outbox.open(new RunId("bob@r9@r0", "docs", 1), 2)) {
            assertThat(Channels.newInputStream(frames).readAllBytes())
                    .isEqualTo("bob@r9/docs/1#2".getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void aCenterThatLacksTheBaseGetsAFullOneWhichReplacesWhatItNeverCanHave() throws IOException {
        open(1);
        received.receive("alice", "docs", 5, 4);
        links.get(0).takeAll();
        assertThat(received.askedForFull).contains("alice/docs>0");
        assertThat(received.runs()).hasSize(1);
        assertThat(upstreams.status().get(0).problem()).contains("alice/docs/5").contains("stays here until a full");
        received.askedForFull.clear();
        replaced(5, 6);
        received.receive("alice", "docs", 6, 0);
        received.receive("alice", "docs", 7, 6);
        links.get(0).takeAll();
        assertThat(above.get(0)).extracting(RunId::number).containsExactlyInAnyOrder(6L, 7L);
        assertThat(received.runs()).isEmpty();
        assertThat(released).startsWith(5L, 6L);
        assertThat(upstreams.status().get(0).problem()).isNull();
    }

    /** A run may go without having been handed on once a full one with that number is above. */
    private void replaced(long run, long by) {
        received.onRelease = each -> {
            released.add(each.number());
            long needed = each.number() == run ? by : each.number();
            assertThat(above.get(0)).contains(new RunId(each.origin() + "@r0", each.backup(), needed));
        };
    }

    @Test
    void whatIsReplacedGoesBeforeTheRunThatTellsSoWheneverItIsInterrupted() throws IOException {
        for (int failures = 0; failures < 4; failures++) {
            above.clear();
            received.here.clear();
            open(1);
            received.receive("alice", "docs", 5, 4);
            links.get(0).takeAll();
            replaced(5, 6);
            received.receive("alice", "docs", 6, 0);
            for (int i = 0; i < failures; i++) {
                received.failures.add(i % 2 == 0 ? "before" : "after");
            }
            for (int i = 0; i <= failures + 1; i++) {
                try {
                    links.get(0).takeAll();
                } catch (IOException e) {
                    assertThat(e).hasMessageContaining("the disk is");
                }
                upstreams.close();
                open(1);
            }
            links.get(0).takeAll();
            assertThat(received.runs()).as("%d failures", failures).isEmpty();
            upstreams.close();
        }
    }

    /** One center has it, another never can: as long as that has no full one, it stays. */
    @Test
    void ofSeveralCentersEachHasToHaveItOrWhatReplacesIt() throws IOException {
        open(2);
        above.get(0).add(new RunId("alice@r0", "docs", 4));
        received.receive("alice", "docs", 5, 4);
        links.get(0).takeAll();
        links.get(1).takeAll();
        received.onRelease = run -> released.add(run.number());
        received.receive("alice", "docs", 6, 0);
        links.get(0).takeAll();
        assertThat(received.runs()).extracting(run -> run.id().number()).containsExactly(5L, 6L);
        links.get(1).takeAll();
        assertThat(received.runs()).isEmpty();
        assertThat(released).containsExactly(5L, 6L);
        assertThat(above.get(0)).extracting(RunId::number).containsExactlyInAnyOrder(4L, 5L, 6L);
    }

    /** The client's numbers have begun again: what the center has under the number is another run (I6). */
    @Test
    void aReceiptForAnotherRunOfTheSameNumberReleasesNothing() throws IOException {
        open(1);
        received.onRelease = run -> released.add(run.number());
        received.receive("alice", "docs", 5, 4);
        UpstreamOutbox outbox = upstreams.all().get(0).outbox();
        outbox.runs();
        outbox.complete(new RunId("alice@r0", "docs", 5), new UUID(99, 99));
        assertThat(released).isEmpty();
        assertThat(received.runs()).hasSize(1);
        outbox.refused(new RunId("alice@r0", "docs", 5), new UUID(99, 99), "not this one");
        assertThat(upstreams.status().get(0).problem()).isNull();
    }

    @Test
    void aFullOneIsNotAskedForIfOneWaitsThatWillDo() throws IOException {
        open(1);
        received.receive("alice", "docs", 5, 4);
        received.receive("alice", "docs", 6, 0);
        UpstreamOutbox outbox = upstreams.all().get(0).outbox();
        outbox.runs();
        outbox.fullWanted("alice@r0", "docs", 5);
        assertThat(received.askedForFull).isEmpty();
        outbox.fullWanted("alice@r0", "other", 0);
        assertThat(received.askedForFull).containsExactly("alice/other>0");
        outbox.fullWanted("alice@r0", "docs", 6);
        assertThat(received.askedForFull).containsExactly("alice/other>0", "alice/docs>6");
    }

    @Test
    void theCenterAboveIsToldUponWhichRunOneBuilds() throws IOException {
        open(1);
        received.receive("alice", "docs", 5, 4);
        RunInfo told = upstreams.all().get(0).outbox().runs().get(0);
        assertThat(told).isEqualTo(FakeReceived.info("alice@r0", "docs", 5, 4));
        assertThat(told.baseIdentity())
                .isEqualTo(FakeReceived.info("alice", "docs", 4, 0).identity());
    }

    @Test
    void whatIsSaidOfOthersIsOfNoAccount() throws IOException {
        open(1);
        received.receive("alice", "docs", 1, 0);
        UpstreamOutbox outbox = upstreams.all().get(0).outbox();
        // Before it was announced, too.
        outbox.complete(new RunId("alice@r0", "docs", 1), new UUID(1, 1));
        outbox.runs();
        outbox.complete(new RunId("alice", "docs", 1), new UUID(1, 1));
        outbox.complete(new RunId("alice@r7", "docs", 1), new UUID(1, 1));
        outbox.complete(new RunId("alice@r0", "docs", 2), new UUID(1, 2));
        outbox.fullWanted("mallory@r0", "docs", 0);
        outbox.fullWanted("alice@r7", "docs", 0);
        outbox.problem(new RunId("alice@r0", "docs", 2), "never seen");
        assertThat(received.runs()).hasSize(1);
        assertThat(received.askedForFull).isEmpty();
        assertThat(upstreams.status().get(0).problem()).isNull();
        received.receive("alice", "docs", 2, 1);
        outbox.runs();
        assertThat(outbox.waiting()).hasSize(2);
    }

    @Test
    void aNameThatWouldBeTooDeepIsSaidAndStays() throws IOException {
        open(1);
        received.receive("a@b@c@d@e@f@g@h", "docs", 1, 0);
        received.receive("alice", "docs", 1, 0);
        links.get(0).takeAll();
        assertThat(received.runs()).hasSize(1);
        assertThat(upstreams.status().get(0).problem()).contains("too long");
    }

    @Test
    void whatCouldNotBeDeletedIsDeletedLater() throws IOException {
        open(1);
        received.receive("alice", "docs", 1, 0);
        received.failures.addAll(List.of("before", "before"));
        links.get(0).poll().forEach(links.get(0)::take);
        try {
            links.get(0).poll();
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("full");
        }
        links.get(0).poll();
        assertThat(received.runs()).hasSize(1);
        assertThat(upstreams.status().get(0).problem()).contains("cannot be deleted");
        links.get(0).poll();
        assertThat(received.runs()).isEmpty();
        assertThat(upstreams.status().get(0).problem()).isNull();
    }

    /** Crashes, failures of deletions and lost receipts at any step, centers that are away, runs that build upon one another. */
    @RepeatedTest(12)
    void histories(RepetitionInfo repetition) throws IOException {
        history(Long.getLong("hikae.seed", 0) * 1000 + repetition.getCurrentRepetition());
    }

    @RepeatedTest(500)
    @EnabledIfSystemProperty(named = "hikae.long", matches = "true")
    void manyHistories(RepetitionInfo repetition) throws IOException {
        history(1_000_000 + Long.getLong("hikae.seed", 0) * 1000 + repetition.getCurrentRepetition());
    }

    private void history(long seed) throws IOException {
        Random random = new Random(seed);
        int count = 1 + random.nextInt(3);
        open(count);
        long[] numbers = new long[3];
        for (int step = 0; step < 200; step++) {
            int backup = random.nextInt(numbers.length);
            switch (random.nextInt(8)) {
                case 0, 1 -> {
                    long number = ++numbers[backup];
                    received.receive("alice", "b" + backup, number, random.nextInt(5) == 0 ? 0 : number - 1);
                }
                case 2 -> received.failures.add(random.nextBoolean() ? "before" : "after");
                case 3 -> {
                    upstreams.close();
                    open(count);
                }
                default -> poll(links.get(random.nextInt(count)), random);
            }
        }
        received.failures.clear();
        upstreams.close();
        open(count);
        for (FakeLink link : links) {
            link.takeAll();
        }
        links.get(0).poll();
        assertThat(received.runs()).as("seed %d", seed).isEmpty();
        for (Set<RunId> each : above) {
            assertThat(each).as("seed %d", seed).hasSize((int) (numbers[0] + numbers[1] + numbers[2]));
        }
    }

    /** The center takes some of what it may, and says so, or is cut off before it does. */
    private void poll(FakeLink link, Random random) {
        try {
            for (RunInfo run : link.poll()) {
                if (random.nextInt(3) == 0) {
                    return;
                }
                link.take(run);
                if (random.nextBoolean()) {
                    upstreams.all().stream()
                            .filter(each -> each.link() == link)
                            .findFirst()
                            .orElseThrow()
                            .outbox()
                            .complete(run.id(), run.identity());
                }
            }
        } catch (IOException e) {
            assertThat(e).hasMessageStartingWith("the disk is");
        }
    }
}

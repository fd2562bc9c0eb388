package org.hikae.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.hikae.api.block.BlockRun;
import org.hikae.api.log.NodeLog;
import org.hikae.api.log.spi.LogGathering;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Numbers, on the log manager and the gatherings in use. */
@Timeout(30)
class R6Test {

    private static final BlockRun B = Lab.block(3);

    @TempDir
    private Path folder;

    private static void assertOfT0(Lab lab, NodeLog... logs) throws IOException {
        lab.assertSealedAsOfT0(Arrays.stream(logs).map(NodeLog::complete).toList());
    }

    /** N1 finds B missing; N2 logs and overwrites it; N1 logs what N2 wrote. */
    @ParameterizedTest
    @EnumSource(Gatherings.class)
    void r6_whatIsReadLaterHasTheHigherNumber(Gatherings gathering) throws IOException {
        try (Lab lab = new Lab(gathering.make(), folder)) {
            NodeLog n1 = lab.join("n1");
            NodeLog n2 = lab.join("n2");
            lab.write(n1, 0);
            lab.write(n2, 1);
            assertThat(n1.missing(B)).containsExactly(B);
            lab.write(n2, B.first());
            ByteBuffer late = lab.read(B);
            n1.append(List.of(B), late);
            lab.overwrite(B.first());
            assertOfT0(lab, n1, n2);
        }
    }

    /** N1 has read B when N2 logs and overwrites it. */
    @ParameterizedTest
    @EnumSource(Gatherings.class)
    void r6_whatIsLoggedLaterAndWasReadInTimeDoesNoHarm(Gatherings gathering) throws IOException {
        try (Lab lab = new Lab(gathering.make(), folder)) {
            NodeLog n1 = lab.join("n1");
            NodeLog n2 = lab.join("n2");
            ByteBuffer inTime = lab.read(B);
            lab.write(n2, B.first());
            n1.append(List.of(B), inTime);
            lab.overwrite(B.first());
            assertOfT0(lab, n1, n2);
        }
    }

    @ParameterizedTest
    @EnumSource(Gatherings.class)
    void r6_recordsOfANodeAreHeldInTheOrderOfTheirNumbers(Gatherings gathering) throws Exception {
        assertInOrder(gathering, "n1");
    }

    @ParameterizedTest
    @EnumSource(Gatherings.class)
    void r6_recordsOfTwoNodesAreHeldInTheOrderOfTheirNumbers(Gatherings gathering) throws Exception {
        assertInOrder(gathering, "n2");
    }

    /** Between the number of N1's record and its acknowledgement no later number gets in. */
    private void assertInOrder(Gatherings gathering, String other) throws Exception {
        AtomicLong taken = new AtomicLong();
        Thread[] second = new Thread[1];
        LogGathering held = (session, sink) -> gathering
                .make()
                .open(
                        new HookedSession(session, number -> {
                            if (taken.incrementAndGet() == 1) {
                                second[0].start();
                                Awaitility.await().until(() -> waitsOrHasEnded(second[0]));
                            }
                            return number;
                        }),
                        sink);
        try (Lab lab = new Lab(held, folder)) {
            NodeLog n1 = lab.join("n1");
            NodeLog otherLog = other.equals("n1") ? n1 : lab.join(other);
            second[0] = new Thread(() -> append(lab, otherLog, 2));
            append(lab, n1, 1);
            second[0].join();
            assertOfT0(lab, n1, otherLog);
            assertThat(lab.generation.numbers).containsExactly(1L, 2L);
        }
    }

    private static boolean waitsOrHasEnded(Thread thread) {
        return EnumSet.of(
                        Thread.State.BLOCKED, Thread.State.WAITING, Thread.State.TIMED_WAITING, Thread.State.TERMINATED)
                .contains(thread.getState());
    }

    private static void append(Lab lab, NodeLog log, long block) {
        try {
            log.append(List.of(Lab.block(block)), lab.read(Lab.block(block)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nobody can tell any more which record of a block was first. */
    @ParameterizedTest
    @EnumSource(Gatherings.class)
    void r6_aCounterThatStartsAnewFailsTheSession(Gatherings gatherings) throws IOException {
        AtomicLong restarted = new AtomicLong();
        LogGathering gathering = (session, sink) -> gatherings
                .make()
                .open(new HookedSession(session, number -> number > 2 ? restarted.incrementAndGet() : number), sink);
        try (Lab lab = new Lab(gathering, folder)) {
            NodeLog n1 = lab.join("n1");
            lab.write(n1, 0);
            lab.write(n1, 1);
            assertThatThrownBy(() -> {
                        lab.write(n1, 2);
                        lab.session.complete(List.of(n1.complete()));
                    })
                    .isInstanceOf(IOException.class);
        }
    }
}

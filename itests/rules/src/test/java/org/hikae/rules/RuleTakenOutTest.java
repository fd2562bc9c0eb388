package org.hikae.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Supplier;
import org.hikae.api.media.Layout;
import org.hikae.api.media.LogPlace;
import org.hikae.rules.Setup.Gathering;
import org.junit.jupiter.api.Test;

/**
 * Each rule is needed: with it the search finds nothing, without it the case that the rule is there for, which it
 * prints in the fewest steps there are.
 */
class RuleTakenOutTest {

    /** Both nodes overwrite the one block that is wanted. */
    private static Setup central() {
        return kept(Gathering.CENTRAL, LogPlace.OVERLAY, Layout.PACKED);
    }

    private static Setup perNode() {
        return kept(Gathering.PER_NODE, LogPlace.OVERLAY, Layout.PACKED);
    }

    private static Setup inPlace() {
        return kept(Gathering.CENTRAL, LogPlace.MEDIUM, Layout.IMAGE);
    }

    private static Setup kept(Gathering gathering, LogPlace place, Layout layout) {
        return new Setup(gathering, place, layout)
                .writes(List.of(Blocks.FIRST), List.of(Blocks.FIRST))
                .wants(Blocks.FIRST);
    }

    /** @param steps some of the trace, in their order */
    private void assertNeeded(Shortcut rule, Supplier<Setup> setup, String... steps) {
        assertThat(new Search(setup.get()).run().problem()).as("with the rule").isEmpty();
        Search.Result found = new Search(setup.get().without(rule)).run();
        System.out.println(rule + ": " + found);
        assertThat(found.problem()).as("without the rule").isNotEmpty();
        assertThat(found.trace()).extracting(Steps.Step::toString).containsSubsequence(steps);
    }

    @Test
    void r6_numbersInAdvance() {
        assertNeeded(
                Shortcut.R6_NUMBERS_IN_ADVANCE,
                RuleTakenOutTest::perNode,
                "N2 holds its record (NodeRecords.append)",
                "N2 writes block 0",
                "N1 reads a block (BeforeImages.read)",
                "N1 takes a number (Session.nextNumber)");
    }

    @Test
    void r6_aNumberTakenBeforeTheRead() {
        assertNeeded(
                Shortcut.R6_NUMBER_BEFORE_READ,
                RuleTakenOutTest::perNode,
                "N1 asks what must be logged (Session.missing)",
                "N2 asks what must be logged (Session.missing)",
                "N2 holds its record (NodeRecords.append)",
                "N2 writes block 0",
                "N1 reads a block (BeforeImages.read)");
    }

    @Test
    void r6_aBlockWrittenBeforeItsRecordIsAcknowledged() {
        assertNeeded(
                Shortcut.R6_WRITTEN_BEFORE_ACKNOWLEDGED,
                RuleTakenOutTest::central,
                "N1 sends its record, and does not wait",
                "N1 writes block 0",
                "N2 reads a block (BeforeImages.read)",
                "log manager takes the record of N2",
                "log manager takes the record of N1");
    }

    @Test
    void r7_whatIsReadIsPublishedBeforeItIsWritten() {
        assertNeeded(
                Shortcut.R7_PUBLISHED_BEFORE_WRITTEN,
                () -> central().kills(1),
                "worker 1 says what is copied (LogSession.copied)",
                "N1 writes block 0",
                "worker 1 is gone with its node (DiskChunks.giveBack)",
                "worker 2 reads a block");
    }

    @Test
    void r7_whatIsPublishedIsReadAgain() {
        assertNeeded(
                Shortcut.R7_PUBLISHED_READ_AGAIN,
                () -> central().kills(1),
                "worker 1 says what is copied (LogSession.copied)",
                "N1 writes block 0",
                "worker 1 is gone with its node (DiskChunks.giveBack)",
                "worker 2 reads a block");
    }

    @Test
    void r7_whatWasCopiedSinceIsLogged() {
        String[] steps = {
            "N2 asks what must be logged (Session.missing)",
            "worker 1 says what is copied (LogSession.copied)",
            "N1 writes block 0",
            "N2 reads a block (BeforeImages.read)"
        };
        assertNeeded(Shortcut.R7_NOT_ASKED_AGAIN, RuleTakenOutTest::central, steps);
        assertNeeded(Shortcut.R7_NOT_ASKED_AGAIN, RuleTakenOutTest::perNode, steps);
    }

    @Test
    void r8_theCopierLooksThenReads() {
        assertNeeded(
                Shortcut.R8_LISTED_ASKED_BEFORE_READ,
                RuleTakenOutTest::inPlace,
                "worker 1 asks what need be copied (LogSession.toCopy)",
                "N1 writes block 0",
                "worker 1 reads a block",
                "log manager puts block 0 (LogSink.put)",
                "worker 1 writes its frame (BlockWriter.write)");
    }

    @Test
    void r8_theLogWritesBetweenLookAndWrite() {
        assertNeeded(
                Shortcut.R8_WITHOUT_LATCH,
                RuleTakenOutTest::inPlace,
                "N1 writes block 0",
                "worker 1 reads a block",
                "worker 1 looks what is listed",
                "log manager puts block 0 (LogSink.put)",
                "worker 1 writes what was not listed");
    }

    @Test
    void r9_aNodeIsAdmittedWithoutTheSession() {
        assertNeeded(
                Shortcut.R9_ADMITTED_WITHOUT_SESSION,
                () -> central().joins(),
                "N2 joins (CacheControl.admit)",
                "N2 lets a write in (Gate.enter)",
                "N2 writes block 0",
                "worker 1 reads a block");
    }

    @Test
    void r9_aNodeIsLostWithItsLogAndTheGenerationSealed() {
        assertNeeded(
                Shortcut.R9_SEALED_WITHOUT_RECEIPT,
                () -> perNode().kills(1),
                "N1 holds its record (NodeRecords.append)",
                "N1 writes block 0",
                "N1 goes down",
                "worker 2 reads a block");
    }

    @Test
    void r9_whatCouldNotBeLoggedIsNotSaid() {
        String[] steps = {"N1 cannot log (NodeLog.unlogged)", "N1 writes block 0", "worker 1 reads a block"};
        assertNeeded(Shortcut.R9_UNLOGGED_NOT_SAID, () -> central().faults(1), steps);
        assertNeeded(Shortcut.R9_UNLOGGED_NOT_SAID, () -> perNode().faults(1), steps);
    }

    @Test
    void r10_withoutTheLogTheCopyIsShown() {
        assertNeeded(
                Shortcut.R10_FALLS_BACK_TO_COPY,
                () -> kept(Gathering.CENTRAL, LogPlace.SEPARATE, Layout.PACKED),
                "N1 writes block 0",
                "worker 1 reads a block");
    }
}

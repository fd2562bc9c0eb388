package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.Jobs;
import org.hikae.api.tape.CartridgeInfo.State;
import org.junit.Test;

/**
 * c.3, 27: cartridges that are away, are others than they seem, or are damaged. What cannot be read is said, with what to do; all
 * else goes on, and nothing that is read is wrong (I1).
 */
public class TapeFaultsIT extends InTapeLab {
    private static final long SIZE = 5 * MIB - 1000;
    private static final String OTHER_POOL = "other";

    @Test
    public void aCartridgeThatWasExportedIsAskedForByNameAndReadsOnceItIsBack() throws Exception {
        makeLibrary();
        Made away = onTapeAlone(SIZE, POOL);
        Made here = onTapeAlone(SIZE, OTHER_POOL);
        String barcode = cartridgeOf(away);
        export(barcode);
        assertThat(failure(away))
                .contains("cartridge " + barcode, "the station of library 'lib'", "tape import")
                .doesNotContain("Exception");
        done(tapeJobs().inventory(LIBRARY, false));
        assertThat(tapes().cartridge(barcode).state()).isEqualTo(State.OFF_SITE);
        assertExact(here);
        lab.verify(here.id());

        cartridges.putIntoStation(barcode);
        assertThat(failure(away)).contains("cartridge " + barcode, "station", "tape import");
        importAll();
        assertExact(away);
        lab.verify(away.id());
    }

    @Test
    public void readersWaitForTheirCartridgeAndOthersDoNot() throws Exception {
        makeLibrary();
        Made away = onTapeAlone(SIZE, POOL);
        Made here = onTapeAlone(SIZE, OTHER_POOL);
        String barcode = cartridgeOf(away);
        export(barcode);
        tapes().setPatience(Services.DEADLINE.multipliedBy(10));
        Job waits = startRestore(away);
        Awaitility.await().atMost(Services.DEADLINE).until(() -> isToldOf(barcode));
        assertThat(tapes().buffer().waiting()).contains(barcode);
        assertExact(here);
        assertThat(waits.info().state()).isEqualTo(JobInfo.State.RUNNING);

        cartridges.putIntoStation(barcode);
        importAll();
        done(waits);
        assertThat(Files.mismatch(
                        lab.folder.resolve(away.id() + ".restored"),
                        away.image().path()))
                .isEqualTo(-1);
    }

    /** Who waits does not have to wait to the end, and another one who waits for the same goes on waiting. */
    @Test
    public void aRestoreThatWaitsForItsCartridgeCanBeGivenUp() throws Exception {
        makeLibrary();
        Made away = onTapeAlone(SIZE, POOL);
        String barcode = cartridgeOf(away);
        export(barcode);
        tapes().setPatience(Services.DEADLINE.multipliedBy(10));
        Job waits = startRestore(away);
        Job givenUp = startRestore(away);
        Awaitility.await().atMost(Services.DEADLINE).until(() -> isToldOf(barcode));
        givenUp.cancel();
        assertThat(Lab.end(givenUp).state()).isEqualTo(JobInfo.State.CANCELLED);
        assertThat(waits.info().state()).isEqualTo(JobInfo.State.RUNNING);
        tapes().setPatience(Duration.ZERO);
        assertThat(Lab.failure(waits)).contains("cartridge " + barcode);
    }

    private boolean isToldOf(String barcode) throws Exception {
        String waiting = tapes().buffer().waiting();
        return waiting != null
                && waiting.contains(barcode)
                && lab.services.get(Jobs.class).running().stream()
                        .anyMatch(job -> job.kind().equals("recall")
                                && job.phase() != null
                                && job.phase().contains(barcode));
    }

    @Test
    public void lessPatienceEndsAWait() throws Exception {
        makeLibrary();
        Made away = onTapeAlone(SIZE, POOL);
        String barcode = cartridgeOf(away);
        export(barcode);
        tapes().setPatience(Services.DEADLINE.multipliedBy(10));
        Job waits = startRestore(away);
        Awaitility.await().atMost(Services.DEADLINE).until(() -> isToldOf(barcode));
        tapes().setPatience(Duration.ZERO);
        assertThat(Lab.failure(waits)).contains("cartridge " + barcode, "tape import");
    }

    /** Nobody tells the platform that it was taken, nor that it is back. */
    @Test
    public void aCartridgeThatWasTakenFromItsSlotByHand() throws Exception {
        makeLibrary();
        Made away = onTapeAlone(SIZE, POOL);
        Made here = onTapeAlone(SIZE, OTHER_POOL);
        String barcode = cartridgeOf(away);
        assertThat(cartridges.isInDrive(barcode)).isFalse();
        cartridges.takeAway(barcode);
        assertThat(failure(away)).contains("cartridge " + barcode);
        assertExact(here);
        cartridges.putIntoStation(barcode);
        importAll();
        assertExact(away);
    }

    /** The label is read before anything else: what is on another cartridge is not taken for what was to be read. */
    @Test
    public void cartridgesThatBearEachOthersBarcodes() throws Exception {
        makeLibrary();
        Made first = onTapeAlone(SIZE, POOL);
        Made second = onTapeAlone(SIZE, OTHER_POOL);
        Made third = onTapeAlone(SIZE, "third");
        List<String> swapped = List.of(cartridgeOf(first), cartridgeOf(second));
        for (String barcode : swapped) {
            assertThat(cartridges.isInDrive(barcode)).isFalse();
        }
        cartridges.swap(swapped.get(0), swapped.get(1));
        assertThat(failure(first)).contains("cartridge " + swapped.get(0), "was labelled " + swapped.get(1));
        assertThat(failure(second)).contains("cartridge " + swapped.get(1), "was labelled " + swapped.get(0));
        Made later = backUp(SIZE);
        write(POOL, later);
        assertThat(cartridgesOf(later))
                .as("not what bears the name of one in the pool")
                .doesNotContainAnyElementsOf(swapped);
        assertExact(third);

        cartridges.swap(swapped.get(0), swapped.get(1));
        done(tapeJobs().inventory(LIBRARY, true));
        assertExact(first);
        assertExact(second);
        evict(later);
        assertExact(later);
    }

    @Test
    public void whatIsDamagedIsNamedAndWhatIsBesideItReads() throws Exception {
        makeLibrary();
        Made damaged = backUp(SIZE);
        Made sound = backUp(SIZE);
        write(POOL, damaged, sound);
        evict(damaged, sound);
        String barcode = cartridgeOf(damaged);
        assertThat(cartridgeOf(sound)).isEqualTo(barcode);
        cartridges.damage(barcode, 10, 35, 50_000);
        assertThat(failure(damaged)).contains(barcode, damaged.id());
        assertThat(Lab.failure(tapeJobs().verify(damaged.id()))).contains(barcode, damaged.id());
        assertExact(sound);
        done(tapeJobs().verify(sound.id()));
        assertThat(Lab.failure(tapeJobs().verifyCartridge(barcode)))
                .contains(barcode, damaged.id())
                .doesNotContain(sound.id() + "/data");
        assertThat(tapes().cartridge(barcode).state()).isEqualTo(State.DAMAGED);

        Made later = backUp(SIZE);
        write(POOL, later);
        assertThat(cartridgesOf(later)).as("nothing more is written to it").doesNotContain(barcode);
        assertExact(sound);
    }

    @Test
    public void aSecondCopyIsReadWhereTheFirstIsAwayOrDamaged() throws Exception {
        makeLibrary();
        Made[] all = {backUp(SIZE), backUp(SIZE), backUp(SIZE)};
        write(POOL, all);
        String first = cartridgeOf(all[0]);
        write(OTHER_POOL, all);
        evict(all);
        assertThat(cartridgesOf(all[0])).hasSize(2).contains(first);
        String second = cartridgesOf(all[0]).stream()
                .filter(each -> !each.equals(first))
                .findFirst()
                .orElseThrow();
        export(second);
        assertExact(all[0]);
        cartridges.putIntoStation(second);
        importAll();
        cartridges.damage(first, 10, 90, 50_000);
        assertExact(all[1]);
        cartridges.damage(second, 10, 90, 50_000);
        assertThat(failure(all[2])).contains(all[2].id(), first, second);
        assertThat(Lab.failure(tapeJobs().verify(all[1].id()))).contains(all[1].id(), first, second);
    }

    @Test
    public void aLibraryWhoseFolderIsAway() throws Exception {
        makeLibrary();
        Made away = onTapeAlone(SIZE, POOL);
        Path aside = cartridges.path().resolveSibling("aside");
        write(OTHER_POOL, backUp(SIZE));
        assertThat(cartridges.isInDrive(cartridgeOf(away))).isFalse();
        Files.move(cartridges.path(), aside);
        assertThat(failure(away)).contains(cartridgeOf(away), LIBRARY);
        TapeFolder there = addLibrary("there");
        Made here = onTapeAlone(SIZE, "there");
        assertThat(there.barcodes()).containsAll(cartridgesOf(here));
        assertExact(here);
        Awaitility.await().atMost(Services.DEADLINE).until(() -> library().problem() != null);
        assertThat(library().problem()).contains(cartridges.path().toString());
        assertThat(cartridges.path()).doesNotExist();

        Files.move(aside, cartridges.path());
        Awaitility.await().atMost(Services.DEADLINE).until(() -> library().problem() == null);
        assertExact(away);
    }
}

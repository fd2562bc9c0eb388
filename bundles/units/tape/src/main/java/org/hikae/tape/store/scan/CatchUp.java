package org.hikae.tape.store.scan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.api.tape.spi.EndOfDataException;
import org.hikae.api.tape.spi.RecordLengthException;
import org.hikae.api.tape.spi.TapeMediumException;
import org.hikae.tape.format.DamagedRecordException;
import org.hikae.tape.mount.Label;
import org.hikae.tape.mount.Mounted;
import org.hikae.tape.store.registry.TableBook;
import org.hikae.tape.store.registry.VolumeBook;
import org.hikae.tape.store.registry.VolumeFacts;
import org.hikae.tape.store.registry.VolumeFacts.Writing;

/**
 * Takes in what a cartridge has and the home does not know: what was committed before a kill kept the home from learning of it, what
 * is newer than a home that was restored, all that is on a cartridge that comes from elsewhere. Thread-safe.
 */
public final class CatchUp {

    private final VolumeBook volumes;
    private final TableBook tables;

    public CatchUp(VolumeBook volumes, TableBook tables) {
        this.volumes = volumes;
        this.tables = tables;
    }

    /**
     * What was found.
     *
     * @param objects number of those that are listed now and were not
     * @param problems a sentence each
     * @param readable whether nothing was passed over that may have been a table
     */
    public record Found(int objects, List<String> problems, boolean readable) {}

    /**
     * Reads on from where the known ends, or all.
     *
     * @param mounted with a label
     * @param all from the label on
     * @throws IOException if the drive fails or the home cannot store it
     */
    public Found learn(Mounted mounted, boolean all, Progress progress) throws IOException {
        Label label = mounted.label()
                .orElseThrow(() -> new IOException("cartridge " + mounted.barcode() + " has no label of Hikae"));
        int seen = volumes.seen(label);
        VolumeFacts before = volumes.facts(label.volume()).orElseThrow();
        if (before.abandoned()) {
            return new Found(0, List.of(), true);
        }
        progress.phase("looking what is on cartridge " + mounted.barcode());
        try (DriveCancel cancel = new DriveCancel(mounted.drive(), progress)) {
            Found found = learn(mounted, before, all, progress);
            return new Found(seen + found.objects(), found.problems(), found.readable());
        }
    }

    private Found learn(Mounted mounted, VolumeFacts before, boolean all, Progress progress) throws IOException {
        UUID volume = before.id();
        List<String> problems = new ArrayList<>();
        int[] objects = new int[1];
        TableScan.Result result;
        try {
            result = TableScan.scan(
                    mounted,
                    all ? VolumeFacts.BEGINNING : before.tail(),
                    (table, end) -> {
                        TableBook.Outcome outcome = tables.takeIn(table, volume, end);
                        objects[0] += outcome.objects();
                        problems.addAll(outcome.problems());
                        if (outcome.isNew() && !outcome.expected() && isOwn(before)) {
                            tables.fallBehind("cartridge " + mounted.barcode()
                                    + " has more than this home knew of it: others may have, too");
                        }
                    },
                    progress);
        } catch (EndOfDataException | TapeMediumException e) {
            result = new TableScan.Result(VolumeFacts.BEGINNING, List.of(cut(mounted, before.tail(), e)));
        }
        long least = Math.max(before.tail(), tables.listedTail(volume));
        if (result.problems().isEmpty() && result.tail() < least) {
            result = new TableScan.Result(result.tail(), List.of(cut(mounted, least, null)));
        }
        problems.addAll(result.problems());
        String hidden = result.problems().isEmpty() ? null : result.problems().get(0);
        if (hidden != null || all || !before.known()) {
            volumes.read(volume, hidden);
        }
        return new Found(objects[0], problems, hidden == null);
    }

    /** One that this home has written all of, as far as it knew; not one of which it is known already that there may be more. */
    private boolean isOwn(VolumeFacts before) {
        boolean forgotten =
                before.tail() == VolumeFacts.BEGINNING && before.label().home().equals(tables.home());
        return before.known() || forgotten;
    }

    private static String cut(Mounted mounted, long end, IOException e) {
        return "the end of cartridge " + mounted.barcode() + ", which was at position " + end + ", cannot be found"
                + (e == null ? "" : ": " + Reason.of(e));
    }

    /**
     * Makes sure that a cartridge may be written to behind its last table, and says where that is.
     *
     * @param mounted one that is known, or has a label of this home
     * @throws UnusableCartridgeException if it may not; that is remembered, and why
     * @throws IOException as {@link #learn}
     */
    public long findTail(Mounted mounted, Progress progress) throws IOException {
        Found found = learn(mounted, false, progress);
        UUID volume = mounted.label().orElseThrow().volume();
        if (!found.readable()) {
            throw unusable(volume, Writing.DAMAGED, found.problems().get(0));
        }
        VolumeFacts facts = volumes.facts(volume).orElseThrow();
        if (facts.abandoned() || facts.writing() != Writing.OPEN) {
            throw new UnusableCartridgeException("cartridge " + mounted.barcode() + " takes no more");
        }
        try (DriveCancel cancel = new DriveCancel(mounted.drive(), progress)) {
            Optional<UUID> rest = Rest.session(mounted, facts.tail());
            if (rest.isPresent() && !tables.hasWritten(rest.get(), volume)) {
                throw unusable(
                        volume,
                        Writing.FULL,
                        "what is at the end of cartridge " + mounted.barcode()
                                + " is of a session that this home does not know, and is not written over");
            }
        } catch (DamagedRecordException | RecordLengthException e) {
            throw unusable(
                    volume,
                    Writing.DAMAGED,
                    "what is at the end of cartridge " + mounted.barcode() + " cannot be read: " + e.getMessage());
        } catch (TapeMediumException e) {
            throw unusable(
                    volume,
                    Writing.DAMAGED,
                    "the end of cartridge " + mounted.barcode() + " cannot be read: " + e.getMessage());
        }
        return facts.tail();
    }

    private UnusableCartridgeException unusable(UUID volume, Writing how, String why) throws IOException {
        volumes.close(volume, how, why);
        return new UnusableCartridgeException(why);
    }
}

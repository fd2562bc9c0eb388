package org.hikae.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.StoredObjects;
import org.hikae.api.media.StoredObjects.StoredObject;
import org.hikae.api.media.tier.TierCopy;
import org.hikae.api.tape.CartridgeInfo;
import org.hikae.api.tape.TapeObject;

/** Declaring a cartridge lost for good, as a job: what generations lose with it is found before. */
final class LoseSteps {

    private final TapeUnits units;
    private final String barcode;

    LoseSteps(TapeUnits units, String barcode) {
        this.units = units;
        this.barcode = barcode;
    }

    Map<String, Object> run(boolean force, Progress progress) throws IOException {
        progress.phase("looking what generations lose with cartridge " + barcode);
        List<TapeObject> objects = isKnown() ? units.tapes().objects(barcode) : List.of();
        List<GenerationInfo> all = units.generations().list();
        Set<String> lost = new TreeSet<>();
        for (GenerationInfo each : all) {
            progress.check();
            if (loses(each, objects)) {
                lost.add(each.id());
            }
        }
        if (!lost.isEmpty() && !force) {
            throw new IOException("cartridge " + barcode + " has the only copy of data of " + String.join(", ", lost)
                    + upon(all, lost) + ": these cannot be read any more if it is lost; 'tape lost --force' declares"
                    + " it lost all the same");
        }
        if (!force) {
            checkAreas(objects);
        }
        units.tapes().lose(barcode, force);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("cartridge", barcode);
        result.put("givenUp", (long) objects.size());
        result.put(
                "nowhereElse",
                objects.stream().filter(each -> each.others() == 0).count());
        result.put("lostGenerations", String.join(", ", lost));
        return result;
    }

    /** What is of no generation, such as what clients have sent, is on tape alone if it is there. */
    private void checkAreas(List<TapeObject> objects) throws IOException {
        List<TapeObject> alone = objects.stream()
                .filter(each -> each.others() == 0 && isOfNoGeneration(each.name()))
                .toList();
        if (!alone.isEmpty()) {
            TapeObject first = alone.get(0);
            throw new IOException("cartridge " + barcode + " has the only copy of " + alone.size()
                    + " objects that are of no generation, such as " + first.name() + " of medium '"
                    + first.mediumName()
                    + "': these cannot be read any more if it is lost; 'tape lost --force' declares"
                    + " it lost all the same");
        }
    }

    private static boolean isOfNoGeneration(String object) {
        int end = object.indexOf('/');
        return end > 0 && object.lastIndexOf('@', end) < 0;
    }

    /** Of one that others name nothing but that is known. */
    private boolean isKnown() throws IOException {
        return units.tapes().cartridges().stream().map(CartridgeInfo::barcode).anyMatch(barcode::equals);
    }

    /** One that cannot be read may be so for want of the cartridge, on which its manifest is: its name is all that is known of it. */
    private boolean loses(GenerationInfo generation, List<TapeObject> objects) throws IOException {
        StoredObjects held = TapeListing.hold(generation, units.generations());
        if (held == null) {
            return objects.stream()
                    .anyMatch(each -> each.others() == 0 && each.name().startsWith(generation.id() + "/"));
        }
        try (held) {
            for (StoredObject object : held.list()) {
                if (!object.near() && loses(units.tier().copies(object.medium(), object.name()))) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean loses(List<TierCopy> copies) {
        boolean here = copies.stream().anyMatch(copy -> copy.cartridges().contains(barcode));
        return here && copies.stream().allMatch(copy -> copy.cartridges().contains(barcode) || copy.problem() != null);
    }

    /** What builds upon lost ones, for people. */
    private static String upon(List<GenerationInfo> all, Set<String> lost) {
        Set<String> reached = new TreeSet<>(lost);
        List<String> upon = new ArrayList<>();
        boolean more = true;
        while (more) {
            more = false;
            for (GenerationInfo each : all) {
                if (each.parent() != null && reached.contains(each.parent()) && reached.add(each.id())) {
                    upon.add(each.id());
                    more = true;
                }
            }
        }
        return upon.isEmpty() ? "" : ", which " + String.join(", ", upon) + " build upon";
    }
}

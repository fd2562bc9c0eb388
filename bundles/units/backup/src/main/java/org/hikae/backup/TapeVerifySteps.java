package org.hikae.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.api.job.Progress;
import org.hikae.api.media.StoredObjects;
import org.hikae.api.media.StoredObjects.StoredObject;
import org.hikae.api.media.tier.SecondTier;

/** Reading copies on tape again, as a job: what is wrong is a failure, with all that is wrong as the reason. */
final class TapeVerifySteps {

    private static final int NAMED = 10;

    private final TapeUnits units;

    TapeVerifySteps(TapeUnits units) {
        this.units = units;
    }

    /** @throws IOException if there is no such generation, or nothing of it is on tape */
    void check(String generation) throws IOException {
        SecondTier tier = units.tier();
        try (StoredObjects objects = units.generations().objects(generation)) {
            for (StoredObject each : objects.list()) {
                if (!tier.copies(each.medium(), each.name()).isEmpty()) {
                    return;
                }
            }
        }
        throw new IOException(
                "nothing of generation " + generation + " is on tape; 'tape write " + generation + "' writes it there");
    }

    Map<String, Object> run(String generation, Progress progress) throws IOException {
        SecondTier tier = units.tier();
        Progress all = new Continued(progress);
        List<String> wrong = new ArrayList<>();
        long objects = 0;
        long bytes = 0;
        try (StoredObjects held = units.generations().objects(generation)) {
            for (StoredObject each : held.list()) {
                all.pass();
                all.phase("reading " + each.name());
                if (tier.copies(each.medium(), each.name()).isEmpty()) {
                    wrong.add("no copy of " + each.name() + " is on tape");
                } else {
                    wrong.addAll(tier.prove(each.medium(), each.name(), all));
                    objects++;
                    bytes += each.length();
                }
            }
        }
        check("the copies of generation " + generation, wrong);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("generation", generation);
        result.put("objects", objects);
        result.put("bytes", bytes);
        return result;
    }

    Map<String, Object> runCartridge(String barcode, Progress progress) throws IOException {
        check("cartridge " + barcode, units.tapes().verify(barcode, progress));
        return Map.of("cartridge", barcode);
    }

    private static void check(String what, List<String> wrong) throws IOException {
        if (!wrong.isEmpty()) {
            String named = String.join("; ", wrong.subList(0, Math.min(NAMED, wrong.size())));
            String more = wrong.size() > NAMED ? "; and " + (wrong.size() - NAMED) + " more" : "";
            throw new IOException(what + " cannot be relied upon: " + named + more);
        }
    }
}

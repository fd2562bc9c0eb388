package org.hikae.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hikae.api.catalog.Rebuilder;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.Media;
import org.hikae.api.media.MediumStatus;
import org.hikae.api.tape.ScanReport;

/** Making known what is on tape and nowhere else, as a job: after the loss of everything but the cartridges. */
final class RebuildSteps {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,50}");

    private final TapeUnits units;
    private final List<String> problems = new ArrayList<>();
    private final Set<String> media = new TreeSet<>();
    private final Set<String> added = new TreeSet<>();

    RebuildSteps(TapeUnits units) {
        this.units = units;
    }

    Map<String, Object> run(boolean all, Progress progress) throws IOException {
        checkLibrary();
        progress.phase("reading the cartridges");
        ScanReport report = units.tapes().scan(all, progress);
        problems.addAll(report.problems());
        progress.check();
        progress.phase("adding media");
        addMedia(report.media());
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("cartridges", (long) report.cartridges());
        result.put("objects", (long) report.objects());
        result.put("addedMedia", String.join(", ", added));
        result.put("generations", generations());
        completeTables(progress, result);
        if (!problems.isEmpty()) {
            throw new IOException(String.join("; ", problems) + "; what else the cartridges say is known: "
                    + report.objects() + " more objects, and "
                    + (added.isEmpty() ? "no more media" : "the media " + String.join(", ", added)));
        }
        return result;
    }

    /** What is known already needs none. */
    private void checkLibrary() throws IOException {
        if (units.tapes().libraries().isEmpty() && units.tapes().cartridges().isEmpty()) {
            throw new IOException("there are no tape libraries to read cartridges in; see 'tape library add --help'");
        }
    }

    private void addMedia(Map<UUID, String> onTape) throws IOException {
        Map<String, UUID> there = units.media().ids();
        for (Map.Entry<UUID, String> each : onTape.entrySet()) {
            String known = there.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(each.getKey()))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(null);
            if (known != null) {
                media.add(known);
            } else {
                add(each.getKey(), each.getValue());
            }
        }
    }

    private void add(UUID id, String name) {
        try {
            String free = free(id, name);
            units.media().add(free, TapeUnits.DRIVER, id.toString(), false);
            media.add(free);
            added.add(free);
        } catch (IOException e) {
            problems.add("medium '" + name + "' was not added: " + Reason.of(e));
        }
    }

    /** A name on a cartridge may be taken here, or anything, if it was not we who wrote it. */
    private String free(UUID id, String name) throws IOException {
        Media all = units.media();
        String wanted =
                NAME.matcher(name).matches() ? name : "tape-" + id.toString().substring(0, 8);
        for (MediumStatus each : all.list()) {
            if (each.name().equals(wanted) && each.problem() != null) {
                throw new IOException("there is one of that name that cannot be used (" + each.problem()
                        + "), and may be the same; if it is lost for good, 'medium remove " + wanted
                        + "' and do this again");
            }
        }
        Set<String> taken = new TreeSet<>();
        all.list().forEach(each -> taken.add(each.name()));
        String free = wanted;
        for (int number = 2; taken.contains(free); number++) {
            free = wanted + "-" + number;
        }
        return free;
    }

    /** What is no generation is known to others, who keep tables of it. */
    private void completeTables(Progress progress, Map<String, Object> result) {
        for (Rebuilder each : units.rebuilders().get()) {
            try {
                result.putAll(each.complete(progress));
            } catch (IOException e) {
                problems.add(Reason.of(e));
            }
        }
    }

    /** Number of those on the media of which anything is on tape. */
    private long generations() throws IOException {
        long number = 0;
        for (GenerationInfo each : units.generations().list()) {
            number += media.contains(each.medium()) ? 1 : 0;
        }
        return number;
    }
}

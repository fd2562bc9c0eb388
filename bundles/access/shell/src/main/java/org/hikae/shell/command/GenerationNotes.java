package org.hikae.shell.command;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hikae.api.backup.Backups;
import org.hikae.api.backup.Drill;
import org.hikae.api.disk.InPlaceStatus;
import org.hikae.api.media.DataPlace;
import org.hikae.api.media.Generations;
import org.hikae.api.nbd.NbdServer;
import org.hikae.shell.call.Services;
import org.hikae.shell.text.Json;

/**
 * What is known of generations beside their manifests: who needs them, and whether they were proven.
 *
 * @param mounted ids of those that NBD keeps open
 * @param holds holders by id
 * @param inPlace those that stand in for disks
 * @param drills the last one of each, by id
 * @param places where the data of each lies, by id
 */
record GenerationNotes(
        Set<String> mounted,
        Map<String, List<String>> holds,
        Collection<InPlaceStatus> inPlace,
        Map<String, Drill> drills,
        Map<String, DataPlace> places) {

    /** What is known; of units that are not there, nothing. */
    static GenerationNotes of(Services services) throws IOException {
        Optional<Generations> generations = services.find(Generations.class);
        Optional<Backups> backups = services.find(Backups.class);
        return new GenerationNotes(
                services.find(NbdServer.class).map(NbdServer::mounted).orElse(Set.of()),
                generations.isPresent() ? generations.get().holds() : Map.of(),
                InPlaceViews.all(services).values(),
                backups.isPresent() ? backups.get().drills() : Map.of(),
                generations.isPresent() ? generations.get().places() : Map.of());
    }

    /**
     * {@code disk}, {@code tape}, {@code both}, or {@code missing} if some of its data is in neither; null if it has none, or this is not
     * known.
     */
    String where(String id) {
        DataPlace place = places.get(id);
        return place == null
                ? null
                : switch (place.where()) {
                    case NEAR -> "disk";
                    case TIER -> "tape";
                    case BOTH -> "both";
                    case LACKING -> "missing";
                    case NOTHING, UNKNOWN -> null;
                };
    }

    boolean isMounted(String id) {
        return mounted.contains(id);
    }

    /** Names of the disks that it stands in for. */
    List<String> inPlaceOf(String id) {
        return inPlace.stream()
                .filter(status -> status.generation().equals(id))
                .map(InPlaceStatus::disk)
                .sorted()
                .toList();
    }

    /** Whoever keeps it from being removed. */
    List<String> holders(String id) {
        return holds.getOrDefault(id, List.of());
    }

    /** Null if there was none. */
    Drill drill(String id) {
        return drills.get(id);
    }

    Json addTo(Json json, String id) {
        return json.put("mounted", isMounted(id))
                .put("inPlaceOf", inPlaceOf(id))
                .put("heldBy", holders(id))
                .put("drill", json(drill(id)))
                .put("where", where(id));
    }

    private static Json json(Drill drill) {
        return drill == null
                ? null
                : new Json()
                        .put("instant", drill.instant())
                        .put("problem", drill.problem())
                        .put("checker", drill.checker())
                        .put("files", drill.files())
                        .put("bytes", drill.bytes())
                        .put("digest", drill.digest());
    }
}

package org.hikae.media.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.hikae.api.job.Reason;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationSurvey;
import org.hikae.media.format.Infos;
import org.hikae.media.format.Manifest;
import org.hikae.media.medium.RollCall.Answer;
import org.hikae.media.medium.UsableMedium;

/** What users are told of generations, from a look at all media, without reading more than manifests. */
final class Survey {

    private final List<Answer<Shelf.View>> seen;

    Survey(List<Answer<Shelf.View>> seen) {
        this.seen = seen;
    }

    GenerationSurvey all() {
        List<GenerationInfo> infos = new ArrayList<>();
        List<GenerationSurvey.Unread> unread = new ArrayList<>();
        for (Answer<Shelf.View> answer : seen) {
            if (answer.isGiven()) {
                answer.value().generations().values().forEach(sighting -> infos.add(info(sighting)));
            } else {
                unread.add(new GenerationSurvey.Unread(answer.name(), answer.problem()));
            }
        }
        infos.sort(Comparator.comparing(GenerationInfo::disk)
                .thenComparing(GenerationInfo::number)
                .thenComparing(GenerationInfo::medium));
        return new GenerationSurvey(List.copyOf(infos), List.copyOf(unread));
    }

    /** What is known of a generation; what is wrong with one that it builds upon is wrong with it. */
    GenerationInfo info(Sighting sighting) {
        String medium = sighting.medium().name();
        if (sighting.stored() == null) {
            return Infos.unreadable(sighting.id(), medium, sighting.damage());
        }
        String problem = null;
        try {
            Sighting at = sighting;
            problem = problem(at, at.wrongObjects());
            while (problem == null && at.manifest().parent() != null) {
                at = Finder.parentOf(at.manifest(), seen);
                String below = problem(at, at.wrongBlocks());
                problem = below == null ? null : at.id() + ", which it builds upon: " + below;
            }
        } catch (IOException e) {
            problem = Reason.of(e);
        }
        return Infos.of(sighting.stored().manifest(), medium, sighting.stored().length(), problem);
    }

    /** The generation and what it builds upon, up to a full one or to where the chain is broken. */
    List<GenerationInfo> chain(Sighting newest) {
        List<GenerationInfo> chain = new ArrayList<>();
        try {
            Sighting at = newest;
            chain.add(info(at));
            while (at.manifest().parent() != null) {
                at = Finder.parentOf(at.manifest(), seen);
                chain.add(info(at));
            }
        } catch (IOException e) {
            return chain; // the last one's problem says it
        }
        return chain;
    }

    /**
     * What is wrong with a generation itself; null if nothing is known.
     *
     * @param wrongBeside what is wrong with objects beside its manifest
     */
    private String problem(Sighting sighting, List<String> wrongBeside) {
        Manifest manifest = sighting.stored().manifest();
        List<String> problems = new ArrayList<>(wrongBeside);
        if (manifest.log() != null && manifest.log().index() != null) {
            try {
                UsableMedium log = Finder.logMedium(manifest, seen);
                problems.addAll(Sighting.compare(manifest.log().all(), lengths(log, sighting), log));
            } catch (IOException e) {
                problems.add(Reason.of(e));
            }
        }
        return problems.isEmpty() ? null : String.join("; ", problems);
    }

    private Map<String, Long> lengths(UsableMedium log, Sighting sighting) {
        for (Answer<Shelf.View> answer : seen) {
            if (answer.medium() == log) {
                return answer.value().folders().getOrDefault(sighting.id(), Map.of());
            }
        }
        return Map.of();
    }
}

package org.hikae.catalog;

import java.io.IOException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.hikae.api.group.Groups;
import org.hikae.api.job.Jobs;
import org.hikae.api.media.GenerationSurvey;
import org.hikae.api.media.Generations;
import org.hikae.api.media.Media;
import org.hikae.api.media.MediumStatus;
import org.hikae.sql.Table;

/** What the catalog follows: the media, the configuration and the records of jobs. Thread-safe. */
final class Truth {

    private final Jobs jobs;
    private final Generations generations;
    private final Media media;
    private final Groups groups;
    private final InstantSource clock;
    private final AtomicLong looks = new AtomicLong();

    Truth(Jobs jobs, Generations generations, Media media, Groups groups, InstantSource clock) {
        this.jobs = jobs;
        this.generations = generations;
        this.media = media;
        this.groups = groups;
        this.clock = clock;
    }

    /** Without a look at the media, which may be slow. */
    Seen jobs() {
        return new Seen(looks.incrementAndGet(), Table.millis(clock.instant()), jobs.list(), null);
    }

    /** @throws IOException if it is not known which media there are */
    Seen all() throws IOException {
        long order = looks.incrementAndGet();
        GenerationSurvey survey = generations.survey();
        // Afterwards: of one that was removed meanwhile, what was on it would be gone for good; what is on one that was
        // added
        // meanwhile is seen by the next look.
        Set<String> looked = media();
        survey.unread().forEach(unread -> looked.remove(unread.medium()));
        Seen.Shelves shelves = new Seen.Shelves(survey.generations(), looked, groups.list());
        return new Seen(order, Table.millis(clock.instant()), jobs.list(), shelves);
    }

    private Set<String> media() throws IOException {
        try {
            return media.list().stream().map(MediumStatus::name).collect(Collectors.toCollection(HashSet::new));
        } catch (IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}

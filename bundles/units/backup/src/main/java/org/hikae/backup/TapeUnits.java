package org.hikae.backup;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.hikae.api.catalog.Rebuilder;
import org.hikae.api.job.Jobs;
import org.hikae.api.media.Generations;
import org.hikae.api.media.Media;
import org.hikae.api.media.MediumStatus;
import org.hikae.api.media.tier.SecondTier;
import org.hikae.api.tape.Tapes;

/**
 * What the jobs of tape ask. Tape control comes and goes while the platform runs.
 *
 * @param tierIfThere null while there is none, as the next one
 * @param mounted ids of the generations that are kept open for others
 * @param rebuilders who keep tables of what is on media
 */
record TapeUnits(
        Jobs jobs,
        Generations generations,
        Media media,
        Supplier<SecondTier> tierIfThere,
        Supplier<Tapes> tapesIfThere,
        Supplier<Set<String>> mounted,
        Supplier<List<Rebuilder>> rebuilders,
        InstantSource clock) {

    /** Name of the driver of media whose objects are on tape from the start. */
    static final String DRIVER = "tape";

    /** Names of the media that are tapes. */
    Set<String> tapeMedia() {
        return media.list().stream()
                .filter(each -> each.driver().equals(DRIVER))
                .map(MediumStatus::name)
                .collect(Collectors.toSet());
    }

    /** @throws IOException if it is not there */
    SecondTier tier() throws IOException {
        return there(tierIfThere.get());
    }

    /** @throws IOException likewise */
    Tapes tapes() throws IOException {
        return there(tapesIfThere.get());
    }

    private static <T> T there(T service) throws IOException {
        return Optional.ofNullable(service)
                .orElseThrow(() -> new IOException("tape control is not there: start its bundle; see 'unit list'"));
    }
}

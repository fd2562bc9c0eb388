package org.hikae.backup;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hikae.api.log.LogStrategy;
import org.hikae.api.media.LogPlace;
import org.hikae.api.media.MediumStatus;
import org.hikae.api.media.spi.Medium;

/**
 * How the log of a backup is kept, where what was chosen cannot be had: beside a copy that streams to a tape no log can be read
 * and written, so it is kept apart on another medium (a.5).
 *
 * @param strategy what is done
 * @param because why it is not what was chosen, in a sentence; null: it is
 */
record LogChoice(LogStrategy strategy, String because) {

    private static final String RANDOM_READ =
            Medium.Capability.RANDOM_READ.name().toLowerCase(Locale.ROOT);

    /**
     * @param medium that the backup goes to
     * @param media all of them
     * @throws IOException if there is no medium for the log; says what to do
     */
    static LogChoice of(MediumStatus medium, LogStrategy chosen, List<MediumStatus> media) throws IOException {
        if (isRandom(medium) || !isBeside(medium, chosen)) {
            return new LogChoice(chosen, null);
        }
        String log = named(medium, chosen, media).or(() -> first(medium, media)).orElseThrow(() -> none(medium));
        return new LogChoice(
                new LogStrategy(chosen.gather(), LogPlace.SEPARATE.text(), log, chosen.overload()),
                "the log is kept apart, on medium " + log + ", since medium " + medium.name()
                        + " cannot be read at any place while the copy streams to it");
    }

    private static boolean isRandom(MediumStatus medium) {
        return medium.capabilities().contains(RANDOM_READ);
    }

    /** Whether the log would go to the medium of the backup; placements of others do as they like. */
    private static boolean isBeside(MediumStatus medium, LogStrategy chosen) {
        boolean ownMedium = chosen.logMedium() == null || chosen.logMedium().equals(medium.name());
        return chosen.place().equals(LogPlace.OVERLAY.text())
                || chosen.place().equals(LogPlace.SEPARATE.text()) && ownMedium;
    }

    /** A medium that was named for separate logs is kept with other placements too. */
    private static Optional<String> named(MediumStatus medium, LogStrategy chosen, List<MediumStatus> media) {
        return media.stream()
                .filter(each -> serves(medium, each))
                .map(MediumStatus::name)
                .filter(name -> name.equals(chosen.logMedium()))
                .findFirst();
    }

    private static Optional<String> first(MediumStatus medium, List<MediumStatus> media) {
        return media.stream()
                .filter(each -> serves(medium, each))
                .map(MediumStatus::name)
                .sorted()
                .findFirst();
    }

    private static boolean serves(MediumStatus medium, MediumStatus other) {
        return other.problem() == null && isRandom(other) && !other.name().equals(medium.name());
    }

    private static IOException none(MediumStatus medium) {
        return new IOException(
                "medium '" + medium.name() + "' cannot be read at any place while the copy streams to it,"
                        + " and there is no other one for the log: add a medium that has '" + RANDOM_READ
                        + "' among its capabilities, such as a directory; it takes what is overwritten while the backup runs");
    }
}

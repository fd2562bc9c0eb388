package org.hikae.media.medium;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hikae.api.media.spi.Medium;
import org.hikae.media.format.DamagedException;

/** Makes a medium a home's own (R19). */
final class Claim {

    private Claim() {}

    /** The mark after all, and whether it is a new one on a medium that had none. */
    record Result(OwnerMark mark, boolean isNew) {}

    /**
     * @param takeOver whether to take it over from another home
     * @throws IOException if it is another home's and must not be taken over
     */
    static Result make(Medium medium, String location, UUID home, boolean takeOver, Instant now) throws IOException {
        Optional<OwnerMark> mark = read(medium, location, takeOver);
        if (mark.isPresent() && mark.get().home().equals(home) && isOf(mark.get(), medium)) {
            return new Result(mark.get(), false);
        }
        if (mark.isPresent() && !mark.get().home().equals(home) && !takeOver) {
            throw new IOException(location + " belongs to another home since "
                    + mark.get().since() + "; add it with take-over if that home does not use it any more");
        }
        UUID id = medium.id().or(() -> mark.map(OwnerMark::medium)).orElseGet(UUID::randomUUID);
        OwnerMark mine = new OwnerMark(id, home, now);
        medium.discardUncommitted();
        mine.write(medium);
        return new Result(mine, mark.isEmpty());
    }

    private static Optional<OwnerMark> read(Medium medium, String location, boolean takeOver) throws IOException {
        try {
            return OwnerMark.read(medium);
        } catch (DamagedException e) {
            if (takeOver) {
                return Optional.empty();
            }
            throw new IOException(
                    location + ": " + e.getMessage() + "; add it with take-over if no other home uses it", e);
        }
    }

    /**
     * Looks whether a medium is the home's own, and is the one that it was.
     *
     * @param known the id that it had before; null if it was not looked at before
     */
    static OwnerMark check(Medium medium, String name, UUID home, UUID known) throws IOException {
        Optional<OwnerMark> found;
        try {
            found = OwnerMark.read(medium);
        } catch (DamagedException e) {
            throw new IOException(
                    "medium '" + name + "': " + e.getMessage() + "; remove the medium and add it with take-over", e);
        }
        OwnerMark mark = found.orElseThrow(() -> new IOException("medium '" + name + "' is empty: there is no "
                + OwnerMark.NAME + " on it; mount what should be there, or remove the medium and add it again"));
        if (!mark.home().equals(home)) {
            throw new IOException("medium '" + name + "' belongs to another home since " + mark.since()
                    + "; remove it here, or remove it and add it with take-over");
        }
        UUID expected = known != null ? known : medium.id().orElse(mark.medium());
        if (!expected.equals(mark.medium())) {
            throw new IOException("medium '" + name + "' is another one than before: its place holds medium "
                    + mark.medium() + " instead of " + expected + "; remove it and add it again");
        }
        return mark;
    }

    /** Whether a mark is the medium's, if that has an id of its own. */
    private static boolean isOf(OwnerMark mark, Medium medium) throws IOException {
        return medium.id().map(mark.medium()::equals).orElse(true);
    }
}

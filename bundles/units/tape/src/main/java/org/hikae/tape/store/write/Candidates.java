package org.hikae.tape.store.write;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hikae.api.job.Progress;
import org.hikae.api.tape.spi.TapeLibrary.Kind;
import org.hikae.tape.mount.Contents;
import org.hikae.tape.mount.Label;
import org.hikae.tape.mount.Mounts;
import org.hikae.tape.mount.Present;
import org.hikae.tape.store.registry.VolumeBook;
import org.hikae.tape.store.registry.VolumeFacts;
import org.hikae.tape.store.registry.VolumeFacts.Writing;

/** Which cartridges could take what is written to a pool, the best first. Used by one thread at a time. */
final class Candidates {

    private final Mounts mounts;
    private final VolumeBook volumes;
    private final Reservations reservations;
    private final UUID home;
    private final String pool;
    private final String library;

    /** @param library that they have to be in; null: any */
    Candidates(Mounts mounts, VolumeBook volumes, Reservations reservations, UUID home, String pool, String library) {
        this.mounts = mounts;
        this.volumes = volumes;
        this.reservations = reservations;
        this.home = home;
        this.pool = pool;
        this.library = library;
    }

    /**
     * A cartridge to be tried.
     *
     * @param volume the id in its label; null: it is not labelled for a pool yet
     */
    record Candidate(String barcode, UUID volume) {}

    /** How willingly a cartridge is taken. The order is that. */
    private enum Rank {
        /** Of the pool, with something on it. */
        BEGUN,
        /** Of the pool, and empty. */
        EMPTY,
        /** Of the pool, and not read yet. */
        UNREAD,
        /** Labelled, for no pool. */
        SCRATCH,
        /** Blank, or never seen. */
        BLANK
    }

    private record Ranked(Candidate candidate, Rank rank, Present present) {}

    /**
     * Takes the best for the session alone; waits if all are taken by others, who go on with them or leave them.
     *
     * @return null if there is none
     * @throws java.util.concurrent.CancellationException if the work was cancelled
     */
    Candidate take(Set<String> excluded, Progress progress) throws IOException {
        while (true) {
            List<String> taken = new ArrayList<>();
            for (Ranked ranked : ranked(excluded)) {
                if (reservations.take(ranked.candidate().barcode())) {
                    return ranked.candidate();
                }
                taken.add(ranked.candidate().barcode());
            }
            if (taken.isEmpty()) {
                return null;
            }
            progress.phase("waiting for a cartridge of pool '" + pool + "': " + String.join(", ", taken)
                    + (taken.size() == 1 ? " is" : " are") + " being written");
            try {
                reservations.await(taken, progress);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for a cartridge");
            }
        }
    }

    /** Whether there is one, taken by others or not, besides these. */
    boolean isThere(Set<String> excluded) throws IOException {
        return !ranked(excluded).isEmpty();
    }

    private List<Ranked> ranked(Set<String> excluded) throws IOException {
        Map<String, VolumeFacts> known = new HashMap<>();
        for (VolumeFacts volume : volumes.facts()) {
            if (!volume.lost()) {
                known.merge(
                        volume.label().barcode(),
                        volume,
                        (one, other) ->
                                one.label().labelled().isAfter(other.label().labelled()) ? one : other);
            }
        }
        List<Ranked> ranked = new ArrayList<>();
        Set<String> seen = new HashSet<>(excluded);
        for (Present present : mounts.present()) {
            boolean there = present.loadable() && (library == null || library.equals(present.library()));
            if (there && seen.add(present.barcode())) {
                Ranked one = rank(present, begun(present).orElse(known.get(present.barcode())));
                if (one != null) {
                    ranked.add(one);
                }
            }
        }
        ranked.sort(Comparator.comparing(Ranked::rank)
                .thenComparing(one -> one.present().used())
                .thenComparing(one -> one.present().place().kind() != Kind.DRIVE)
                .thenComparing(one -> one.candidate().barcode()));
        return ranked;
    }

    /** What it is known to be since its label was seen, which a killed platform has written, and did not come to remember. */
    private Optional<VolumeFacts> begun(Present present) throws IOException {
        return present.seen() != null && present.seen().contents() instanceof Contents.Labelled labelled
                ? volumes.begun(labelled.label().volume())
                : Optional.empty();
    }

    /** Null if it is not to be taken. */
    private Ranked rank(Present present, VolumeFacts known) {
        if (known != null) {
            boolean takes = known.writing() == Writing.OPEN && !known.abandoned() && known.hidden() == null;
            Rank rank = takes ? rank(known) : null;
            return rank == null ? null : ranked(present, rank, known.id());
        }
        if (present.seen() == null) {
            return ranked(present, Rank.BLANK, null);
        }
        Contents contents = present.seen().contents();
        if (contents instanceof Contents.Blank) {
            return ranked(present, Rank.BLANK, null);
        }
        if (contents instanceof Contents.Labelled labelled
                && labelled.label().home().equals(home)) {
            return unknown(present, labelled.label());
        }
        return null;
    }

    private Rank rank(VolumeFacts known) {
        if (known.label().pool() == null) {
            return known.known() && known.isUnwritten() ? Rank.SCRATCH : null;
        }
        if (!known.label().pool().equals(pool)) {
            return null;
        }
        return !known.known() ? Rank.UNREAD : known.isUnwritten() ? Rank.EMPTY : Rank.BEGUN;
    }

    private Ranked unknown(Present present, Label label) {
        if (label.pool() == null) {
            return ranked(present, Rank.SCRATCH, label.volume());
        }
        return label.pool().equals(pool) ? ranked(present, Rank.UNREAD, label.volume()) : null;
    }

    private static Ranked ranked(Present present, Rank rank, UUID volume) {
        return new Ranked(new Candidate(present.barcode(), volume), rank, present);
    }

    /** What users are told if there is none. */
    String none(List<String> reasons) {
        String where = library == null ? "" : " in library '" + library + "'";
        String tried = reasons.isEmpty() ? "" : " (" + String.join("; ", reasons) + ")";
        return "no cartridge" + where + " can take more of pool '" + pool + "'" + tried
                + ": put one into the station and run 'tape import', label one with 'tape label', or erase one that is"
                + " expired with 'tape erase'";
    }
}

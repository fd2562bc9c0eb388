package org.hikae.backup;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.disk.Changes;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.Mark;
import org.hikae.api.disk.Marks;
import org.hikae.api.disk.TrackingPoint;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationSurvey;
import org.hikae.api.media.Generations;

/**
 * Finds what a differential backup builds upon: the newest whole generation of the same disk, if change tracking can tell
 * what changed since then (R12); on any doubt a full backup is made.
 */
final class Bases {

    private final Generations generations;
    private final Marks marks;

    Bases(Generations generations, Marks marks) {
        this.generations = generations;
        this.marks = marks;
    }

    /** @throws IOException if there is no such mark; a start that was chosen is not replaced by another */
    Basis choose(Disk disk, BackupRequest request) throws IOException {
        if (!request.differential()) {
            return Basis.NONE;
        }
        Mark mark = request.since() == null ? null : mark(disk, request.since());
        Optional<GenerationInfo> newest = generations.list().stream()
                .filter(generation -> canBeParent(generation, disk))
                .max(Comparator.comparingLong(GenerationInfo::number));
        if (newest.isEmpty()) {
            return Basis.fullBecause(
                    "there is no whole generation of this disk as it is now, whose changes could be counted");
        }
        TrackingPoint from = mark == null ? newest.get().point() : mark.point();
        if (disk.changes().changedSince(from) instanceof Changes.Unknown unknown) {
            return Basis.fullBecause(unknown.reason());
        }
        return new Basis(newest.get(), from, request.since(), null);
    }

    /** R13: a mixture of times is nobody's parent. */
    private static boolean canBeParent(GenerationInfo generation, Disk disk) {
        return disk.id().equals(generation.diskId())
                && generation.problem() == null
                && !generation.partial()
                && generation.point() != null
                && generation.size() == disk.size()
                && generation.blockSize() == disk.blockSize()
                && generation.format().equals(disk.format());
    }

    /** Of which nothing is known but its name. */
    private static boolean isUnreadable(GenerationInfo generation, Disk disk) {
        return generation.diskId() == null && disk.name().equals(generation.disk());
    }

    private Mark mark(Disk disk, String name) throws IOException {
        List<Mark> all = marks.list(disk.name());
        return all.stream()
                .filter(mark -> mark.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IOException(
                        "disk '" + disk.name() + "' has no mark '" + name + "'; see 'mark list " + disk.name() + "'"));
    }

    /**
     * Lets tracking forget what no generation needs any more, or what no generation can be built upon. Not while a medium
     * is away, or a manifest cannot be read: those generations count.
     */
    void keepPoints(Disk disk) throws IOException {
        GenerationSurvey survey = generations.survey();
        if (survey.unread().isEmpty() && survey.generations().stream().noneMatch(each -> isUnreadable(each, disk))) {
            Set<TrackingPoint> points = survey.generations().stream()
                    .filter(generation -> canBeParent(generation, disk))
                    .map(GenerationInfo::point)
                    .collect(Collectors.toSet());
            disk.changes().keep(points);
        }
    }
}

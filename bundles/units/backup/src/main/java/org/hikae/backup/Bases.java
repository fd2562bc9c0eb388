package org.hikae.backup;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.disk.ChangeTracker;
import org.hikae.api.disk.Changes;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.Mark;
import org.hikae.api.disk.Marks;
import org.hikae.api.disk.TrackingPoint;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationSurvey;
import org.hikae.api.media.Generations;

/**
 * Finds what a differential backup builds upon: the newest whole generation of the same disk since which change tracking can
 * tell what changed (R12), or the one that the disk held when its lineage began (R21); on any doubt a full backup is made.
 *
 * <p>Generations of a former lineage are nobody's parents, although they may be newer: the disk has become another since.
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
        Mark mark = request.since() == null ? null : NamedMarks.get(marks, disk.name(), request.since());
        List<GenerationInfo> all = generations.list();
        Optional<Since> parent = parent(disk, all);
        if (parent.isEmpty()) {
            return Basis.fullBecause(whyNone(disk, all));
        }
        TrackingPoint from = mark == null ? parent.get().point() : mark.point();
        if (mark != null && disk.changes().changedSince(from) instanceof Changes.Unknown unknown) {
            return Basis.fullBecause(unknown.reason());
        }
        return new Basis(parent.get().generation(), from, request.since(), null);
    }

    /** What the next differential backup of a disk would build upon; empty if it would be a full one. */
    Optional<GenerationInfo> next(Disk disk, List<GenerationInfo> all) {
        return parent(disk, all).map(Since::generation);
    }

    /** A generation, and the point since which it is known what changed of it. */
    private record Since(GenerationInfo generation, TrackingPoint point) {}

    private static Optional<Since> parent(Disk disk, List<GenerationInfo> all) {
        return Stream.concat(
                        candidates(disk, all).map(each -> new Since(each, each.point())), started(disk, all).stream())
                .filter(each -> disk.changes().changedSince(each.point()) instanceof Changes.Known)
                .findFirst();
    }

    /** The newest first. */
    private static Stream<GenerationInfo> candidates(Disk disk, List<GenerationInfo> all) {
        return all.stream()
                .filter(generation -> canBeParent(generation, disk))
                .sorted(Comparator.comparingLong(GenerationInfo::number).reversed());
    }

    /** What the disk held when its lineage began, if it is there and fits. */
    private static Optional<Since> started(Disk disk, List<GenerationInfo> all) {
        return disk.changes().start().flatMap(start -> all.stream()
                .filter(each -> each.id().equals(start.generation()) && isWholeOf(each, disk))
                .findFirst()
                .map(each -> new Since(each, start.point())));
    }

    private static String whyNone(Disk disk, List<GenerationInfo> all) {
        Optional<GenerationInfo> newest = candidates(disk, all).findFirst();
        if (newest.isPresent()
                && disk.changes().changedSince(newest.get().point()) instanceof Changes.Unknown unknown) {
            return unknown.reason();
        }
        Optional<ChangeTracker.Start> start = disk.changes().start();
        return start.isPresent()
                ? "generation " + start.get().generation()
                        + ", which has taken the disk's place, cannot be built upon: it "
                        + "is not there any more, is damaged, or does not fit the disk as it is now"
                : "there is no whole generation of this disk as it is now, whose changes could be counted";
    }

    /** R13: a mixture of times is nobody's parent. */
    private static boolean canBeParent(GenerationInfo generation, Disk disk) {
        return generation.point() != null && isWholeOf(generation, disk);
    }

    private static boolean isWholeOf(GenerationInfo generation, Disk disk) {
        return disk.id().equals(generation.diskId())
                && generation.problem() == null
                && !generation.partial()
                && generation.size() == disk.size()
                && generation.blockSize() == disk.blockSize()
                && generation.format().equals(disk.format());
    }

    /** Of which nothing is known but its name. */
    private static boolean isUnreadable(GenerationInfo generation, Disk disk) {
        return generation.diskId() == null && disk.name().equals(generation.disk());
    }

    /**
     * Lets tracking forget what no generation needs any more, or what no generation can be built upon. Not while a medium
     * is away, or a manifest cannot be read: those generations count.
     */
    void keepPoints(Disk disk) throws IOException {
        GenerationSurvey survey = generations.survey();
        if (survey.unread().isEmpty() && survey.generations().stream().noneMatch(each -> isUnreadable(each, disk))) {
            Set<TrackingPoint> points = candidates(disk, survey.generations())
                    .map(GenerationInfo::point)
                    .collect(Collectors.toCollection(HashSet::new));
            started(disk, survey.generations()).ifPresent(start -> points.add(start.point()));
            disk.changes().keep(points);
        }
    }
}

package org.hikae.backup;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
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
 * Backups of a group build upon those of that group, and of the whole disk upon those of the whole disk (b.7).
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
        String group = request.group() == null ? null : request.group().name();
        Optional<Since> parent = parent(disk, group, all);
        if (parent.isEmpty()) {
            return Basis.fullBecause(group == null ? whyNone(disk, all) : whyNone(disk, group, all));
        }
        TrackingPoint from = mark == null ? parent.get().point() : mark.point();
        if (mark != null && disk.changes().changedSince(from) instanceof Changes.Unknown unknown) {
            return Basis.fullBecause(unknown.reason());
        }
        return new Basis(parent.get().generation(), from, request.since(), null);
    }

    /**
     * What the next differential backup of a disk would build upon; empty if it would be a full one.
     *
     * @param group name of the group that is backed up; null: the whole disk
     */
    Optional<GenerationInfo> next(Disk disk, String group, List<GenerationInfo> all) {
        return parent(disk, group, all).map(Since::generation);
    }

    /** A generation, and the point since which it is known what changed of it. */
    private record Since(GenerationInfo generation, TrackingPoint point) {}

    private static Optional<Since> parent(Disk disk, String group, List<GenerationInfo> all) {
        return Stream.concat(
                        candidates(disk, group, all).map(each -> new Since(each, each.point())),
                        group == null ? started(disk, all).stream() : Stream.empty())
                .filter(each -> disk.changes().changedSince(each.point()) instanceof Changes.Known)
                .findFirst();
    }

    /** Those of a group, or of the whole disk, the newest first. */
    private static Stream<GenerationInfo> candidates(Disk disk, String group, List<GenerationInfo> all) {
        return all.stream()
                .filter(each -> canBeParent(each, disk) && Objects.equals(each.groupName(), group))
                .sorted(Comparator.comparingLong(GenerationInfo::number).reversed());
    }

    /** What the disk held when its lineage began, if it is there and fits: that was one of the whole disk. */
    private static Optional<Since> started(Disk disk, List<GenerationInfo> all) {
        return disk.changes().start().flatMap(start -> all.stream()
                .filter(each -> each.id().equals(start.generation()) && each.group() == null && fits(each, disk))
                .findFirst()
                .map(each -> new Since(each, start.point())));
    }

    private static String whyNone(Disk disk, List<GenerationInfo> all) {
        Optional<String> unknown = whyUnknown(disk, null, all);
        if (unknown.isPresent()) {
            return unknown.get();
        }
        Optional<ChangeTracker.Start> start = disk.changes().start();
        return start.isPresent()
                ? "generation " + start.get().generation()
                        + ", which has taken the disk's place, cannot be built upon: it "
                        + "is not there any more, is damaged, or does not fit the disk as it is now"
                : "there is no whole generation of this disk as it is now, whose changes could be counted";
    }

    private static String whyNone(Disk disk, String group, List<GenerationInfo> all) {
        return whyUnknown(disk, group, all)
                .orElse("there is no generation of group '" + group
                        + "' of this disk as it is now, whose changes could be counted");
    }

    /** Why it cannot be told what changed since the newest; empty if there is none. */
    private static Optional<String> whyUnknown(Disk disk, String group, List<GenerationInfo> all) {
        return candidates(disk, group, all)
                .findFirst()
                .map(newest -> disk.changes().changedSince(newest.point()))
                .filter(Changes.Unknown.class::isInstance)
                .map(changes -> ((Changes.Unknown) changes).reason());
    }

    private static boolean canBeParent(GenerationInfo generation, Disk disk) {
        return generation.point() != null && fits(generation, disk);
    }

    /** R13: a mixture of times is nobody's parent. */
    private static boolean fits(GenerationInfo generation, Disk disk) {
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
     * Lets tracking forget what no generation, of any group, needs any more, or what none can be built upon. Not while a medium
     * is away, or a manifest cannot be read: those generations count.
     */
    void keepPoints(Disk disk) throws IOException {
        GenerationSurvey survey = generations.survey();
        if (survey.unread().isEmpty() && survey.generations().stream().noneMatch(each -> isUnreadable(each, disk))) {
            Set<TrackingPoint> points = survey.generations().stream()
                    .filter(each -> canBeParent(each, disk))
                    .map(GenerationInfo::point)
                    .collect(Collectors.toCollection(HashSet::new));
            started(disk, survey.generations()).ifPresent(start -> points.add(start.point()));
            disk.changes().keep(points);
        }
    }
}

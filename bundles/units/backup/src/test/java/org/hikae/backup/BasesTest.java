package org.hikae.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.Quieting;
import org.hikae.api.block.BlockSet;
import org.hikae.api.copy.CopyLimits;
import org.hikae.api.disk.ChangeTracker;
import org.hikae.api.disk.Changes;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.Mark;
import org.hikae.api.disk.Marks;
import org.hikae.api.disk.TrackingPoint;
import org.hikae.api.group.Meta;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationSurvey;
import org.hikae.api.media.Generations;
import org.hikae.api.media.Layout;
import org.junit.jupiter.api.Test;

/** What a differential backup builds upon (R12, R13). */
class BasesTest {

    private static final UUID DISK = new UUID(1, 2);
    private static final UUID LINEAGE = new UUID(3, 4);

    private final List<GenerationInfo> generations = new ArrayList<>();
    private final List<GenerationSurvey.Unread> unread = new ArrayList<>();
    private final List<Set<TrackingPoint>> kept = new ArrayList<>();
    private Changes changes = new Changes.Known(BlockSet.empty());
    private UUID lineage = LINEAGE;
    private ChangeTracker.Start start;
    /** Of what is added from now on; null: the whole disk. */
    private String group;

    private final ChangeTracker tracker = proxy(ChangeTracker.class, (method, arguments) -> {
        switch (method) {
            case "keep" -> kept.add(points(arguments[0]));
            case "start" -> {
                return Optional.ofNullable(start);
            }
            default -> {
                UUID asked = ((TrackingPoint) arguments[0]).lineage();
                return asked.equals(lineage) ? changes : new Changes.Unknown("tracking began anew with data@2");
            }
        }
        return null;
    });
    private final Disk disk = proxy(Disk.class, (method, arguments) -> switch (method) {
        case "name" -> "data";
        case "id" -> DISK;
        case "size" -> 1L << 20;
        case "blockSize" -> 4096;
        case "format" -> "raw";
        case "changes" -> tracker;
        default -> throw new UnsupportedOperationException(method);
    });
    private final Bases bases = new Bases(
            proxy(
                    Generations.class,
                    (method, arguments) ->
                            method.equals("list") ? generations : new GenerationSurvey(generations, unread)),
            proxy(Marks.class, (method, arguments) -> List.of(new Mark("monday", Instant.EPOCH, point(77)))));

    @SuppressWarnings("unchecked")
    private static Set<TrackingPoint> points(Object argument) {
        return (Set<TrackingPoint>) argument;
    }

    /** What a method answers. */
    private interface Answers {
        Object to(String method, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answers.to(method.getName(), arguments)));
    }

    private static TrackingPoint point(long epoch) {
        return new TrackingPoint(LINEAGE, epoch);
    }

    private void add(long number, UUID diskId, long size, String mark, TrackingPoint point, String problem) {
        generations.add(new GenerationInfo(
                "data@" + number,
                "data",
                diskId,
                number,
                "full",
                null,
                mark,
                group == null ? null : new GenerationGroup(group, Meta.ALL, List.of("/" + group)),
                point,
                Instant.EPOCH,
                size,
                4096,
                "raw",
                1,
                1,
                1,
                1,
                0,
                "packed",
                "overlay",
                "m",
                "m",
                0,
                problem));
    }

    private static BackupRequest differential(String since) {
        return request(since, null);
    }

    private static BackupRequest ofGroup(String name) {
        return request(null, new BackupRequest.OfGroup(name, Meta.GROUP));
    }

    private static BackupRequest request(String since, BackupRequest.OfGroup group) {
        return new BackupRequest(
                "data", "m", List.of(), CopyLimits.NONE, Layout.PACKED, true, since, Quieting.NONE, group);
    }

    /** Whatever meta information either has. */
    @Test
    void aGroupBuildsUponItsOwnLastBackupAndTheWholeDiskUponThatOfTheWholeDisk() throws IOException {
        add(1, DISK, 1 << 20, null, point(1), null);
        group = "docs";
        add(2, DISK, 1 << 20, null, point(2), null);
        add(3, DISK, 1 << 20, null, point(3), null);
        group = "mail";
        add(4, DISK, 1 << 20, null, point(4), null);
        assertThat(bases.choose(disk, differential(null)).parentId()).isEqualTo("data@1");
        assertThat(bases.choose(disk, ofGroup("docs")).parentId()).isEqualTo("data@3");
        assertThat(bases.choose(disk, ofGroup("mail")).parentId()).isEqualTo("data@4");
        assertThat(bases.choose(disk, ofGroup("new")).fullBecause())
                .isEqualTo("there is no generation of group 'new' of this disk as it is now, whose changes could be"
                        + " counted");
        assertThat(bases.next(disk, "docs", generations))
                .map(GenerationInfo::id)
                .contains("data@3");
        assertThat(bases.next(disk, "new", generations)).isEmpty();
        bases.keepPoints(disk);
        assertThat(kept).as("those of all groups").containsExactly(Set.of(point(1), point(2), point(3), point(4)));
        changes = new Changes.Unknown("change tracking began anew");
        assertThat(bases.choose(disk, ofGroup("docs")).fullBecause()).isEqualTo("change tracking began anew");
    }

    @Test
    void r21_nothingOfAGroupBuildsUponWhatHasTakenTheDisksPlace() throws IOException {
        add(2, DISK, 1 << 20, null, point(2), null);
        hasBecome("data@2");
        assertThat(bases.choose(disk, differential(null)).parentId()).isEqualTo("data@2");
        assertThat(bases.choose(disk, ofGroup("docs")).differential()).isFalse();
        group = "docs";
        generations.clear();
        add(2, DISK, 1 << 20, null, point(2), null);
        assertThat(bases.choose(disk, differential(null)).differential()).isFalse();
    }

    @Test
    void aFullBackupHasNone() throws IOException {
        add(1, DISK, 1 << 20, null, point(1), null);
        assertThat(bases.choose(disk, new BackupRequest("data", "m", List.of(), 0, 0)))
                .isEqualTo(Basis.NONE);
    }

    @Test
    void theNewestWholeGenerationOfTheSameDiskIsTheParent() throws IOException {
        add(3, DISK, 1 << 20, null, point(3), null);
        add(2, DISK, 1 << 20, null, point(2), null);
        add(4, DISK, 1 << 20, null, point(4), "its manifest is damaged");
        add(5, new UUID(9, 9), 1 << 20, null, point(5), null);
        add(6, DISK, 2 << 20, null, point(6), null);
        add(7, DISK, 1 << 20, null, null, null);
        Basis basis = bases.choose(disk, differential(null));
        assertThat(basis.parentId()).isEqualTo("data@3");
        assertThat(basis.from()).isEqualTo(point(3));
        assertThat(basis.fullBecause()).isNull();
    }

    @Test
    void r13_aMixtureOfTimesIsNobodysParent() throws IOException {
        add(1, DISK, 1 << 20, null, point(1), null);
        add(2, DISK, 1 << 20, "monday", point(2), null);
        assertThat(bases.choose(disk, differential(null)).parentId()).isEqualTo("data@1");
    }

    @Test
    void r12_whatTrackingCannotTellMakesAFullBackup() throws IOException {
        add(1, DISK, 1 << 20, null, point(1), null);
        changes = new Changes.Unknown("change tracking began anew");
        Basis basis = bases.choose(disk, differential(null));
        assertThat(basis.differential()).isFalse();
        assertThat(basis.fullBecause()).isEqualTo("change tracking began anew");
    }

    @Test
    void theFirstBackupIsAFullOne() throws IOException {
        assertThat(bases.choose(disk, differential(null)).fullBecause()).startsWith("there is no whole generation");
    }

    /** Its manifest may be readable again tomorrow. */
    @Test
    void noPointIsForgottenWhileAGenerationOfTheDiskCannotBeRead() throws IOException {
        add(1, DISK, 1 << 20, null, point(1), null);
        add(2, null, 0, null, null, "the manifest of data@2 cannot be read: Input/output error");
        bases.keepPoints(disk);
        assertThat(kept).isEmpty();
    }

    @Test
    void aMarkIsWhereChangesAreCountedFrom() throws IOException {
        add(1, DISK, 1 << 20, null, point(1), null);
        Basis basis = bases.choose(disk, differential("monday"));
        assertThat(basis.from()).isEqualTo(point(77));
        assertThat(basis.mark()).isEqualTo("monday");
        assertThatThrownBy(() -> bases.choose(disk, differential("friday")))
                .isInstanceOf(IOException.class)
                .hasMessage("disk 'data' has no mark 'friday'; see 'mark list data'");
    }

    private void hasBecome(String generation) {
        lineage = new UUID(5, 6);
        start = new ChangeTracker.Start(generation, new TrackingPoint(lineage, 0));
    }

    @Test
    void r21_afterAnOlderOneHasTakenTheDisksPlaceTheNextOneBuildsUponIt() throws IOException {
        add(1, DISK, 1 << 20, null, point(1), null);
        add(2, DISK, 1 << 20, null, null, null);
        add(3, DISK, 1 << 20, null, point(3), null);
        hasBecome("data@2");
        Basis basis = bases.choose(disk, differential(null));
        assertThat(basis.parentId()).isEqualTo("data@2");
        assertThat(basis.from()).isEqualTo(start.point());
        add(4, DISK, 1 << 20, null, new TrackingPoint(lineage, 1), null);
        add(5, DISK, 1 << 20, "tuesday", new TrackingPoint(lineage, 2), null);
        basis = bases.choose(disk, differential(null));
        assertThat(basis.parentId()).isEqualTo("data@4");
        assertThat(basis.from()).isEqualTo(new TrackingPoint(lineage, 1));
    }

    @Test
    void r21_marksOfTheFormerLineageNeedAFullBackup() throws IOException {
        add(2, DISK, 1 << 20, null, point(2), null);
        hasBecome("data@2");
        Basis basis = bases.choose(disk, differential("monday"));
        assertThat(basis.differential()).isFalse();
        assertThat(basis.fullBecause()).isEqualTo("tracking began anew with data@2");
    }

    @Test
    void r21_aStartThatIsGoneOrDoesNotFitIsNoParentAndNorAreNewerOnes() throws IOException {
        add(3, DISK, 1 << 20, null, point(3), null);
        hasBecome("data@2");
        assertThat(bases.choose(disk, differential(null)).fullBecause()).isEqualTo("tracking began anew with data@2");
        add(2, DISK, 1 << 20, "monday", point(2), null);
        assertThat(bases.choose(disk, differential(null)).differential()).isFalse();
        generations.clear();
        assertThat(bases.choose(disk, differential(null)).fullBecause())
                .startsWith("generation data@2, which has taken the disk's place, cannot be built upon");
    }

    @Test
    void r21_theBeginningIsKeptWhileItsGenerationCanBeAParent() throws IOException {
        add(2, DISK, 1 << 20, null, null, null);
        add(3, DISK, 1 << 20, null, point(3), null);
        hasBecome("data@2");
        bases.keepPoints(disk);
        generations.remove(0);
        bases.keepPoints(disk);
        assertThat(kept).containsExactly(Set.of(point(3), start.point()), Set.of(point(3)));
    }

    /** R12: the generations of a medium that is away count, too. */
    @Test
    void pointsAreForgottenOnlyWhileEveryMediumIsThere() throws IOException {
        add(1, DISK, 1 << 20, null, point(1), null);
        add(2, DISK, 1 << 20, "monday", point(2), null);
        unread.add(new GenerationSurvey.Unread("shelf", "it is not mounted"));
        bases.keepPoints(disk);
        assertThat(kept).isEmpty();
        unread.clear();
        bases.keepPoints(disk);
        assertThat(kept).containsExactly(Set.of(point(1)));
    }
}

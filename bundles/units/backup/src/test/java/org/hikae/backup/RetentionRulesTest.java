package org.hikae.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.hikae.api.backup.Retention;
import org.hikae.api.backup.RetentionPlan;
import org.hikae.api.job.Progress;
import org.hikae.api.media.MergeRequest;
import org.junit.jupiter.api.Test;

/** What keeping to a retention means (a.10, R20). */
class RetentionRulesTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOON = Instant.parse("2026-11-05T12:00:00Z");

    private final FakeStore store = new FakeStore();
    private ZoneId zone = ZoneOffset.UTC;
    private Set<String> mounted = Set.of();
    private String basis;
    private String unseen;
    private boolean remove;

    private RetentionPlan plan(Retention keep) {
        RetentionRules.Needs needs = new RetentionRules.Needs(store.holds(), mounted, basis, unseen);
        return RetentionRules.plan(store.survey().generations(), needs, keep, remove, zone);
    }

    private static Retention last(int count) {
        return new Retention(count, 0, 0, 0, 0, 0);
    }

    /** A full one, and on it differentials at the other times. */
    private void chain(String... times) {
        String parent = null;
        for (String time : times) {
            parent = store.add(parent, Instant.parse(time));
        }
    }

    /** Why each is kept, or {@code >} and what it becomes part of. */
    private List<String> said(Retention keep) {
        return plan(keep).entries().stream()
                .map(each -> each.kept() == null ? ">" + each.into() : each.kept())
                .toList();
    }

    @Test
    void theOthersBecomePartOfTheNextNewerOneThatIsKept() {
        chain("2026-11-01T10:00:00Z", "2026-11-01T20:00:00Z", "2026-11-02T10:00:00Z", "2026-11-02T20:00:00Z");
        Retention daily = new Retention(0, 0, 7, 0, 0, 0);
        assertThat(said(daily)).containsExactly(">d@2", "daily", ">d@4", "daily");
        assertThat(plan(daily).merges())
                .containsExactly(new MergeRequest("d@1", "d@2", null), new MergeRequest("d@3", "d@4", null));
        assertThat(said(last(1))).containsExactly(">d@4", ">d@4", ">d@4", "last");
        assertThat(said(new Retention(2, 0, 1, 0, 1, 0)))
                .containsExactly(">d@3", ">d@3", "last", "last, daily, monthly");
    }

    @Test
    void theNewestIsKeptWhateverIsAskedFor() {
        chain("2026-11-01T10:00:00Z");
        assertThat(said(new Retention(0, 0, 0, 0, 0, 1))).containsExactly("yearly");
        String partial = store.add("d@1", NOON, "monday", null);
        assertThat(said(last(1))).containsExactly("last", "it is a partial one, since mark monday");
        assertThat(partial).isEqualTo("d@2");
    }

    @Test
    void anHourThatComesTwiceIsTwo() {
        zone = BERLIN;
        chain("2026-10-25T00:10:00Z", "2026-10-25T00:50:00Z", "2026-10-25T01:10:00Z", "2026-10-25T01:50:00Z");
        assertThat(said(new Retention(0, 9, 0, 0, 0, 0))).containsExactly(">d@2", "hourly", ">d@4", "hourly");
    }

    @Test
    void anHourThatDoesNotComeIsNone() {
        zone = BERLIN;
        chain("2026-03-29T00:30:00Z", "2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z");
        assertThat(said(new Retention(0, 2, 0, 0, 0, 0))).containsExactly(">d@2", "hourly", "hourly");
    }

    @Test
    void daysAreThoseOfTheZoneAlsoWhenTheyHave23And25Hours() {
        zone = BERLIN;
        chain(
                "2026-03-28T22:59:59Z",
                "2026-03-28T23:00:00Z",
                "2026-03-29T21:59:59Z",
                "2026-03-29T22:00:00Z",
                "2026-10-24T22:00:00Z",
                "2026-10-25T22:59:59Z",
                "2026-10-25T23:00:00Z");
        assertThat(said(new Retention(0, 0, 9, 0, 0, 0)))
                .containsExactly("daily", ">d@3", "daily", "daily", ">d@6", "daily", "daily");
    }

    @Test
    void aWeekThatYearsShareIsOneAndBeginsOnMonday() {
        chain(
                "2026-12-27T23:59:59Z",
                "2026-12-28T00:00:00Z",
                "2026-12-31T23:59:59Z",
                "2027-01-03T23:59:59Z",
                "2027-01-04T00:00:00Z");
        assertThat(said(new Retention(0, 0, 0, 9, 0, 0))).containsExactly("weekly", ">d@4", ">d@4", "weekly", "weekly");
        assertThat(said(new Retention(0, 0, 0, 0, 9, 9)))
                .containsExactly(">d@3", ">d@3", "monthly, yearly", ">d@5", "monthly, yearly");
    }

    @Test
    void onlyPeriodsInWhichThereIsOneCount() {
        chain("2024-02-29T12:00:00Z", "2025-06-01T12:00:00Z", "2026-11-01T12:00:00Z");
        assertThat(said(new Retention(0, 0, 2, 0, 0, 0))).containsExactly(">d@2", "daily", "daily");
    }

    @Test
    void r20_whatSeveralBuildUponStays() {
        chain("2026-11-01T10:00:00Z", "2026-11-02T10:00:00Z", "2026-11-03T10:00:00Z");
        store.add("d@2", NOON);
        assertThat(said(last(1))).containsExactly(">d@2", "several build upon it: d@3, d@4", old("d@3"), "last");
    }

    @Test
    void r13_nothingBecomesPartOfAPartialOneWhichIsNoRestorePoint() {
        chain("2026-11-01T10:00:00Z", "2026-11-02T10:00:00Z");
        store.add("d@2", NOON, "monday", null);
        store.add(null, NOON);
        assertThat(said(last(1)))
                .containsExactly(
                        ">d@2",
                        "d@3 builds upon it, and is damaged or partial",
                        "it is a partial one, since mark monday",
                        "last");
    }

    @Test
    void whatIsNeededStays() {
        chain("2026-11-01T10:00:00Z", "2026-11-02T10:00:00Z", "2026-11-03T10:00:00Z", "2026-11-04T10:00:00Z");
        store.add("d@4", NOON);
        store.holds.put("d@2", List.of("disk data", "x"));
        mounted = Set.of("d@3");
        basis = "d@4";
        assertThat(said(last(1)))
                .containsExactly(
                        ">d@2",
                        "it is held by disk data, x",
                        "it is mounted",
                        "the next differential backup builds upon it",
                        "last");
    }

    @Test
    void whatIsDamagedStaysAndNothingBecomesPartOfItNorOfWhatBuildsUponIt() {
        chain("2026-11-01T10:00:00Z", "2026-11-02T10:00:00Z");
        store.add("d@2", NOON, null, "its manifest is damaged");
        store.add("d@3", NOON);
        store.add("d@4", NOON);
        store.add("d@77", NOON);
        store.add(null, NOON);
        assertThat(said(last(1)))
                .containsExactly(
                        ">d@2",
                        "d@3 builds upon it, and is damaged or partial",
                        "it is damaged: its manifest is damaged",
                        "it builds upon d@3, which cannot be read now",
                        "it builds upon d@4, which cannot be read now",
                        "it builds upon d@77, which cannot be read now",
                        "last");
    }

    private static String old(String id) {
        return "it is older than all that is kept, and nothing builds upon it: 'generation remove " + id
                + "' removes it if it is of no use";
    }

    /** Nothing newer than what is kept is lost. */
    @Test
    void theNewestOfAChainStays() {
        chain("2026-11-01T10:00:00Z", "2026-11-02T08:00:00Z", "2026-11-02T09:00:00Z");
        store.add(null, Instant.parse("2026-11-02T10:00:00Z"));
        assertThat(said(new Retention(0, 0, 9, 0, 0, 0)))
                .containsExactly("daily", ">d@3", "it is the newest of its chain", "daily");
    }

    @Test
    void chainsAreTreatedEachByItself() {
        String first = store.add(null, NOON);
        store.add(first, NOON.plusSeconds(1));
        String second = store.add(null, NOON.plusSeconds(2));
        store.add(second, NOON.plusSeconds(3));
        String third = store.add(null, NOON.plusSeconds(4));
        assertThat(third).isEqualTo("d@5");
        assertThat(said(last(1))).containsExactly(">d@2", old("d@2"), ">d@4", old("d@4"), "last");
        store.add(second, NOON.plusSeconds(5));
        assertThat(said(last(1)).subList(2, 6))
                .containsExactly("several build upon it: d@4, d@6", old("d@4"), old("d@5"), "last");
    }

    /** Chains with forks, damaged, partial and held ones, in any order of time. */
    private void grow(SplittableRandom random) {
        List<String> all = new ArrayList<>();
        Instant time = NOON;
        for (int i = random.nextInt(40); i >= 0; i--) {
            time = time.plusSeconds(random.nextLong(200_000) - (random.nextInt(9) == 0 ? 400_000 : 0));
            String parent = all.isEmpty() || random.nextInt(8) == 0
                    ? null
                    : all.get(random.nextInt(4) == 0 ? random.nextInt(all.size()) : all.size() - 1);
            String mark = parent != null && random.nextInt(12) == 0 ? "m" : null;
            String problem = random.nextInt(15) == 0 ? "damaged" : null;
            all.add(store.add(parent, time, mark, problem));
        }
        for (String id : all) {
            if (random.nextInt(10) == 0) {
                store.holds.put(id, List.of("somebody"));
            }
        }
        mounted = Set.of(all.get(random.nextInt(all.size())));
        basis = all.get(random.nextInt(all.size()));
    }

    private static Retention anyRetention(SplittableRandom random) {
        int[] counts = new int[6];
        for (int i = 0; i < 6; i++) {
            counts[i] = random.nextInt(3) == 0 ? random.nextInt(5) : 0;
        }
        return new Retention(1 + counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]);
    }

    @Property(tries = 150)
    void i5_whatIsKeptReadsTheSameAndASecondTimeThereIsNothingToDo(@ForAll long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        grow(random);
        Retention keep = anyRetention(random);
        Map<String, Map<Integer, Long>> before = new HashMap<>();
        store.survey().generations().forEach(each -> before.put(each.id(), store.read(each.id())));
        RetentionPlan plan = plan(keep);
        assertThat(plan.entries()).hasSameSizeAs(before.keySet());
        for (MergeRequest merge : plan.merges()) {
            store.merge(merge, Progress.NONE);
        }
        for (RetentionPlan.Entry entry : plan.entries()) {
            if (entry.kept() == null) {
                assertThat(store.has(entry.generation())).isFalse();
                assertThat(store.has(entry.into())).isTrue();
                assertThat(number(entry.into())).isGreaterThan(number(entry.generation()));
            } else {
                assertThat(entry.into()).isNull();
                assertThat(store.read(entry.generation())).isEqualTo(before.get(entry.generation()));
            }
        }
        assertThat(plan(keep).merges()).isEmpty();
    }

    @Test
    void whatCanBecomePartOfNothingIsRemovedIfThatIsAskedForTheNewestFirst() {
        chain("2026-11-01T10:00:00Z", "2026-11-01T11:00:00Z", "2026-11-02T10:00:00Z", "2026-11-03T10:00:00Z");
        store.add(null, NOON);
        remove = true;
        RetentionPlan plan = plan(last(1));
        assertThat(plan.removals()).containsExactly("d@4", "d@3", "d@2", "d@1");
        assertThat(plan.merges()).isEmpty();
        assertThat(said(last(1))).containsExactly(">null", ">null", ">null", ">null", "last");
        assertThat(said(last(3))).containsExactly(">d@3", ">d@3", "last", "last", "last");
        store.holds.put("d@2", List.of("pin"));
        assertThat(said(last(1))).containsExactly(">d@2", "it is held by pin", ">null", ">null", "last");
    }

    @Test
    void whatTheNextBackupBuildsUponAndWhatIsOpenDamagedOrPartialIsNotRemoved() {
        chain("2026-11-01T10:00:00Z", "2026-11-01T11:00:00Z");
        store.add(null, NOON);
        store.add("d@3", NOON, "monday", null);
        store.add(null, NOON, null, "damaged");
        store.add(null, NOON);
        remove = true;
        basis = "d@1";
        mounted = Set.of("d@2");
        assertThat(said(last(1)))
                .containsExactly(
                        "the next differential backup builds upon it",
                        "it is mounted",
                        "d@4 builds upon it, and is damaged or partial",
                        "it is a partial one, since mark monday",
                        "it is damaged: damaged",
                        "last");
    }

    @Test
    void nothingIsRemovedWhileSomethingThatCannotBeSeenMayBuildUponIt() {
        chain("2026-11-01T10:00:00Z", "2026-11-02T10:00:00Z");
        store.add(null, NOON);
        remove = true;
        unseen = "medium 'shelf' cannot be read: it is away";
        assertThat(said(last(1)))
                .containsExactly(
                        ">d@2",
                        "it is not removed while something may build upon it: medium 'shelf' cannot be read: it is away",
                        "last");
    }

    /** The removal comes last: a failed merge must not find it done. */
    @Test
    void whatOnlyARemovedOneStoodInTheWayOfIsMergedTheNextTime() throws IOException {
        chain("2026-11-01T10:00:00Z", "2026-11-02T10:00:00Z");
        store.add("d@1", NOON);
        remove = true;
        assertThat(said(last(1)))
                .containsExactly("several build upon it: d@2 (which is removed now), d@3", ">null", "last");
        store.remove("d@2");
        assertThat(said(last(1))).containsExactly(">d@3", "last");
    }

    /** Until there is nothing left to do. */
    private Set<String> retain(Retention keep) throws IOException {
        Set<String> gone = new HashSet<>();
        for (RetentionPlan plan = plan(keep);
                !plan.merges().isEmpty() || !plan.removals().isEmpty();
                plan = plan(keep)) {
            for (MergeRequest merge : plan.merges()) {
                store.merge(merge, Progress.NONE);
            }
            for (String id : plan.removals()) {
                store.remove(id);
                gone.add(id);
            }
        }
        return gone;
    }

    @Property(tries = 40)
    void exactlyWhatTheModelKeepsIsThereAndReadsTheSame(@ForAll long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        zone = random.nextBoolean() ? ZoneOffset.UTC : BERLIN;
        grow(random);
        if (random.nextBoolean()) {
            basis = null;
        }
        Retention keep = anyRetention(random);
        Map<String, Map<Integer, Long>> before = new HashMap<>();
        store.survey().generations().forEach(each -> before.put(each.id(), store.read(each.id())));
        Set<String> needed = new HashSet<>(mounted);
        needed.addAll(store.holds.keySet());
        needed.add(String.valueOf(basis));
        RetentionModel model = new RetentionModel(store.survey().generations(), needed, keep, zone);
        remove = true;
        Set<String> gone = retain(keep);
        Map<String, Map<Integer, Long>> after = new HashMap<>();
        store.survey().generations().forEach(each -> after.put(each.id(), store.read(each.id())));
        before.keySet().retainAll(model.left());
        assertThat(after).isEqualTo(before);
        assertThat(gone).allMatch(id -> !model.needed(id));
    }

    private static long number(String id) {
        return Long.parseLong(id.substring(2));
    }
}

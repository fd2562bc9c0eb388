package org.hikae.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.catalog.FakePlatform.damaged;
import static org.hikae.catalog.FakePlatform.done;
import static org.hikae.catalog.FakePlatform.generation;
import static org.hikae.catalog.FakePlatform.group;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.hikae.api.catalog.CatalogInfo;
import org.hikae.api.catalog.KnownGeneration;
import org.hikae.api.catalog.KnownGeneration.State;
import org.hikae.api.group.Group;
import org.hikae.api.job.JobInfo;
import org.hikae.api.media.GenerationInfo;
import org.hikae.sql.Database;
import org.hikae.sql.Target;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is true of the catalog, whatever the database. */
abstract class BooksContract {

    final FakePlatform platform = new FakePlatform();
    Database database;
    Books books;

    abstract Target target();

    /** What is said of the database. */
    List<String> product() {
        return List.of("H2 2.", "jdbc:h2:");
    }

    @BeforeEach
    void open() {
        database = Databases.open(target());
        books = new Books(platform.truth(), database, platform.jobsService());
    }

    @AfterEach
    void close() {
        database.close(Duration.ofSeconds(20));
    }

    /** Of the same database, as after a restart. */
    private void reopen() {
        close();
        open();
    }

    private List<String> states(boolean gone) throws IOException {
        return books.generations(gone).stream()
                .map(known -> known.info().id() + " " + known.info().medium() + " " + known.state())
                .toList();
    }

    @Test
    void knowsNothingAtFirst() throws IOException {
        CatalogInfo info = books.info();
        assertThat(info.problem()).isNull();
        assertThat(info.database()).contains(product()).doesNotContain(";", "?");
        assertThat(info.schema()).isEqualTo(Sql.VERSION);
        assertThat(info.updated()).isNull();
        assertThat(List.of(info.generations(), info.groups(), info.jobs())).containsOnly(0L);
        assertThat(books.generations(true)).isEmpty();
        assertThat(books.info().updated()).isEqualTo(platform.now);
    }

    @Test
    void everyValueOfAGenerationIsKept() throws IOException {
        GenerationInfo whole = generation(2, "m1");
        GenerationInfo damaged = damaged(3, "m1");
        GenerationInfo ofGroup = generation("zeta", 1, "m1", group("g", "/a", "X b/*.tmp"));
        platform.put("m1", ofGroup, damaged, whole);
        assertThat(books.generations(false))
                .containsExactly(
                        new KnownGeneration(whole, State.PRESENT, platform.now),
                        new KnownGeneration(damaged, State.PRESENT, platform.now),
                        new KnownGeneration(ofGroup, State.PRESENT, platform.now));
    }

    @Test
    void whatIsRemovedOrMergedIsGoneAndSaysWhenItWasSeen() throws IOException {
        platform.put("m1", generation(1, "m1"), generation(2, "m1"));
        Instant before = platform.now;
        books.generations(true);
        platform.now = before.plusSeconds(60);
        platform.put("m1", generation(2, "m1"));
        assertThat(states(false)).containsExactly("data@2 m1 PRESENT");
        reopen();
        platform.now = before.plusSeconds(120);
        assertThat(states(true)).containsExactly("data@1 m1 GONE", "data@2 m1 PRESENT");
        assertThat(books.generations(true))
                .extracting(KnownGeneration::seen)
                .containsExactly(before, before.plusSeconds(120));
        assertThat(books.generations(true).get(0).info()).isEqualTo(generation(1, "m1"));
        platform.put("m1", generation(1, "m1"), generation(2, "m1"));
        assertThat(states(true)).containsExactly("data@1 m1 PRESENT", "data@2 m1 PRESENT");
    }

    @Test
    void aMediumIsAwayAndBack() throws IOException {
        platform.put("m1", generation(1, "m1"), generation(2, "m1"));
        platform.put("m2", generation(3, "m2"));
        books.generations(true);
        platform.shelves.put("m1", null);
        assertThat(states(false)).containsExactly("data@1 m1 AWAY", "data@2 m1 AWAY", "data@3 m2 PRESENT");
        platform.shelves.remove("m1");
        platform.put("m2");
        assertThat(states(true)).containsExactly("data@1 m1 AWAY", "data@2 m1 AWAY", "data@3 m2 GONE");
        platform.put("m1", generation(2, "m1"));
        assertThat(states(true)).containsExactly("data@1 m1 GONE", "data@2 m1 PRESENT", "data@3 m2 GONE");
        platform.shelves.put("m1", null);
        assertThat(states(true)).containsExactly("data@1 m1 GONE", "data@2 m1 AWAY", "data@3 m2 GONE");
    }

    @Test
    void whatWasMovedIsNotGone() throws IOException {
        platform.put("m1", generation(1, "m1"));
        platform.put("m2");
        books.generations(true);
        platform.put("m1");
        platform.put("m2", generation(1, "m2"));
        assertThat(states(true)).containsExactly("data@1 m2 PRESENT");
        platform.put("m1", generation(1, "m1"));
        assertThat(states(true)).containsExactly("data@1 m1 PRESENT", "data@1 m2 PRESENT");
    }

    @Test
    void groupsAreThoseThatAreConfiguredAndThoseOfGenerations() throws IOException {
        Group configured = new Group("docs", "data", List.of("/docs/*", "X *.tmp"));
        platform.groups.add(configured);
        platform.put(
                "m1",
                generation("data", 1, "m1", group("docs", "/docs/*")),
                generation("data", 2, "m1", group("mail", "/var/mail")),
                generation("data", 3, "m1", group("mail", "/var/mail", "X spam")));
        Group mail = new Group("mail", "data", List.of("/var/mail", "X spam"));
        assertThat(books.groups()).containsExactly(configured, mail);
        platform.groups.clear();
        assertThat(books.groups()).containsExactly(new Group("docs", "data", List.of("/docs/*")), mail);
        platform.shelves.put("m1", null);
        assertThat(books.groups()).hasSize(2).contains(mail);
        platform.put("m1", generation("data", 1, "m1", group("docs", "/docs/*")));
        assertThat(books.groups()).extracting(Group::name).containsExactly("docs");
        assertThat(books.info().groups()).isEqualTo(1);
    }

    @Test
    void jobsAreKnownLongerThanTheHomeKeepsThem() throws IOException {
        for (long id = 1; id <= 1500; id++) {
            platform.addJob(id, id % 2 == 0 ? "backup" : "verify");
            if (platform.jobs.size() > 1000) {
                platform.jobs.remove(0);
            }
            if (id % 700 == 0) {
                books.jobs(null, 1);
            }
        }
        reopen();
        assertThat(books.jobs(null, 5000))
                .extracting(JobInfo::id)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 1500)
                        .map(i -> 1501 - i)
                        .boxed()
                        .toList());
        assertThat(books.jobs("backup", 3)).extracting(JobInfo::id).containsExactly(1500L, 1498L, 1496L);
        assertThat(books.jobs(null, 1000).get(0)).isEqualTo(platform.jobs.get(999));
        assertThat(books.jobs("nonesuch", 3)).isEmpty();
        assertThat(books.jobs(null, 0)).isEmpty();
    }

    @Test
    void aJobThatRunsEndsAndOneWhoseRecordIsLostDoesNotRunForEver() throws IOException {
        platform.jobs.add(platform.job(1, "backup", "data", JobInfo.State.RUNNING, null, Map.of()));
        platform.jobs.add(platform.job(2, "backup", "data", JobInfo.State.RUNNING, null, Map.of()));
        assertThat(books.jobs(null, 9)).extracting(JobInfo::state).containsOnly(JobInfo.State.RUNNING);
        platform.jobs.clear();
        platform.jobs.add(platform.job(2, "backup", "data", JobInfo.State.FAILED, "no", Map.of()));
        assertThat(books.jobs(null, 9))
                .extracting(JobInfo::state)
                .containsExactly(JobInfo.State.FAILED, JobInfo.State.INTERRUPTED);
    }

    @Test
    void textsOfAnyCharactersAreKept() throws IOException {
        String all = "\0\u0001'\";--\\%\n\r\t?\u00e9\u65e5\ud83d\ude00\ud800{}${x}";
        Map<String, Object> result = Map.of(all, all, "n", 1L, "d", 0.5, "b", true);
        platform.jobs.add(platform.job(1, all, all, JobInfo.State.FAILED, all, result));
        platform.jobs.add(platform.job(2, "k".repeat(5000), "s".repeat(2_000_000), JobInfo.State.DONE, null, Map.of()));
        List<String> list = new ArrayList<>(List.of(all, "x".repeat(2_000_000)));
        platform.groups.add(new Group("g", "data", list));
        assertThat(books.groups()).isEqualTo(platform.groups);
        assertThat(books.jobs(all, 9)).containsExactly(platform.jobs.get(0));
        assertThat(books.jobs("k".repeat(5000), 9)).containsExactly(platform.jobs.get(1));
    }

    @Test
    void aJobThatCannotBeReadIsKnown() throws IOException {
        JobInfo unreadable = new JobInfo(
                5,
                "unknown",
                "unknown",
                JobInfo.State.UNREADABLE,
                false,
                null,
                -1,
                -1,
                0,
                -1,
                null,
                null,
                "damaged",
                Map.of());
        platform.jobs.add(unreadable);
        assertThat(books.jobs(null, 9)).containsExactly(unreadable);
    }

    @Test
    void rebuiltItHasTheSameListings() throws IOException {
        platform.groups.add(new Group("docs", "data", List.of("/docs")));
        platform.put(
                "m1", generation(1, "m1"), generation("data", 2, "m1", group("mail", "/var/mail")), damaged(3, "m1"));
        platform.addJob(1, "backup");
        List<KnownGeneration> generations = books.generations(false);
        List<Group> groups = books.groups();
        List<JobInfo> jobs = books.jobs("backup", 9);
        assertThat(done(books.rebuild()).result()).isEqualTo(Map.of("generations", 3L, "groups", 2L, "jobs", 2L));
        assertThat(books.generations(true)).isEqualTo(generations);
        assertThat(books.groups()).isEqualTo(groups);
        assertThat(books.jobs("backup", 9)).isEqualTo(jobs);
        assertThat(books.jobs("rebuild", 9)).containsExactly(platform.jobs.get(1));
    }

    @Test
    void rebuiltItForgetsWhatNobodyElseKnows() throws IOException {
        platform.put("m1", generation(1, "m1"), generation(2, "m1"));
        platform.addJob(1, "backup");
        books.generations(true);
        platform.put("m1", generation(2, "m1"));
        platform.jobs.clear();
        done(books.rebuild());
        assertThat(states(true)).containsExactly("data@2 m1 PRESENT");
        assertThat(books.jobs("backup", 9)).isEmpty();
    }

    @Test
    void anOlderLookThatComesLaterChangesNothing() throws IOException {
        platform.put("m1", generation(1, "m1"));
        platform.jobs.add(platform.job(1, "backup", "data", JobInfo.State.RUNNING, null, Map.of()));
        Truth truth = platform.truth();
        Seen older = truth.all();
        Ledger ledger = new Ledger();
        platform.put("m1", generation(2, "m1"));
        platform.jobs.set(0, platform.job(1, "backup", "data", JobInfo.State.DONE, null, Map.of()));
        for (Seen seen : List.of(truth.all(), older)) {
            database.call(Duration.ofSeconds(20), connection -> {
                ledger.enter(connection, seen);
                return 0;
            });
        }
        assertThat(states(true)).containsExactly("data@2 m1 PRESENT");
        assertThat(books.jobs(null, 1)).isEqualTo(platform.jobs);
    }

    /** A failure of time or memory would show here; what it takes is said in the decision. */
    @Test
    void tenThousandGenerationsAreListedInBoundedTime() throws IOException {
        List<GenerationInfo> many = new ArrayList<>(LongStream.rangeClosed(1, 10_000)
                .mapToObj(number -> generation(number, "m1"))
                .toList());
        platform.shelves.put("m1", many);
        long begin = System.nanoTime();
        assertThat(books.generations(false)).hasSize(10_000);
        long first = System.nanoTime();
        many.remove(5000);
        many.add(generation(10_001, "m1"));
        List<KnownGeneration> all = books.generations(true);
        long second = System.nanoTime();
        assertThat(all).hasSize(10_001);
        assertThat(all.get(5000).state()).isEqualTo(State.GONE);
        System.out.printf(
                "10,000 generations: entered and listed in %d ms, and again in %d ms (%s)%n",
                (first - begin) / 1_000_000,
                (second - first) / 1_000_000,
                getClass().getSimpleName());
        assertThat(Duration.ofNanos(second - first)).isLessThan(Duration.ofSeconds(15));
    }
}

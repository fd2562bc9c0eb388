package org.hikae.files.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Dictionary;
import java.util.EnumSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.api.files.TransferWindow;
import org.hikae.api.files.client.BackupRow;
import org.hikae.api.files.client.BufferSettings.WhenFull;
import org.hikae.api.files.client.RestoreFiles;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.job.JobsComponent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

class ClientUnitTest {

    @TempDir
    Path temp;

    private final Map<String, Map<String, Object>> stored = Collections.synchronizedMap(new TreeMap<>());
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private Path root;
    private JobsComponent jobs;
    private ClientUnit unit;
    /** Whether the platform ends when a configuration was deleted. */
    private boolean killed;

    private static <T> T fake(Class<T> type, Answer answer) {
        InvocationHandler handler = (proxy, method, arguments) -> answer.of(method.getName(), arguments);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private interface Answer {
        Object of(String method, Object[] arguments) throws Exception;
    }

    private ConfigurationAdmin admin() {
        return fake(ConfigurationAdmin.class, (method, arguments) -> switch (method) {
            case "getFactoryConfiguration" -> configuration(arguments[0] + "~" + arguments[1]);
            case "getConfiguration" -> configuration((String) arguments[0]);
            default ->
                stored.keySet().stream()
                        .filter(pid -> ((String) arguments[0]).contains(pid.replaceFirst("~.*", "") + ")")
                                && pid.contains("~"))
                        .map(this::configuration)
                        .toArray(Configuration[]::new);
        });
    }

    private Configuration configuration(String pid) {
        return fake(Configuration.class, (method, arguments) -> switch (method) {
            case "getPid" -> pid;
            case "getProperties" -> stored.containsKey(pid) ? new Hashtable<>(stored.get(pid)) : null;
            case "getChangeCount" -> 1L;
            case "delete" -> delete(pid);
            case "update" -> stored.put(pid, map((Dictionary<?, ?>) arguments[0]));
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private Object delete(String pid) {
        stored.remove(pid);
        if (killed) {
            throw new AssertionError("the platform ends here");
        }
        return null;
    }

    private static Map<String, Object> map(Dictionary<?, ?> dictionary) {
        Map<String, Object> map = new TreeMap<>();
        Collections.list(dictionary.keys()).forEach(key -> map.put((String) key, dictionary.get(key)));
        return map;
    }

    @BeforeEach
    void make() throws IOException {
        root = Files.createDirectory(temp.resolve("tree"));
        Files.writeString(root.resolve("a"), "a");
        BundleContext context = fake(
                BundleContext.class,
                (method, arguments) ->
                        "hikae.home".equals(arguments[0]) ? temp.resolve("home").toString() : null);
        jobs = new JobsComponent(context);
        unit = begin();
    }

    private ClientUnit begin() {
        return new ClientUnit(temp.resolve("home/files"), admin(), jobs, () -> now, false);
    }

    @AfterEach
    void end() {
        unit.deactivate();
    }

    private BackupRow row(String name, String times) {
        return new BackupRow(
                name,
                List.of(root.toString()),
                List.of("*.o"),
                times,
                ZoneOffset.UTC,
                null,
                false,
                null,
                Duration.ZERO);
    }

    /** Waits for what was begun by a look. */
    private void settle() throws InterruptedException, IOException {
        for (JobInfo job : jobs.list()) {
            while (jobs.get(job.id()).state() == JobInfo.State.RUNNING) {
                Thread.onSpinWait();
            }
        }
    }

    private long runs() {
        return jobs.list().stream()
                .filter(job -> job.kind().equals("file-backup"))
                .count();
    }

    @Test
    void aHomeWithoutRowsStaysEmpty() throws IOException {
        unit.look();

        assertThat(unit.list()).isEmpty();
        assertThat(temp.resolve("home/files")).doesNotExist();
    }

    @Test
    void rowsAreKeptAsTheyAre() throws IOException {
        BackupRow row = new BackupRow(
                "docs",
                List.of("/a", "/b/*"),
                List.of("x"),
                "0 22 * * *",
                ZoneOffset.UTC,
                new TransferWindow(
                        EnumSet.of(java.time.DayOfWeek.MONDAY),
                        LocalTime.of(22, 0),
                        LocalTime.of(3, 30),
                        ZoneOffset.UTC),
                true,
                null,
                Duration.ofHours(36));
        unit.add(row);

        assertThat(unit.get("docs").row()).isEqualTo(row);
        assertThat(unit.get("docs").next()).isEqualTo(Instant.parse("2026-03-01T22:00:00Z"));
        assertThatThrownBy(() -> unit.add(row)).hasMessageContaining("already");
        assertThatThrownBy(() -> unit.add(row("x", "0 0 30 2 *"))).hasMessageContaining("never come");
        assertThatThrownBy(() -> unit.add(row("../x", null))).hasMessageContaining("cannot be the name");
        assertThatThrownBy(() -> unit.edit(row("none", null))).hasMessageContaining("no backup");
        unit.edit(row("docs", null));
        assertThat(unit.get("docs").next()).isNull();
    }

    /** R23: a word that is not understood releases nothing sooner. */
    @Test
    void whatReleasesARunIsKeptAndInDoubtIsTheLater() throws IOException {
        BackupRow row = row("docs", null);
        BackupRow endToEnd = new BackupRow(
                "docs", row.paths(), row.exclusions(), null, row.zone(), null, false, null, Duration.ZERO, true);
        unit.add(endToEnd);
        assertThat(unit.get("docs").row()).isEqualTo(endToEnd);
        unit.edit(row);
        assertThat(unit.get("docs").row()).isEqualTo(row);

        stored.put("org.hikae.client.backup~odd", Map.of("name", "odd", "paths", "/a", "release", "sometime"));
        assertThat(unit.get("odd").row().endToEnd()).isTrue();
        assertThat(unit.get("odd").problem()).contains("'sometime', is not next or end-to-end");
    }

    @Test
    void whatComesDueIsMadeOnce() throws Exception {
        unit.add(row("docs", "0 22 * * *"));
        unit.look();
        assertThat(runs()).isZero();

        now = now.plus(Duration.ofDays(3));
        for (int i = 0; i < 5; i++) {
            unit.look();
            settle();
        }
        assertThat(runs()).isEqualTo(1);
        // The clock is set back, and goes on from there.
        now = now.minus(Duration.ofDays(2));
        unit.look();
        settle();
        assertThat(runs()).isEqualTo(1);
        now = now.plus(Duration.ofDays(1));
        unit.look();
        settle();
        assertThat(runs()).isEqualTo(2);
        assertThat(unit.get("docs").pending()).hasSize(2);
    }

    @Test
    void aRowThatMakesNoSenseHarmsNoOther() throws Exception {
        unit.add(row("docs", "0 22 * * *"));
        stored.put("org.hikae.client.backup~bad", Map.of("name", "bad", "paths", "relative", "times", "x"));
        now = now.plus(Duration.ofDays(1));

        unit.look();
        settle();

        assertThat(runs()).isEqualTo(1);
        assertThat(unit.get("bad").problem()).isNotNull();
        assertThatThrownBy(() -> unit.run("bad")).hasMessageContaining("cannot be made");
    }

    @Test
    void runsAndRestoresAreJobs() throws Exception {
        unit.add(row("docs", null));
        Job job = unit.run("docs");
        job.await(Duration.ofSeconds(20));
        assertThat(job.info().result()).containsEntry("run", 1L).containsEntry("files", 2L);
        assertThat(unit.get("docs").problem()).contains("no center was joined");
        Files.delete(root.resolve("a"));

        Job back = unit.restore(new RestoreFiles(root.resolve("a").toString(), null, null, false, null));
        back.await(Duration.ofSeconds(20));

        assertThat(back.info().state()).isEqualTo(JobInfo.State.DONE);
        assertThat(root.resolve("a")).hasContent("a");
        assertThat(unit.versions(root.toString(), null)).hasSize(2);
        assertThat(unit.versions(root.toString(), now)).hasSize(2);
    }

    @Test
    void numbersOutliveTheRow() throws Exception {
        unit.add(row("docs", null));
        unit.run("docs").await(Duration.ofSeconds(20));
        assertThatThrownBy(() -> unit.remove("docs", false)).hasMessageContaining("not been sent");
        unit.remove("docs", true);
        assertThat(unit.list()).isEmpty();

        unit.add(row("docs", null));
        unit.run("docs").await(Duration.ofSeconds(20));

        assertThat(unit.get("docs").pending()).singleElement().satisfies(run -> {
            assertThat(run.id().number()).isEqualTo(2);
            assertThat(run.base()).isZero();
        });
    }

    @Test
    void aRunThatCannotBeReadWasNotSentEither() throws Exception {
        unit.add(row("docs", null));
        unit.run("docs").await(Duration.ofSeconds(20));
        unit.deactivate();
        Path run = temp.resolve("home/files/buffer/docs/1");
        Files.write(run.resolve("run"), new byte[3]);
        unit = begin();

        assertThatThrownBy(() -> unit.remove("docs", false)).hasMessageContaining("not been sent");
        assertThat(run).exists();
        unit.remove("docs", true);
        assertThat(run).doesNotExist();
    }

    @Test
    void runsOfARowThatIsGoneGoWhateverCameBetween() throws Exception {
        unit.add(row("docs", null));
        unit.run("docs").await(Duration.ofSeconds(20));
        killed = true;
        assertThatThrownBy(() -> unit.remove("docs", true)).isInstanceOf(AssertionError.class);
        unit.deactivate();
        killed = false;
        assertThat(temp.resolve("home/files/buffer/docs/1")).exists();

        unit = begin();
        assertThat(unit.list()).isEmpty();
        unit.memberships();
        assertThat(temp.resolve("home/files/buffer")).isEmptyDirectory();
    }

    @Test
    void aPlatformThatEndedIsMadeUpFor() throws Exception {
        unit.add(row("docs", "0 22 * * *"));
        unit.deactivate();
        now = now.plus(Duration.ofDays(30));
        unit = begin();

        unit.look();
        settle();
        unit.look();
        settle();

        assertThat(runs()).isEqualTo(1);
    }

    /** Its job waits for room, and is cut off: that is told as what it is, and made up for by the next platform. */
    @Test
    void aPlatformThatIsStoppedSaysSoAndGoesOnLater() throws Exception {
        unit.setBuffer(1 << 20, WhenFull.WAIT);
        unit.add(row("docs", "0 22 * * *"));
        unit.run("docs").await(Duration.ofSeconds(20));
        byte[] noise = new byte[3 << 20];
        new java.util.Random(1).nextBytes(noise);
        Files.write(root.resolve("b"), noise);
        now = now.plus(Duration.ofHours(12));
        unit.look();
        long id = jobs.list().stream().mapToLong(JobInfo::id).max().orElseThrow();

        unit.deactivate();

        assertThat(jobs.get(id).state()).isEqualTo(JobInfo.State.CANCELLED);
        assertThat(jobs.get(id).reason()).isEqualTo("the platform was stopped");
        unit = begin();
        assertThat(unit.get("docs").problem()).contains("not finished").contains("the platform was stopped");
        unit.setBuffer(1 << 30, WhenFull.WAIT);
        unit.look();
        settle();
        assertThat(runs()).isEqualTo(3);
        assertThat(unit.get("docs").pending()).hasSize(2);
        assertThat(unit.get("docs").problem()).doesNotContain("stopped");
    }

    /** Else a machine whose disk is full would look through all of its files each second. */
    @Test
    void whatCannotBeNotedIsNotBegunAgainAtOnce() throws Exception {
        unit.add(row("docs", "0 22 * * *"));
        Path state = temp.resolve("home/files/rows/docs");
        Files.createDirectories(state.resolve(".state.json.next/in the way"));
        now = now.plus(Duration.ofDays(1));

        for (int i = 0; i < 4; i++) {
            unit.look();
            settle();
        }

        assertThat(runs()).isEqualTo(1);
        Trees.delete(state.resolve(".state.json.next"));
        now = now.plus(Duration.ofDays(1));
        unit.look();
        settle();
        assertThat(runs()).isEqualTo(2);
        assertThat(unit.get("docs").problem()).contains("no center");
    }

    /** A platform may stay for years. */
    @Test
    void whatIsLeftOfARestoreIsTakenAwayInTime() throws Exception {
        unit.add(row("docs", null));
        unit.look();
        String id = "0123456789abcdef";
        Path left = Files.createDirectories(temp.resolve("home/files/restore/" + id));
        Path made = Files.writeString(root.resolve(".hikae-restore-" + id), "a part");
        Files.writeString(left.resolve("making"), made.toString());
        Files.setLastModifiedTime(left, java.nio.file.attribute.FileTime.from(now));

        now = now.plus(Duration.ofDays(6));
        unit.look();
        assertThat(made).exists();
        now = now.plus(Duration.ofDays(2));
        unit.look();

        assertThat(made).doesNotExist();
        assertThat(left).doesNotExist();
    }

    @Test
    void aNameThatLeadsElsewhereDeletesNothingThere() throws IOException {
        String name = "../../../tree";
        stored.put("org.hikae.client.backup~evil", Map.of("name", name, "paths", root.toString()));

        unit.look();
        assertThat(unit.list()).singleElement().satisfies(status -> assertThat(status.problem())
                .contains("cannot be the name"));
        unit.remove(name, true);

        assertThat(unit.list()).isEmpty();
        assertThat(root.resolve("a")).hasContent("a");
    }

    @Test
    void theBufferIsConfigured() throws IOException {
        assertThat(unit.buffer().whenFull()).isEqualTo(WhenFull.FAIL);
        unit.setBuffer(5 << 20, WhenFull.WAIT);

        assertThat(unit.buffer().limit()).isEqualTo(5 << 20);
        assertThat(unit.buffer().whenFull()).isEqualTo(WhenFull.WAIT);
        assertThatThrownBy(() -> unit.setBuffer(5, WhenFull.WAIT)).isInstanceOf(IOException.class);
    }

    @Test
    void aBufferThatIsFullFailsTheJobAndIsTold() throws Exception {
        byte[] noise = new byte[3 << 20];
        new java.util.Random(1).nextBytes(noise);
        Files.write(root.resolve("b"), noise);
        unit.setBuffer(1 << 20, WhenFull.WAIT);
        unit.add(row("docs", null));

        Job job = unit.run("docs");
        job.await(Duration.ofSeconds(20));

        assertThat(job.info().reason()).contains("is full").contains("nothing in it waits");
        assertThat(unit.get("docs").problem()).contains("is full");
    }

    @Test
    void joiningSaysWhatIsWrong() throws IOException {
        assertThatThrownBy(() -> unit.join(null, URI.create("http://x"), "t")).hasMessageContaining("no address");
        assertThatThrownBy(() -> unit.join(null, URI.create("https://x"), "t")).hasMessageContaining("no token");
        assertThatThrownBy(() -> unit.leave("x", false)).hasMessageContaining("no center");
        assertThat(unit.memberships()).isEmpty();
    }
}

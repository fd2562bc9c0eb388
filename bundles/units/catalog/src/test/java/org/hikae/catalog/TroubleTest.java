package org.hikae.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hikae.catalog.FakePlatform.done;
import static org.hikae.catalog.FakePlatform.generation;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hikae.api.job.JobInfo;
import org.hikae.sql.Database;
import org.hikae.sql.DatabaseFile;
import org.hikae.sql.Drivers;
import org.hikae.sql.Table;
import org.hikae.sql.Target;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases that cannot be used. */
class TroubleTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path home;

    private final FakePlatform platform = new FakePlatform();
    private Database database;
    private Books books;
    private Path file;

    @BeforeEach
    void fill() throws IOException {
        for (long number = 1; number <= 300; number++) {
            platform.addJob(number, "backup");
        }
        platform.put("m1", generation(1, "m1"), generation(2, "m1"));
        file = new DatabaseFile(home.resolve("catalog"), "catalog").path();
        open(Databases.file(home));
        assertThat(books.generations(true)).hasSize(2);
    }

    private void open(Target target) {
        close();
        database = Databases.open(target);
        books = new Books(platform.truth(), database, platform.jobsService());
    }

    @AfterEach
    void close() {
        if (database != null) {
            database.close(LONG);
        }
    }

    private List<Path> aside() throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(file.getParent(), "catalog.damaged-*.mv.db")) {
            files.forEach(found::add);
        }
        return found;
    }

    private void assertUnusable(String... why) {
        assertThat(books.info().problem())
                .startsWith("the catalog's database jdbc:")
                .contains("cannot be used")
                .contains(why)
                .doesNotContain("\n");
        assertThatThrownBy(() -> books.generations(false))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(why);
        assertThatThrownBy(() -> books.jobs(null, 1)).isInstanceOf(IOException.class);
    }

    private void assertGood() throws IOException {
        assertThat(books.info().problem()).isNull();
        assertThat(books.generations(true)).hasSize(2);
        assertThat(books.jobs("backup", 1000)).hasSize(300);
    }

    @Test
    void aDamagedFileIsAProblemUntilItIsRebuiltAndIsKept() throws IOException {
        close();
        byte[] garbage = new byte[100_000];
        new Random(1).nextBytes(garbage);
        Files.write(file, garbage);
        open(Databases.file(home));
        assertUnusable("'catalog rebuild' makes it anew");
        assertThat(Files.readAllBytes(file)).isEqualTo(garbage);
        done(books.rebuild());
        assertGood();
        assertThat(aside()).singleElement().satisfies(kept -> assertThat(Files.readAllBytes(kept))
                .isEqualTo(garbage));
        done(books.rebuild());
        assertThat(aside()).hasSize(1);
    }

    @RepeatedTest(5)
    void whateverIsDamagedInsideARebuildMendsIt() throws IOException {
        close();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int i = 0; i < 20; i++) {
                byte[] bytes = new byte[random.nextInt(3000)];
                random.nextBytes(bytes);
                channel.write(ByteBuffer.wrap(bytes), random.nextLong(channel.size()));
            }
        }
        open(Databases.file(home));
        JobInfo info = books.rebuild().info();
        assertThat(info.state()).as("seed %d, %s", seed, info).isEqualTo(JobInfo.State.DONE);
        assertGood();
    }

    @Test
    void anEmptyFileAndAMissingOneAreFilledAgain() throws IOException {
        close();
        Files.write(file, new byte[0]);
        open(Databases.file(home));
        assertGood();
        close();
        Files.delete(file);
        open(Databases.file(home));
        assertGood();
    }

    @Test
    void aFileThatSomebodyHasOpenIsAProblemAndIsNotMadeAnew() throws IOException {
        close();
        try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE)) {
            other.lock();
            open(Databases.file(home));
            assertUnusable("end the program that has it open");
            assertThatThrownBy(() -> done(books.rebuild())).hasMessageContaining("end the program that has it open");
            assertThat(aside()).isEmpty();
        }
        assertGood();
    }

    @Test
    void aNewerSchemaIsRefusedAndKeptByARebuild() throws IOException {
        database.call(LONG, connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("INSERT INTO hikae_schema (version, applied) VALUES (?, ?)")) {
                statement.setInt(1, 7);
                Table.set(statement, 2, platform.now);
                return statement.executeUpdate();
            }
        });
        open(Databases.file(home));
        assertUnusable("its schema has version 7, made by a newer Hikae", "'catalog rebuild' makes it anew");
        done(books.rebuild());
        assertGood();
        assertThat(aside()).hasSize(1);
    }

    @Test
    void aFullDiskIsAProblemAndNothingIsLostByIt() throws IOException {
        FullDisk.register();
        Path folder = home.resolve("full");
        open(Databases.target(new DatabaseFile(FullDisk.SCHEME, folder, "catalog"), CatalogConfig.DRIVER, "", ""));
        FullDisk.full = false;
        assertGood();
        List<JobInfo> before = books.jobs(null, 1000);
        platform.jobs.clear();
        platform.jobs.add(platform.job(400, "note", "x".repeat(5_000_000), JobInfo.State.DONE, null, Map.of()));
        FullDisk.full = true;
        try {
            assertThatThrownBy(() -> books.jobs(null, 1))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("No space left on device");
            assertThatThrownBy(() -> done(books.rebuild())).hasMessageContaining("No space left on device");
        } finally {
            FullDisk.full = false;
        }
        assertThat(books.jobs("backup", 1000)).isEqualTo(before);
        assertThat(books.jobs("note", 9)).hasSize(1);
    }

    @Test
    void aDriverThatIsNotInstalledIsNamed() {
        open(Databases.target(new DatabaseFile(home, "catalog"), "com.example.Driver", "jdbc:example:x", ""));
        assertThat(books.info().problem())
                .isEqualTo(
                        "there is no database driver com.example.Driver: install its bundle, or correct 'driver' in the"
                                + " configuration org.hikae.catalog (there are: org.h2.Driver, org.postgresql.Driver)");
    }

    @Test
    void aDriverAndAUrlThatDoNotBelongTogetherAreAProblem() {
        open(Databases.target(
                new DatabaseFile(home, "catalog"), "org.postgresql.Driver", "jdbc:h2:mem:x;PASSWORD=tell", ""));
        assertThat(books.info().problem())
                .isEqualTo("the driver org.postgresql.Driver is not for the URL jdbc:h2:mem:x");
        open(Databases.target(new DatabaseFile(home, "catalog"), "org.postgresql.Driver", "", ""));
        assertThat(books.info().problem()).contains("has the driver org.postgresql.Driver and no 'url'");
    }

    @Test
    void anotherDriverIsChosenAndItsPasswordIsNowhere() {
        String url = "jdbc:postgresql://joe:tell@127.0.0.1:1/db?password=tell&user=joe";
        open(Databases.target(new DatabaseFile(home, "catalog"), "org.postgresql.Driver", url, "sesame"));
        assertUnusable("127.0.0.1", "see the configuration org.hikae.catalog");
        assertThat(books.info().problem()).doesNotContain("tell", "sesame");
        assertThatThrownBy(() -> done(books.rebuild())).hasMessageContaining("see the configuration org.hikae.catalog");
    }

    @Test
    void aServerThatDoesNotAnswerHoldsNobodyForLong() throws InterruptedException {
        try (SilentDriver silent = new SilentDriver()) {
            Drivers drivers = new Drivers();
            drivers.bind(silent.factory(), Databases.name("silent"));
            open(new Target("silent", "jdbc:silent:x", "", "", new DatabaseFile(home, "catalog"), drivers));
            Duration little = Duration.ofMillis(50);
            assertThatThrownBy(() -> database.call(little, Sql.schema()::version))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("has not answered for 0 s");
            long begin = System.nanoTime();
            database.close(little);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
            assertThatThrownBy(() -> database.call(little, Sql.schema()::version))
                    .hasMessageContaining("is closed");
        }
    }

    @Test
    void aCallerThatIsInterruptedHarmsNobody() throws IOException {
        CountDownLatch mayGoOn = new CountDownLatch(1);
        assertThatThrownBy(() -> database.call(Duration.ofMillis(1), connection -> await(mayGoOn)))
                .isInstanceOf(IOException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> books.generations(true)).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
        mayGoOn.countDown();
        assertGood();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

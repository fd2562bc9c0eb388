package org.hikae.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hikae.itests.cli.Cli.Result;
import org.hikae.itests.cli.Cli.Running;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that come and go on one home: each command is carried out, once, whoever has the platform. */
class SharedHomeIT {
    @TempDir
    Path folder;

    private Cli hikae;

    @BeforeEach
    void installProbe() throws Exception {
        hikae = Cli.in(folder).withProbe();
    }

    @Test
    void tenCommandsAtOnceAllSucceed() throws Exception {
        for (int round = 0; round < (Boolean.getBoolean("hikae.long") ? 10 : 1); round++) {
            List<Running> all = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                all.add(hikae.start("probe-configure", "round" + round, "c" + i, "x"));
            }
            for (Running one : all) {
                Result result = one.await();
                assertThat(result.code()).as(result.err()).isZero();
            }
            for (int i = 0; i < 10; i++) {
                assertThat(hikae.home().resolve("etc").resolve("round" + round + "~c" + i + ".config"))
                        .hasContent("value=\"x\"");
            }
        }
    }

    @Test
    void aCommandsPlatformServesOthersAndWaitsForThem() throws Exception {
        try (Running host = hikae.start("probe-wait", hikae.path("host"))) {
            hikae.awaitFile("host.started");
            Running guest = hikae.start("probe-wait", hikae.path("guest"));
            hikae.awaitFile("guest.started");

            hikae.touch("host.go");
            await().until(() -> host.errSoFar().contains("commands of others run here still"));
            assertThat(host.outSoFar()).isEqualTo("went\n");
            assertThat(hikae.run("probe-args", "x").out()).isEqualTo("<x>\n");
            hikae.touch("guest.go");

            assertThat(guest.await()).isEqualTo(new Result(0, "went\n", ""));
            assertThat(host.await().code()).isZero();
        }
    }

    @Test
    void aCommandsPlatformWaitsForJobs() throws Exception {
        try (Running host = hikae.start("probe-job", hikae.path("job"))) {
            hikae.awaitFile("job.started");
            await().until(() -> host.errSoFar().contains("job 1 runs here still"));
            hikae.touch("job.go");

            assertThat(host.await().code()).isZero();
            assertThat(hikae.exists("job.done")).isTrue();
        }
    }

    @Test
    void ctrlCEndsAPlatformThatWaitsForOthersAndCancelsThem() throws Exception {
        try (Running host = hikae.start("probe-job", hikae.path("job"))) {
            await().until(() -> host.errSoFar().contains("job 1 runs here still"));

            host.signal("INT");

            assertThat(host.await().code()).isEqualTo(130);
            assertThat(hikae.exists("job.cancelled")).isTrue();
        }
    }

    @Test
    void aServerWaitsForACommand() throws Exception {
        try (Running host = hikae.start("probe-wait", hikae.path("host"))) {
            hikae.awaitFile("host.started");
            try (Running server = hikae.start("serve")) {
                await().until(() -> server.errSoFar().contains("waiting for the process"));
                hikae.touch("host.go");
                assertThat(host.await().code()).isZero();
                await().until(() -> server.outSoFar().equals("ready\n"));
                server.signal("INT");
                assertThat(server.await().code()).isZero();
            }
        }
    }

    @Test
    void aServerThatIsToldToStopCancelsWhatRuns() throws Exception {
        try (Running server = hikae.serve()) {
            Running client = hikae.start("probe-wait", hikae.path("command"));
            hikae.run("probe-job", hikae.path("job"));
            hikae.awaitFile("command.started");

            server.signal("TERM");

            assertThat(client.await()).isEqualTo(new Result(1, "", "probe-wait: cancelled\n"));
            assertThat(server.await()).isEqualTo(new Result(0, "ready\n", ""));
            assertThat(hikae.exists("job.cancelled")).isTrue();
            assertThat(Files.readString(hikae.home().resolve("jobs/1.json"))).contains("the platform was stopped");
            assertThat(hikae.home().resolve("socket")).doesNotExist();
            assertThat(hikae.home().resolve("lock")).isEmptyFile();
        }
    }

    /** It is one that is told of everything: whatever is on its way when Event Admin stops would be interrupted, and warned of. */
    @Test
    void thePlatformsEndIsToldToASlowHandler() throws Exception {
        hikae.withBundle(Bundles.slowHandler(folder));
        try (Running server = hikae.serve()) {
            assertThat(hikae.run("probe-job", hikae.path("job")).code()).isZero();
            hikae.awaitFile("job.started");

            server.signal("TERM");

            assertThat(server.await()).isEqualTo(new Result(0, "ready\n", ""));
            assertThat(hikae.home().resolve("handled")).hasContent("org/hikae/job/STARTED\norg/hikae/job/CANCELLED\n");
        }
    }

    @Test
    void aKilledPlatformIsNoHindrance() throws Exception {
        try (Running server = hikae.serve()) {
            Running client = hikae.start("probe-wait", hikae.path("command"));
            hikae.awaitFile("command.started");

            server.signal("KILL");

            Result lost = client.await();
            assertThat(lost.code()).isEqualTo(1);
            assertThat(lost.err()).isEqualTo("hikae: the platform ended before the command did\n");
            assertThat(hikae.home().resolve("socket")).exists();
            assertThat(hikae.run("probe-args", "x")).isEqualTo(new Result(0, "<x>\n", ""));
        }
        try (Running server = hikae.serve()) {
            assertThat(hikae.run("probe-args", "x").code()).isZero();
            server.signal("TERM");
            assertThat(server.await().code()).isZero();
        }
    }

    /** Commands keep coming while platforms end and are killed: each is carried out, or says that it was lost. */
    @Test
    void commandsFindTheirWayWhilePlatformsComeAndGo() throws Exception {
        for (int round = 0; round < (Boolean.getBoolean("hikae.long") ? 20 : 2); round++) {
            try (Running server = hikae.serve()) {
                List<Running> clients = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    clients.add(hikae.start("probe-args", "x"));
                }
                server.signal("TERM");
                clients.add(hikae.start("probe-args", "x"));
                for (Running client : clients) {
                    Result result = client.await();
                    assertThat(result.code()).as(result.err()).isZero();
                    assertThat(result.out()).isEqualTo("<x>\n");
                }
                assertThat(server.await().code()).isZero();
            }
        }
    }

    @Test
    void aHomeWithALongPathWorksTheSame() throws Exception {
        Path deep = folder.resolve("d".repeat(100)).resolve("é".repeat(60)).resolve("home");
        Cli far = hikae.withHome(deep).withProbe();
        try (Running server = far.serve()) {
            assertThat(far.run("probe-args", "x")).isEqualTo(new Result(0, "<x>\n", ""));
            Path socket = Path.of(Files.readString(deep.resolve("socket.path")));
            assertThat(socket).exists();
            server.signal("TERM");
            assertThat(server.await().code()).isZero();
            assertThat(socket.getParent()).doesNotExist();
        }
        // The same home by a shorter name.
        Path link = Files.createSymbolicLink(folder.resolve("link"), deep);
        try (Running server = hikae.withHome(link).serve()) {
            assertThat(far.run("probe-args", "x").code()).isZero();
            assertThat(hikae.withHome(link).run("serve").err()).contains("is served already");
            server.signal("TERM");
            assertThat(server.await().code()).isZero();
        }
    }
}

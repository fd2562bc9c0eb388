package org.hikae.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hikae.api.backup.GenerationOnTape;
import org.hikae.api.catalog.KnownGeneration;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.group.Group;
import org.hikae.api.schedule.Schedule;
import org.hikae.api.schedule.Schedule.OfDisk;
import org.hikae.api.schedule.ScheduledRun;
import org.hikae.shell.call.UnitStatus;
import org.hikae.shell.call.UnitStatus.Implementation;
import org.hikae.shell.call.UnitStatus.Kind;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The manual has every command, every option, and every field of JSON. */
class ManualTest {

    private static final List<String> COMMON = List.of("--help", "--verbose", "--json");

    private static String manual() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/manual/commands.md"))) {
            folder = folder.getParent();
        }
        return Files.readString(folder.resolve("docs/manual/commands.md"));
    }

    /** The section of a thing: from its heading to the next of that level. */
    private static String section(String thing) throws IOException {
        String manual = manual();
        int start = manual.indexOf("\n## " + thing + "\n");
        assertThat(start).as("a section '## %s'", thing).isNotNegative();
        int end = manual.indexOf("\n## ", start + 1);
        return manual.substring(start, end < 0 ? manual.length() : end);
    }

    @TestFactory
    Stream<DynamicTest> hasEveryCommandAndOption() {
        return ModelTest.commands()
                .map(spec -> DynamicTest.dynamicTest(spec.qualifiedName(), () -> {
                    String[] words = spec.qualifiedName(" ").split(" ", -1);
                    String section = section(words[0]);
                    if (words.length > 1) {
                        assertThat(section).contains("\n### " + spec.qualifiedName(" "));
                    }
                    assertThat(options(spec))
                            .allSatisfy(option -> assertThat(section).contains("`" + option));
                }));
    }

    private static List<String> options(CommandSpec spec) {
        return spec.options().stream()
                .map(OptionSpec::longestName)
                .filter(name -> !COMMON.contains(name))
                .toList();
    }

    private static String shared(String line) throws IOException {
        return switch (line) {
            case "group files docs", "group blocks docs" -> section("disk");
            case "catalog generations" -> section("generation");
            case "catalog jobs" -> section("job");
            default -> "";
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "disk list",
                "disk info data",
                "disk blocks data --changed",
                "mark list data",
                "disk blocks home",
                "disk files home",
                "disk owner home 50",
                "node list",
                "group list",
                "group info docs",
                "group files docs",
                "group blocks docs",
                "schedule list",
                "schedule info nightly",
                "schedule run nightly",
                "catalog info",
                "catalog generations",
                "catalog jobs",
                "catalog groups",
                "medium list",
                "medium info m1",
                "generation list",
                "generation info data@1",
                "generation merge --auto data --keep last=1 --dry-run",
                "job list",
                "job info 1",
                "unit list",
                "status",
                "bilog strategy",
                "nbd list",
                "cache list",
                "cache status",
                "disk check work",
                "fs ls work:/",
                "fs stat work:/a.txt",
                "fs df",
                "fs put a.txt work:/b.txt",
                "fs rm -f work:/none",
                "client list",
                "client status",
                "client versions /x",
                "client buffer",
                "tape list",
                "tape info HK1",
                "tape library list",
                "tape library info lib",
                "tape generations",
                "tape migrate --after 7d --dry-run",
                "tape buffer",
                "tape patience",
                "center status",
                "center clients",
                "center conditions",
                "center requests",
                "center files",
                "center history",
                "center keep"
            })
    void hasEveryFieldOfJson(String line, @TempDir Path folder) throws IOException {
        Platform platform = Platform.filled();
        platform.share(folder);
        platform.folder = folder;
        Files.createFile(folder.resolve("a.txt"));
        platform.add(new DiskStatus("home", Path.of("/srv/home.img"), "ext4", "ext", 2 << 20, 1024, null));
        platform.units.add(new UnitStatus(
                "26", "x", "y", "1", "active", List.of(new Implementation(Kind.LOG_GATHERING, "central")), null));
        platform.groups.add(new Group("docs", "home", List.of("*")));
        platform.schedules.add(new Schedule(
                "nightly", new OfDisk("data"), "m1", "0 3 * * *", null, ZoneOffset.UTC, null, null, false));
        platform.run("client", "add", "docs", "/docs");
        platform.schedules.states.add(FakeSchedules.run(ScheduledRun.State.DONE, 1, null));
        platform.catalog.generations.add(
                new KnownGeneration(Platform.generation(1, null), KnownGeneration.State.PRESENT, Platform.NOON));
        platform.catalog.groups.add(platform.groups.get("docs"));
        platform.catalog.jobs.add(platform.jobs.get(1));
        platform.tapes.fill();
        platform.center.fill();
        platform.tapeJobs.generations.add(
                new GenerationOnTape("data@1", List.of("p"), List.of("HK1"), 1, 0, Platform.NOON, Platform.NOON, null));
        List<String> words = new ArrayList<>(List.of(line.split(" ", -1)));
        words.add("--json");
        Platform.Outcome outcome =
                platform.run(words.get(0), words.subList(1, words.size()).toArray(String[]::new));
        JsonNode json = new ObjectMapper().readTree(outcome.out());
        JsonNode first = json.isArray() ? json.get(0) : json;
        // What a listing shares with another one is told there.
        String section = section(words.get(0)) + shared(line);
        assertThat(first.properties()).isNotEmpty().allSatisfy(field -> assertThat(section)
                .contains("`" + field.getKey() + "`"));
    }
}

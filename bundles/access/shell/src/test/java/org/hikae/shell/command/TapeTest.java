package org.hikae.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.api.job.JobInfo.State.DONE;
import static org.hikae.api.job.JobInfo.State.FAILED;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hikae.api.backup.GenerationOnTape;
import org.hikae.api.backup.MigrateRequest;
import org.hikae.api.backup.TapeJobs.Write;
import org.hikae.api.backup.TapePolicy;
import org.hikae.api.group.Group;
import org.hikae.api.media.DataPlace;
import org.hikae.api.tape.BufferStatus;
import org.hikae.api.tape.CartridgeInfo;
import org.hikae.api.tape.TapeObject;
import org.hikae.api.tape.Tapes;
import org.hikae.shell.command.Platform.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Libraries, cartridges, and what of generations is on them. */
class TapeTest {

    private final Platform platform = Platform.filled();

    @BeforeEach
    void prepare() {
        platform.tapes.fill();
        platform.tapeJobs.job = new FakeJob(Platform.job(7, DONE, null, Map.of("bytes", 1L << 30)));
    }

    private Outcome run(String line) {
        String[] words = line.split(" ", -1);
        return platform.run(words[0], Arrays.copyOfRange(words, 1, words.length));
    }

    private JsonNode json(String line) throws IOException {
        return new ObjectMapper().readTree(run(line + " --json").out());
    }

    @Test
    void cartridges() {
        platform.width = 0;
        assertThat(run("tape list").out())
                .isEqualTo(
                        """
                        BARCODE  POOL      STATE       LIBRARY  PLACE    WRITTEN  NEEDED  LAST
                        HK1      default   appendable  lib      slot 0     3 MiB   2 MiB  2026-11-05T21:00:00+09:00
                        HK2      -         scratch     lib      drive 0      0 B     0 B  -
                        HK3      off-site  off-site    -        -          3 MiB   2 MiB  2026-11-05T21:00:00+09:00
                        """);
        assertThat(run("tape list --pool off-site").out()).contains("HK3").doesNotContain("HK1");
        assertThat(run("tape list --library lib").out()).contains("HK1", "HK2").doesNotContain("HK3");
        assertThat(run("tape list --library lub").message())
                .isEqualTo("tape list: there is no tape library 'lub'; did you mean 'lib'?");
        assertThat(run("tape list --pool none").err()).startsWith("there are no such cartridges");
    }

    @Test
    void aCartridgeWithAProblemSaysWhich() {
        platform.tapes.add("HK4", "p", CartridgeInfo.State.DAMAGED, null, "block 7 cannot be read");
        platform.width = 0;
        assertThat(run("tape list").out()).contains("NOTE").contains("damaged").contains("block 7 cannot be read\n");
    }

    @Test
    void whatIsDamagedOnACartridgeIsNamed() throws IOException {
        platform.tapes.objects.add(new TapeObject(
                new UUID(0, 1), "m1", "data@1/data", 9, 9, Platform.NOON, Platform.NOON, "block 7 cannot be read", 0));
        platform.width = 0;
        assertThat(run("tape info HK1").out())
                .contains("PROVEN                     PROBLEM\n")
                .contains("  block 7 cannot be read\n");
        assertThat(json("tape info HK1").at("/contents/1/problem").asText()).isEqualTo("block 7 cannot be read");
        assertThat(json("tape info HK1").at("/contents/0/otherCopies").asInt()).isEqualTo(1);
    }

    @Test
    void aDiskThatIsNotThereIsNoReasonToDoNothing() {
        assertThat(run("tape migrate --disk dta --after 7d --dry-run").message())
                .startsWith("tape migrate: there is no disk 'dta'");
        assertThat(run("tape migrate --disk data --group nope --after 7d").message())
                .startsWith("tape migrate: there is no group 'nope'");
        assertThat(platform.tapeJobs.asked).isEmpty();
    }

    @Test
    void withoutCartridges() {
        platform.tapes.cartridges.clear();
        assertThat(run("tape list").err()).isEqualTo("there are no cartridges; see 'tape library add --help'\n");
    }

    @Test
    void aCartridge() throws IOException {
        platform.width = 0;
        assertThat(run("tape info HK1").out())
                .isEqualTo(
                        """
                        cartridge     HK1
                        volume        00000000-0000-0003-0000-000000000004
                        pool          default
                        state         appendable
                        library       lib
                        place         slot 0
                        written       3 MiB (3145728 bytes)
                        needed        2 MiB (2097152 bytes)
                        objects       3
                        labelled      2026-11-05T21:00:00+09:00
                        last written  2026-11-05T21:00:00+09:00
                        note          -

                        OBJECT           MEDIUM   SIZE   HERE  WRITTEN                    PROVEN
                        data@1/manifest  m1      2 KiB  1 KiB  2026-11-05T21:00:00+09:00  2026-11-05T21:01:00+09:00
                        """);
        assertThat(json("tape info HK1").at("/contents/0/here").asLong()).isEqualTo(1024);
        assertThat(run("tape info HK2").err()).isEqualTo("nothing that is needed is on it\n");
        assertThat(run("tape info HK9").message()).contains("'HK9'");
    }

    @Test
    void libraries() throws IOException {
        platform.width = 0;
        assertThat(run("tape library list").out())
                .isEqualTo(
                        """
                        NAME  DRIVER   CARTRIDGES  SLOTS  DRIVES  LOCATION  PROBLEM
                        lib   virtual           3      2       2  /tapes    -
                        old   virtual           -      -       -  /old      /old: no such folder
                        """);
        assertThat(run("tape library info lib").out())
                .isEqualTo(
                        """
                        name      lib
                        driver    virtual
                        location  /tapes

                        DRIVE  CARTRIDGE  ACTIVITY  DESCRIPTION    ALERTS
                            0  HK2        reading   virtual drive  clean me
                            1  -          idle      virtual drive  -

                        PLACE      CARTRIDGE
                        slot 0     HK1
                        slot 1     -
                        station 0  ?
                        drive 0    HK2
                        """);
        assertThat(run("tape library info old").out()).endsWith("problem   /old: no such folder\n");
        assertThat(json("tape library info lib").at("/drives/0/alerts/0").asText())
                .isEqualTo("clean me");
        assertThat(run("tape library remove old").out())
                .isEqualTo("tape library old is removed; its cartridges stay\n");
        assertThat(run("tape library remove old").exit()).isEqualTo(1);
    }

    @Test
    void aLibraryIsAddedInOneLine() {
        assertThat(run("tape library add new virtual dir --drives 2 --slots 8 --capacity 100GB --option simulate=lto9")
                        .out())
                .startsWith("tape library new is added: virtual /work dir/dir\n");
        run("tape library add robot scsi /dev/sg3");
        assertThat(platform.tapes.asked)
                .containsExactly(
                        "new virtual /work dir/dir {capacity=100000000000, drives=2, simulate=lto9, slots=8}",
                        "robot scsi /dev/sg3 {}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tape library add a virtual d --option x | tape library add: --option is K=V, such as simulate=lto9,"
                        + " not 'x'",
                "tape library add a virtual d --drives 1 --option drives=2 | tape library add: the option drives is"
                        + " given twice",
                "tape library add a virtual d --option colour=red | tape library add: there is no option 'colour'",
                "tape migrate | tape migrate: say what goes to tape: give --after TIME, --above PERCENT, or both",
                "tape migrate --group docs --after 7d | tape migrate: --group goes with --disk",
                "tape migrate --above 100% | tape migrate: a mark is from 1% to 99%, such as 80%, not '100%'",
                "tape migrate --above full | tape migrate: a mark is from 1% to 99%, such as 80%, not 'full'",
                "tape migrate --after 7d --dry-run --detach | tape migrate: --dry-run starts no job: leave --detach"
                        + " out",
                "tape write data@1 data@1 | tape write: generation 'data@1' is given twice",
                "tape write data@1 --drives 65 | tape write: from 1 to 64 drives can write at the same time, not 65",
                "tape label HK1 --pool= | tape label: '' cannot be the name of a pool",
                "catalog rebuild --from disk | catalog rebuild: --from knows only tape, not 'disk'",
                "catalog rebuild --all | catalog rebuild: --all goes with --from tape",
                "generation evict data@1 data@1 | generation evict: generation 'data@1' is given twice",
                "tape library | tape library: a verb is missing: add, info, list, remove",
                "tape library ad | tape library: there is no verb 'ad'; did you mean 'add'? S"
            })
    void whatMakesNoSenseIsTold(String line, String message) {
        Outcome outcome = run(line);
        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.message()).startsWith(message).contains("ee '", "--help'");
        assertThat(platform.tapeJobs.asked).isEmpty();
        assertThat(platform.tapes.asked).isEmpty();
    }

    @Test
    void generationsAreWritten() {
        assertThat(run("tape write data@1").out()).startsWith("bytes  1 GiB (1073741824 bytes)\n");
        run("tape write data@1 data@2 --pool off-site --alone --again --drives 2 --detach");
        run("tape verify data@1");
        run("tape verify HK1");
        run("generation evict data@1 data@2");
        run("catalog rebuild --from tape --all");
        assertThat(platform.tapeJobs.asked)
                .containsExactly(
                        new Write(List.of("data@1"), Tapes.DEFAULT_POOL, false, false, 1),
                        new Write(List.of("data@1", "data@2"), "off-site", true, true, 2),
                        "verify data@1",
                        "verify cartridge HK1",
                        "evict [data@1, data@2]",
                        "rebuild true");
    }

    @Test
    void aJobThatFailsSaysWhy() {
        platform.tapeJobs.job = new FakeJob(Platform.job(8, FAILED, "no cartridge of pool p has room", Map.of()));
        Outcome outcome = run("tape write data@1 --pool p");
        assertThat(outcome.message()).isEqualTo("tape write: no cartridge of pool p has room (job 8)");
        assertThat(outcome.exit()).isEqualTo(1);
    }

    @Test
    void cartridgesAreHandledByJobs() {
        assertThat(run("tape inventory lib --relabel").out())
                .contains("\n\nBARCODE")
                .contains("HK2")
                .doesNotContain("HK3");
        assertThat(run("tape import").out()).contains("HK3");
        assertThat(run("tape import --json").out()).doesNotContain("HK3");
        run("tape label HK2");
        run("tape label HK2 --pool p --force");
        run("tape erase HK1 --force");
        run("tape lost HK9 --force");
        run("tape lost --rest HK9");
        assertThat(platform.tapes.asked).contains("lose what is behind HK9");
        assertThat(run("tape export HK1 --detach").out()).isEqualTo("7\n");
        assertThat(platform.tapeJobs.asked)
                .containsExactly(
                        "inventory lib true",
                        "import null",
                        "import null",
                        "label HK2 default false",
                        "label HK2 p true",
                        "erase HK1 true",
                        "lose HK9 true",
                        "export HK1");
    }

    @Test
    void policies() throws IOException {
        platform.groups.add(new Group("docs", "data", List.of("*")));
        run("tape migrate --disk data --group docs --after 7d --above 80% --keep-both 36h --pool off-site");
        TapePolicy policy = new TapePolicy(Duration.ofDays(7), 80, Duration.ofHours(36), "off-site");
        assertThat(platform.tapeJobs.asked).containsExactly(new MigrateRequest("data", "docs", policy));
        platform.tapeJobs.plan = List.of("write data@1: it is older than 7d", "evict data@0: medium m1 is 91% full");
        Outcome dry = run("tape migrate --above 80 --dry-run");
        assertThat(dry.out()).isEqualTo("write data@1: it is older than 7d\nevict data@0: medium m1 is 91% full\n");
        assertThat(dry.err()).isEqualTo("nothing was done\n");
        assertThat(platform.tapeJobs.asked.subList(1, 3))
                .containsExactly("plan", new MigrateRequest(null, null, new TapePolicy(null, 80, null, "default")));
        assertThat(json("tape migrate --above 80 --dry-run").at("/steps/1").asText())
                .startsWith("evict data@0");
        platform.tapeJobs.plan = List.of();
        assertThat(run("tape migrate --above 80 --dry-run").err()).isEqualTo("there is nothing to do\n");
    }

    @Test
    void whatIsOnTapeIsListed() {
        platform.width = 0;
        assertThat(run("tape generations").err()).isEqualTo("no generation is on tape; see 'tape write --help'\n");
        platform.tapeJobs.generations.add(new GenerationOnTape(
                "data@1", List.of("default"), List.of("HK1", "HK3"), 1 << 20, 0, Platform.NOON, Platform.NOON, null));
        platform.tapeJobs.generations.add(new GenerationOnTape(
                "data@2", List.of("a", "b"), List.of("HK3"), 2 << 20, 4, Platform.NOON, null, "HK3 reads wrong"));
        assertThat(run("tape generations").out())
                .isEqualTo(
                        """
                        ID      POOL     CARTRIDGES  ON TAPE  WRITTEN                    PROVEN                     MISSING  PROBLEM
                        data@1  default  HK1, HK3      1 MiB  2026-11-05T21:00:00+09:00  2026-11-05T21:00:00+09:00        -  -
                        data@2  a, b     HK3           2 MiB  2026-11-05T21:00:00+09:00  -                                4  HK3 reads wrong
                        """);
        assertThat(run("tape generations --on HK1").out()).contains("data@1").doesNotContain("data@2", "MISSING");
        assertThat(run("tape generations --on HK9").message()).contains("'HK9'");
    }

    @Test
    void whereTheDataOfGenerationsIs() throws IOException {
        platform.width = 0;
        assertThat(run("generation list").out()).doesNotContain("WHERE");
        platform.generations.places.put("data@1", new DataPlace(10, 10, 0, 0));
        assertThat(run("generation list").out()).doesNotContain("WHERE");
        assertThat(run("generation info data@1").out()).containsPattern("data is on +disk\n");
        platform.generations.places.put("data@1", new DataPlace(10, 0, 10, 0));
        assertThat(run("generation list").out()).contains("MEDIUM  WHERE").containsPattern("data@1 .* m1 +tape ");
        platform.generations.places.put("data@2", new DataPlace(10, 10, 10, 0));
        assertThat(run("generation list").out()).containsPattern("data@2 .* m1 +both ");
        platform.generations.places.put("data@2", new DataPlace(10, 3, 5, 2));
        assertThat(json("generation info data@2").get("where").asText()).isEqualTo("missing");
        for (DataPlace none : List.of(new DataPlace(10, 3, -1, 7), new DataPlace(0, 0, 0, 0))) {
            platform.generations.places.put("data@2", none);
            assertThat(json("generation info data@2").get("where").isNull()).isTrue();
        }
    }

    @Test
    void theBuffer() throws IOException {
        assertThat(run("tape buffer").out())
                .isEqualTo(
                        """
                        chosen          auto
                        on medium       m1
                        size            10 GiB (10737418240 bytes)
                        used            5 MiB (5242880 bytes)
                        found in it     7
                        read from tape  3
                        read past it    1 MiB (1048576 bytes)
                        patience        5min
                        waiting         -
                        """);
        run("tape buffer m1 --size 1GiB");
        run("tape buffer none");
        run("tape buffer --size 16MiB");
        assertThat(platform.tapes.asked)
                .containsExactly("buffer m1 1073741824", "buffer none 0", "buffer auto 16777216");
        assertThat(run("tape patience 1h").out()).isEqualTo("1h\n");
        assertThat(run("tape patience").out()).isEqualTo("1h\n");
        assertThat(json("tape patience").get("patienceSeconds").asLong()).isEqualTo(3600);
    }

    @Test
    void statusTellsWhatIsWrongWithTapes() throws IOException {
        platform.width = 0;
        platform.tapes.add("HK4", "p", CartridgeInfo.State.DAMAGED, null, "block 7 cannot be read");
        platform.tapes.buffer = new BufferStatus(
                null, "m9", 0, 0, 0, 0, 0, "for cartridge HK3", Duration.ZERO, "there is no medium 'm9'");
        assertThat(run("status").out())
                .contains("tape libraries\n  NAME  DRIVER ")
                .containsPattern("tape library old +/old: no such folder\n")
                .containsPattern(
                        "cartridge HK4 +it is damaged, and has what is needed: block 7 cannot be read; see 'tape"
                                + " info HK4'\n")
                .containsPattern("tapes +for cartridge HK3\n")
                .containsPattern("tape buffer +there is no medium 'm9'\n");
        assertThat(json("status").at("/tapeLibraries/0/name").asText()).isEqualTo("lib");
        platform.tapes.failure = "the registry is damaged";
        assertThat(run("status").out()).containsPattern("tape libraries +the registry is damaged\n");
        assertThat(run("unit list").exit()).isZero();
    }

    @Test
    void aBufferThatNobodyHasChosenIsNotMissed() {
        platform.tapes.buffer =
                new BufferStatus(null, "auto", 0, 0, 0, 0, 0, null, Duration.ZERO, "there is no medium for it");
        assertThat(run("status").out()).doesNotContain("tape buffer");
        assertThat(run("tape buffer").out()).contains("there is no medium for it");
    }

    @Test
    void withoutTapeControl() {
        platform.services.remove(Tapes.class);
        assertThat(run("tape list").message()).isEqualTo("tape list: the unit 'tape' is not there; see 'unit list'");
        assertThat(run("status").out()).doesNotContain("tape libraries");
    }
}

package org.hikae.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.hikae.api.backup.Drill;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.Disk;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.group.Groups;
import org.hikae.api.group.Meta;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.shared.CheckReport;
import org.hikae.io.FileDevice;
import org.junit.jupiter.api.Test;

/** What drills find, and what is left when they end early. */
class DrillStepsTest extends DrillFixture {

    @Test
    void aSoundGenerationIsProven() throws IOException {
        Map<String, Object> result = drill();
        assertThat(result).containsEntry("files", 1L).containsEntry("readBytes", 5000L);
        assertThat((String) result.get("checker")).startsWith("e2fsck 1.");
        Drill drill = recorded();
        assertThat(drill.problem()).isNull();
        assertThat(drill.instant()).isEqualTo(NOW);
        assertThat(drill.digest()).isEqualTo(result.get("digest")).hasSize(64);
        assertThat(drill()).as("another drill").isEqualTo(result);
    }

    /** A reader that forgets blocks of the file system costs another copy, and no verdict. */
    @Test
    void whatFailsInACopyOfItsOwnBlocksIsCheckedInACopyOfAll() throws Exception {
        drill();
        assertThat(copies).isEqualTo(1);
        metadata = BlockSet.range(0, 5);
        drill();
        assertThat(copies).isEqualTo(3);
    }

    /** Zeros in it are its end: the program would not miss it. */
    @Test
    void aCopyWithoutTheJournalIsNotBelieved() throws Exception {
        tree.extents.put(8L, List.of(new FileExtent(0, 100, 10, false), new FileExtent(10, 200, 10, false)));
        drill();
        assertThat(copies).isEqualTo(1);
        metadata = metadata.minus(BlockSet.range(205, 1));
        List<String> phases = new ArrayList<>();
        progress = phasesTo(phases);
        drill();
        assertThat(copies).isEqualTo(2);
        assertThat(phases).noneMatch(phase -> phase.contains("own blocks"));
    }

    @Test
    void damageOfTheFileSystemIsFound() throws Exception {
        debugfs("mkdir d", "mkdir d/e");
        drill();
        debugfs("clri d/e");
        assertProblem("e2fsck ends with exit code 4 when it checks it: ", "Pass 1");
    }

    /** As it is when the instant was made: the journal is full, and only a mount empties it. */
    @Test
    void aJournalThatIsNotReplayedIsNoDamage() throws Exception {
        debugfs("journal_open", "journal_write -b 2000 /dev/zero", "journal_close");
        byte[] before = Files.readAllBytes(image);
        drill();
        assertThat(Arrays.equals(Files.readAllBytes(image), before))
                .as("the generation is untouched")
                .isTrue();
    }

    @Test
    void neitherIsWhatWasDeletedWhileOpen() throws Exception {
        Path content = Files.write(folder.resolve("content"), new byte[100_000]);
        debugfs("write " + content + " x", "sif x links_count 0", "unlink x", "ssv last_orphan 12");
        assertThat(tool("e2fsck", "-f", "-n", image.toString()))
                .as("before a mount")
                .isEqualTo(4);
        drill();
    }

    @Test
    void aJournalThatCannotBeReadIsDamage() throws Exception {
        debugfs("journal_open", "journal_write -b 2000 /dev/zero", "journal_close");
        try (FileDevice device = FileDevice.open(image, BLOCK, FileDevice.Mode.READ)) {
            damage(journal(device));
        }
        assertProblem("exit code 1 when it replays its journal");
    }

    /** Its superblock, of version 2, begins as nothing else does. */
    private static long journal(FileDevice device) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(8);
        for (long block = 1; block < SIZE / BLOCK; block++) {
            device.read(head.clear(), block * BLOCK);
            if (head.getInt(0) == 0xC03B3998 && head.getInt(4) == 4) {
                return block;
            }
        }
        throw new AssertionError("there is no journal");
    }

    @Test
    void withoutTheProgramOurOwnReaderChecks() throws Exception {
        programs = List.of(folder);
        assertThat(drill()).containsEntry("checker", "own reader");
    }

    @Test
    void oneOfOurOwnFormatsIsCheckedByItsDriver() throws Exception {
        format = "shared";
        assertThat(drill()).containsEntry("checker", "own check");
        report = new CheckReport(1, 1, 1, List.of("file 7 has a block twice"), 3);
        assertProblem("file 7 has a block twice; and 3 more");
    }

    @Test
    void aRawOneIsReadWhole() throws Exception {
        format = Disk.RAW;
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(image));
        assertThat(drill())
                .containsEntry("digest", HexFormat.of().formatHex(sum))
                .containsEntry("readBytes", (long) SIZE)
                .doesNotContainKey("checker");
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws Exception {
        tree.damaged = 12;
        assertProblem("/f cannot be read at 0: frame 7 is damaged");
        assertThat(recorded().digest()).isNull();
    }

    /** It has no file system that could be checked: all that is visible is read. */
    @Test
    void theFilesOfAGroupAreReadByTheirOwnMetaInformation() throws Exception {
        group = new GenerationGroup("docs", Meta.GROUP, List.of("/doc"));
        meta = new FakeTree()
                .directory("/", 1)
                .directory("/doc", 2)
                .file("/doc/a", 3, 7)
                .file("/doc/b", 4, 8);
        tree.damaged = 12;
        assertThat(drill())
                .containsEntry("files", 2L)
                .containsEntry("readBytes", 15L)
                .doesNotContainKey("checker");
        assertThat(copies).isZero();
        assertThat(recorded().checker()).isNull();
    }

    /** The others are visible, and cannot be read. */
    @Test
    void ofAllVisibleFilesThoseOfTheGroupAreRead() throws Exception {
        group = new GenerationGroup("docs", Meta.ALL, List.of("/doc"));
        tree.directory("/doc", 2).file("/doc/a", 3, 7);
        tree.damaged = 12;
        List<Object> lists = new ArrayList<>();
        groups = fake(Groups.class, (method, arguments) -> {
            lists.add(arguments[0]);
            for (FileEntry file : tree.files) {
                if (!file.path().equals("/f")) {
                    ((Groups.Visitor) arguments[2]).visit(file, !file.path().equals("/"));
                }
            }
            return BlockSet.empty();
        });
        Map<String, Object> result = drill();
        assertThat(result).containsEntry("files", 1L).containsEntry("readBytes", 7L);
        assertThat((String) result.get("checker")).startsWith("e2fsck 1.");
        assertThat(lists).containsOnly(List.of("/doc"));
        tree.damaged = 3;
        assertProblem("/doc/a cannot be read at 0: frame 7 is damaged");
    }

    /** What a group's generation does not have is not asked for. */
    @Test
    void whatFailsOfAGroupIsCheckedInACopyOfAllThatItHas() throws Exception {
        group = new GenerationGroup("docs", Meta.ALL, List.of("/doc"));
        groups = fake(Groups.class, (method, arguments) -> BlockSet.empty());
        metadata = BlockSet.range(0, 5);
        drill();
        assertThat(copied).containsExactly(BlockSet.range(0, 5), BlockSet.range(0, SIZE / BLOCK));
    }

    @Test
    void whatCannotBeOpenedIsRecordedToo() throws Exception {
        away = "its index is damaged";
        assertProblem("it cannot be opened: its index is damaged");
    }

    @Test
    void theManifestIsCompared() throws Exception {
        blocks = 7;
        assertProblem("4096 blocks that it answers for, but its manifest says 16777216 and 7");
    }

    /** Every later drill is measured by the first one, not by the last: else what has changed once would pass then. */
    @Test
    void contentThatHasChangedIsFound() throws Exception {
        Object before = drill().get("digest");
        tree.file("/g", 13, 1);
        assertProblem("what was read is not what the drill of 2026-01-01T00:00:00Z has read", (String) before);
        assertProblem("what was read is not what the drill of 2026-01-01T00:00:00Z has read");
        tree.files.remove(2);
        assertThat(drill()).containsEntry("digest", before);
        assertThat(recorded().problem()).isNull();
    }

    @Test
    void aFailureDoesNotForgetWhatWasProven() throws Exception {
        drill();
        tree.damaged = 12;
        assertProblem("cannot be read");
        tree.damaged = 0;
        tree.file("/g", 13, 1);
        assertProblem("has read");
    }

    @Test
    void recordsThatCannotBeReadAreSaidToBe() throws Exception {
        drill();
        Files.writeString(home.resolve("d@1.json"), "{");
        assertThat(recorded().problem()).startsWith("the record of its last drill cannot be read: not a record");
        drill();
        assertThat(recorded().problem()).isNull();
        records().keep(Set.of("d@1"));
        assertThat(records().all()).containsOnlyKeys("d@1");
        records().keep(Set.of("d@2"));
        assertThat(records().all()).isEmpty();
    }

    @Test
    void withoutRoomThereIsNoVerdict() throws Exception {
        metadata = BlockSet.range(0, 5);
        pretendedData = 1L << 60;
        assertThatThrownBy(this::drill).hasMessageContaining("has no room").hasMessageContaining("--scratch");
        assertThat(recorded()).isNull();
    }

    @Test
    void theScratchFileLiesWhereOneSays() throws Exception {
        scratch = Files.createDirectory(folder.resolve("elsewhere"));
        List<String> phases = new ArrayList<>();
        progress = phasesTo(phases);
        drill();
        assertThat(phases).anyMatch(phase -> phase.contains(" to " + scratch));
        assertThat(scratch).isEmptyDirectory();
    }

    /** A program of that name which waits for its end, and says first that it is there. */
    private Path waiting() throws IOException {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        String script = "#!/bin/sh\n[ \"$1\" = -V ] && exit 0\necho $$ > " + folder.resolve("pid") + ".next && mv "
                + folder.resolve("pid") + ".next " + folder.resolve("pid") + "\nexec sleep 1000\n";
        Path program = Files.writeString(bin.resolve("e2fsck"), script, StandardCharsets.UTF_8);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return bin;
    }

    @Test
    void whoCancelsKillsTheProgram() throws Exception {
        programs = List.of(waiting());
        progress = fake(Progress.class, (method, arguments) -> {
            if (method.equals("check") && Files.exists(folder.resolve("pid"))) {
                throw new CancellationException("cancelled on request");
            }
            return null;
        });
        assertThatThrownBy(this::drill).isInstanceOf(CancellationException.class);
        long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
        ProcessHandle.of(pid).ifPresent(process -> assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(30)));
        assertThat(recorded()).isNull();
    }

    @Test
    void aProgramThatIsKilledGivesNoVerdict() throws Exception {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path program = Files.writeString(bin.resolve("e2fsck"), "#!/bin/sh\n[ \"$1\" = -V ] || kill -9 $$\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        programs = List.of(bin);
        assertThatThrownBy(this::drill).hasMessageContaining("could not be run to its end");
        assertThat(recorded()).isNull();
    }

    @Test
    void whatAKilledPlatformLeftIsDeleted() throws IOException {
        Path scratchHome = Files.createDirectories(home.resolve("scratch"));
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path other = Files.createFile(elsewhere.resolve("precious"));
        Files.createFile(scratchHome.resolve("hikae-drill-1.scratch"));
        Path left = Files.createFile(elsewhere.resolve("hikae-drill-2.scratch"));
        Files.writeString(scratchHome.resolve("hikae-drill-2.scratch.elsewhere"), left.toString());
        Files.writeString(scratchHome.resolve("hikae-drill-3.scratch.elsewhere"), other.toString());
        Files.writeString(scratchHome.resolve("hikae-drill-4.scratch.elsewhere"), "\0\0");
        Files.createFile(scratchHome.resolve("hikae-drill-5.scratch.elsewhere"));
        ScratchFolder scratchFolder = new ScratchFolder(scratchHome);
        try (Scratch open = scratchFolder.create(elsewhere, info(), 0)) {
            scratchFolder.clean();
            assertThat(open.path()).exists();
        }
        assertThat(scratchHome).isEmptyDirectory();
        assertThat(elsewhere).isDirectoryContaining(path -> path.equals(other));
        assertThat(left).doesNotExist();
    }
}

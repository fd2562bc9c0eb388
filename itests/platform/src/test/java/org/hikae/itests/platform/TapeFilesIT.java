package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.UUID;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.DrillRequest;
import org.hikae.api.backup.FilesRequest;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.InPlaceRequest;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.shared.FileSystems;
import org.hikae.api.shared.FormatOptions;
import org.junit.Before;
import org.junit.Test;

/** c.1, c.3: files of generations on tape alone are listed, read and put back as those of others, and generations take a disk's place. */
public class TapeFilesIT extends InTapeLab {
    private static final String TAPE = "tape";

    private Disk disk;
    private SortedMap<String, String> expected;

    @Before
    public void makeFiles() throws Exception {
        makeLibrary();
        lab.media().add(TAPE, "tape", LIBRARY, false);
        Disk empty = forgotten(lab.disk(192 * MIB, 4096, 7));
        FormatOptions options = new FormatOptions(new UUID(1, 1), "", 32 << 20, 0, 0);
        lab.services.get(FileSystems.class).format(empty.name(), "shared", options, true);
        disk = lab.disks().get(empty.name());
        SplittableRandom random = new SplittableRandom(5);
        try (java.nio.file.FileSystem files = lab.node("n1").fileSystem(disk.name())) {
            Files.createDirectories(files.getPath("/documents/käse 控え"));
            for (int i = 0; i < 40; i++) {
                FilesLab.write(files.getPath("/documents/käse 控え/f" + i), random.nextInt(200_000), random);
            }
            FilesLab.write(files.getPath("/large"), (int) (5 * MIB), random);
        }
        lab.node("n1").flush();
        try (org.hikae.api.fs.FileSystem files = lab.disks().get(disk.name()).openFileSystem()) {
            expected = Inventory.of(files, "/");
        }
    }

    private String backUp(String medium) throws Exception {
        return Lab.generation(lab.backups().backUp(new BackupRequest(disk.name(), medium, List.of(), 0, 1)));
    }

    private void assertFiles(String generation) throws Exception {
        try (GenerationReader reader = lab.generations().open(generation);
                org.hikae.api.fs.FileSystem files = reader.openFileSystem(lab.disks())) {
            assertThat(Inventory.of(files, "/")).isEqualTo(expected);
        }
        Path folder = Files.createDirectories(lab.folder.resolve("got-" + generation));
        done(lab.backups()
                .getFiles(new FilesRequest(
                        generation,
                        "/documents",
                        null,
                        new FilesRequest.ToFolder(folder.resolve("documents"), false))));
        try (var files = Files.list(folder.resolve("documents/käse 控え"))) {
            assertThat(files).hasSize(40);
        }
        done(lab.backups().drill(new DrillRequest(generation, null)));
    }

    @Test
    public void filesOfAGenerationThatWasMadeOnTape() throws Exception {
        String generation = backUp(TAPE);
        assertFiles(generation);
        takePlace(generation);
    }

    @Test
    public void filesOfAGenerationThatWasEvicted() throws Exception {
        tapes().setBuffer("auto", 16 * MIB);
        Made generation = new Made(backUp(Lab.MEDIUM), null);
        write(POOL, generation);
        evict(generation);
        assertFiles(generation.id());
        takePlace(generation.id());
    }

    /** R21: it stands in for the disk, is written to, and goes again. */
    private void takePlace(String generation) throws Exception {
        try (java.nio.file.FileSystem files = lab.node("n1").fileSystem(disk.name())) {
            Files.delete(files.getPath("/large"));
        }
        lab.node("n1").flush();
        assertThat(lab.backups().mountInPlace(new InPlaceRequest(generation, disk.name(), false)))
                .isEmpty();
        try (java.nio.file.FileSystem files = lab.node("n2").fileSystem(disk.name())) {
            assertThat(Files.size(files.getPath("/large"))).isEqualTo(5 * MIB);
            Files.writeString(files.getPath("/written"), "meanwhile");
        }
        lab.node("n2").flush();
        done(lab.backups()
                .mountInPlace(new InPlaceRequest(generation, disk.name(), true))
                .orElseThrow());
        try (org.hikae.api.fs.FileSystem files = lab.disks().get(disk.name()).openFileSystem()) {
            SortedMap<String, String> found = Inventory.of(files, "/");
            assertThat(found.remove("/written")).isNotNull();
            assertThat(withoutRoot(found)).isEqualTo(withoutRoot(expected));
        }
        assertThat(lab.generations().holds()).isEmpty();
    }

    /** The root's times tell of the file that was made in it. */
    private static SortedMap<String, String> withoutRoot(SortedMap<String, String> files) {
        return files.tailMap("/ ");
    }
}

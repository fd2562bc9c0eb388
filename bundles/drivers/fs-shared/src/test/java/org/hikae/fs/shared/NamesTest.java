package org.hikae.fs.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hikae.fs.shared.testing.Rig.name;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hikae.api.fs.DirectoryEntry;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.api.shared.AttributeChange;
import org.hikae.api.shared.FileSystemFullException;
import org.hikae.api.shared.NewFile;
import org.hikae.api.shared.SharedFileSystem;
import org.hikae.fs.shared.testing.Rig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of all kinds, listings, kinds of files, and attributes. */
class NamesTest {

    private static final long ROOT = 1;
    private static final NewFile FILE = NewFile.regular(0644, 1, 2);

    private SharedFileSystem fileSystem;

    @BeforeEach
    void format() throws IOException {
        fileSystem = VolumeMaker.mount(VolumeMaker.formatted(10), 10);
    }

    private long create(FileName name) throws IOException {
        return fileSystem.create(ROOT, name, FILE).inode();
    }

    @Test
    void namesAreAsOnLinux() throws IOException {
        List<FileName> names = List.of(
                name("n".repeat(255)),
                FileName.of("ä".repeat(127).getBytes(StandardCharsets.UTF_8)),
                FileName.of(new byte[] {(byte) 0xff, (byte) 0xc0, (byte) 0x80, 1, '\n'}),
                // Composed and decomposed, and in both cases: four names.
                name("\u00e9"),
                name("e\u0301"),
                name("\u00c9"),
                name("E\u0301"),
                name(" "),
                name("..."),
                name("-"));
        Set<Long> inodes = new HashSet<>();
        for (FileName each : names) {
            inodes.add(create(each));
        }
        assertThat(inodes).hasSize(names.size());
        Set<FileName> listed = new HashSet<>();
        for (DirectoryEntry entry : fileSystem.list(ROOT, 0).entries()) {
            listed.add(entry.name());
            assertThat(fileSystem
                            .lookup(ROOT, List.of(entry.name()))
                            .attributes()
                            .inode())
                    .isEqualTo(entry.inode());
        }
        assertThat(listed).isEqualTo(new HashSet<>(names));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a\0b", "/"})
    void someNamesCannotBe(String text) throws IOException {
        refuse(FileName.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aNameOf256BytesCannotBe() throws IOException {
        refuse(name("n".repeat(256)));
    }

    private void refuse(FileName name) throws IOException {
        long inode = create(name("file"));
        assertThatThrownBy(() -> create(name)).isExactlyInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> fileSystem.link(inode, ROOT, name)).isExactlyInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> fileSystem.rename(ROOT, name("file"), ROOT, name, true))
                .isExactlyInstanceOf(FileSystemException.class);
        assertThat(fileSystem.lookup(ROOT, List.of(name)).found()).isZero();
        assertThat(fileSystem.check().findings()).isEmpty();
    }

    @Test
    void pathsAreFollowedUpToWhatIsNoDirectory() throws IOException {
        long directory = fileSystem
                .create(ROOT, name("d"), NewFile.directory(0755, 0, 0))
                .inode();
        long link = fileSystem
                .create(directory, name("link"), NewFile.symlink(name("/d"), 0, 0))
                .inode();
        SharedFileSystem.Lookup found = fileSystem.lookup(ROOT, List.of(name("d"), name("link"), name("x")));
        assertThat(found.found()).isEqualTo(2);
        assertThat(found.attributes().inode()).isEqualTo(link);
        assertThat(found.directory()).isEqualTo(directory);
        assertThat(fileSystem.symlinkTarget(link)).isEqualTo(name("/d"));
        assertThat(fileSystem.lookup(ROOT, List.of(name("d"), name("..")))).satisfies(each -> {
            assertThat(each.found()).isEqualTo(1);
            assertThat(each.directory()).isEqualTo(ROOT);
        });
        assertThat(fileSystem.parent(directory)).isEqualTo(ROOT);
        assertThat(fileSystem.parent(ROOT)).isEqualTo(ROOT);
        assertThatThrownBy(() -> fileSystem.lookup(link, List.of(name("x")))).isInstanceOf(NotDirectoryException.class);
    }

    /** Whatever comes and goes meanwhile: names that were there all the time are listed, once. */
    @Test
    void aListingGoesOnWhileNamesComeAndGo() throws IOException {
        Set<FileName> stay = new HashSet<>();
        for (int file = 0; file < 6000; file++) {
            create(name("file" + file));
            if (file % 2 == 0) {
                stay.add(name("file" + file));
            }
        }
        List<FileName> listed = new ArrayList<>();
        int parts = 0;
        for (long next = 0; next >= 0; parts++) {
            SharedFileSystem.Listing part = fileSystem.list(ROOT, next);
            assertThat(part.entries()).hasSizeLessThan(1100);
            part.entries().forEach(each -> listed.add(each.name()));
            for (int file = parts * 1000 + 1; file < Math.min(6000, parts * 1000 + 1000); file += 2) {
                fileSystem.unlink(ROOT, name("file" + file));
                create(name("new" + file));
            }
            next = part.next();
        }
        assertThat(parts).isGreaterThan(4);
        assertThat(listed).doesNotHaveDuplicates().containsAll(stay);
    }

    @ParameterizedTest
    @EnumSource
    void allKindsOfFiles(FileType type) throws IOException {
        boolean device = type == FileType.BLOCK_DEVICE || type == FileType.CHARACTER_DEVICE;
        FileName target = type == FileType.SYMLINK ? name("t".repeat(4095)) : null;
        NewFile file = new NewFile(
                type, 07654, 0xffff_ffffL, 0xffff_fffeL, target, device ? 259 : 0, device ? Integer.MAX_VALUE : 0);
        FileAttributes made = fileSystem.create(ROOT, name("file"), file);
        assertThat(fileSystem.attributes(made.inode())).isEqualTo(made);
        assertThat(made.type()).isEqualTo(type);
        assertThat(made.mode()).isEqualTo(07654);
        assertThat(made.uid()).isEqualTo(0xffff_ffffL);
        assertThat(made.gid()).isEqualTo(0xffff_fffeL);
        assertThat(made.deviceMajor()).isEqualTo(file.deviceMajor());
        assertThat(made.deviceMinor()).isEqualTo(file.deviceMinor());
        assertThat(made.size()).isEqualTo(target == null ? 0 : 4095);
        assertThat(made.links()).isEqualTo(type == FileType.DIRECTORY ? 2 : 1);
        assertThat(made.created()).isEqualTo(Rig.NOW);
        assertThat(fileSystem.check().findings()).isEmpty();
    }

    @Test
    void attributesChangeOneByOne() throws IOException {
        long inode = create(name("file"));
        FileAttributes before = fileSystem.attributes(inode);
        fileSystem.change(inode, AttributeChange.mode(0));
        fileSystem.change(inode, AttributeChange.owner(null, 77L));
        FileAttributes after = fileSystem.change(
                inode, AttributeChange.times(Rig.NOW.minusNanos(1), Rig.NOW.minusSeconds(1L << 40), null));
        assertThat(after).isEqualTo(fileSystem.attributes(inode));
        assertThat(after.mode()).isZero();
        assertThat(after.uid()).isEqualTo(before.uid());
        assertThat(after.gid()).isEqualTo(77);
        assertThat(after.modified()).isEqualTo(Rig.NOW.minusNanos(1));
        assertThat(after.accessed()).isEqualTo(Rig.NOW.minusSeconds(1L << 40));
        assertThat(after.created()).isEqualTo(before.created());
    }

    @Test
    void aFileHasNotEndlesslyManyAttributes() throws IOException {
        long inode = create(name("file"));
        byte[] value = new byte[64 << 10];
        for (int i = 0; i < 15; i++) {
            fileSystem.setExtendedAttribute(inode, name("user." + i), value);
        }
        fileSystem.setExtendedAttribute(inode, name("user.0"), value);
        assertThatThrownBy(() -> fileSystem.setExtendedAttribute(inode, name("user.x"), value))
                .isInstanceOf(FileSystemFullException.class);
        assertThatThrownBy(() -> fileSystem.setExtendedAttribute(inode, name("user.0"), new byte[(64 << 10) + 1]))
                .isInstanceOf(FileSystemException.class);
        assertThat(fileSystem.extendedAttributes(inode)).hasSize(15);
        fileSystem.unlink(ROOT, name("file"));
        assertThat(fileSystem.check().findings()).isEmpty();
    }

    @Test
    void aDirectoryThatWasRemovedWhileOpenTakesNoNames() throws IOException {
        long directory = fileSystem
                .create(ROOT, name("d"), NewFile.directory(0755, 0, 0))
                .inode();
        fileSystem.open(directory, 1);
        fileSystem.removeDirectory(ROOT, name("d"));
        long file = create(name("file"));
        assertThatThrownBy(() -> fileSystem.create(directory, name("x"), FILE)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> fileSystem.link(file, directory, name("x"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> fileSystem.rename(ROOT, name("file"), directory, name("x"), true))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(fileSystem.list(directory, 0).entries()).isEmpty();
        fileSystem.close(directory, 1);
        assertThat(fileSystem.check().findings()).isEmpty();
    }

    @Test
    void nothingIsDoneAfterClose() throws IOException {
        fileSystem.close();
        fileSystem.close();
        assertThatThrownBy(() -> fileSystem.attributes(ROOT)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> create(name("x"))).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> fileSystem.commit()).isInstanceOf(ClosedChannelException.class);
    }
}

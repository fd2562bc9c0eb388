package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.UUID;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.Quieting;
import org.hikae.api.copy.CopyLimits;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.InPlaceMounts;
import org.hikae.api.disk.InPlaceRequest;
import org.hikae.api.job.JobInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Layout;
import org.hikae.api.shared.FileSystems;
import org.hikae.api.shared.FormatOptions;
import org.junit.Before;
import org.junit.Test;

/** A generation takes the place of a disk whose files several nodes share (c.1, R21). */
public class SharedInPlaceIT extends InFramework {
    private static final int STEPS = 150;

    private Lab lab;

    @Before
    public void openLab() throws Exception {
        lab = Lab.in(context);
    }

    @Test
    public void r21_nodesShareTheFilesOfAGeneration() throws Exception {
        assertThat(Seeds.forEach(2, this::history)).isPositive();
    }

    /** Returns the number of changes. */
    private long history(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Disk disk = lab.disk(64L << 20, 4096, seed);
        String name = disk.name();
        FormatOptions options = new FormatOptions(new UUID(seed, 1), "", 32 << 20, 0, 0);
        lab.services.get(FileSystems.class).format(name, "shared", options, true);

        long changes = change("n1", name, random);
        SortedMap<String, String> old = tree("n2", name);
        String generation = backUp(name, false);
        changes += change("n2", name, random);

        mount(generation, name);
        assertThat(tree("n3", name)).isEqualTo(old);
        changes += change("n4", name, random);
        SortedMap<String, String> now = tree("n1", name);
        String differential = backUp(name, true);
        assertThat(lab.generations().get(differential).parent()).isEqualTo(generation);
        try (GenerationReader from = lab.generations().open(differential);
                org.hikae.api.fs.FileSystem files = lab.disks().openFileSystem("shared", from)) {
            assertThat(Tree.of(files)).isEqualTo(now);
        }

        bringBack(generation, name);
        assertThat(tree("n2", name)).isEqualTo(now);
        assertThat(lab.services.get(FileSystems.class).check(name).findings()).isEmpty();
        lab.generations().remove(differential);
        lab.generations().remove(generation);
        lab.forget(disk);
        return changes;
    }

    private long change(String node, String disk, SplittableRandom random) throws IOException {
        try (FileSystem fileSystem = lab.node(node).fileSystem(disk)) {
            FileGuest guest = new FileGuest(fileSystem, random.split());
            for (int i = 0; i < STEPS; i++) {
                guest.step();
            }
            return guest.changes();
        }
    }

    private SortedMap<String, String> tree(String node, String disk) throws IOException {
        try (FileSystem fileSystem = lab.node(node).fileSystem(disk)) {
            return Tree.of(fileSystem.getPath("/"));
        }
    }

    private String backUp(String disk, boolean differential) throws Exception {
        return Lab.generation(lab.backups()
                .backUp(new BackupRequest(
                        disk,
                        Lab.MEDIUM,
                        List.of(),
                        CopyLimits.NONE,
                        Layout.PACKED,
                        differential,
                        null,
                        Quieting.NONE,
                        null)));
    }

    private void mount(String generation, String disk) throws IOException {
        InPlaceRequest request = new InPlaceRequest(generation, disk, false);
        assertThat(lab.backups().mountInPlace(request)).isEmpty();
    }

    private void bringBack(String generation, String disk) throws Exception {
        InPlaceRequest request = new InPlaceRequest(generation, disk, true);
        JobInfo info = Lab.end(lab.backups().mountInPlace(request).orElseThrow());
        assertThat(info.state()).as("%s", info).isEqualTo(JobInfo.State.DONE);
        assertThat(lab.services.get(InPlaceMounts.class).of(disk)).isEmpty();
    }
}

package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.Quieting;
import org.hikae.api.copy.CopyLimits;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.group.Group;
import org.hikae.api.group.Groups;
import org.hikae.api.group.Meta;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Layout;
import org.hikae.api.shared.FileSystems;
import org.hikae.api.shared.FormatOptions;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Two groups and their disk are backed up at once, while nodes write: each as of an instant of its own (I1, b.7). */
public class GroupsAtOnceIT extends InFramework {
    private static final int ROUNDS = 3;

    /** One of which backups are made; null lists: it is the disk. */
    private record Subject(String group, Meta meta, List<String> list) {}

    private static final List<Subject> SUBJECTS = List.of(
            new Subject("a", Meta.ALL, List.of("/d0", "f1")),
            new Subject("b", Meta.GROUP, List.of("/d1", "/d2", "f1", "X f2")),
            new Subject(null, null, null));

    private Lab lab;
    private String disk;
    /** What all nodes saw while they stood still. */
    private final List<SortedMap<String, String>> instants = Collections.synchronizedList(new ArrayList<>());

    private final List<String> made = new ArrayList<>();

    @Before
    public void format() throws Exception {
        lab = Lab.in(context);
        disk = lab.disk(96L << 20, 4096, 1).name();
        services.get(FileSystems.class)
                .format(disk, "shared", new FormatOptions(UUID.randomUUID(), "", 32 << 20, 0, 0), true);
        lab.strategy(disk, "overlay", null);
        for (Subject subject : SUBJECTS) {
            if (subject.group() != null) {
                services.get(Groups.class).add(new Group(subject.group(), disk, subject.list()));
            }
        }
    }

    @After
    public void forget() throws IOException {
        lab.watchNothing();
        Collections.reverse(made);
        for (String generation : made) {
            lab.generations().remove(generation);
        }
        for (Group group : services.get(Groups.class).list()) {
            services.get(Groups.class).remove(group.name());
        }
        lab.forget(lab.disks().get(disk));
    }

    @Test
    public void eachIsExactAndBuildsUponItsOwnLastOne() throws Exception {
        lab.gathering.watch(new ProbeGathering.Watch() {
            @Override
            public void instant() throws IOException {
                instants.add(tree());
            }
        });
        try (FileGuests guests = new FileGuests(lab, disk, new SplittableRandom())) {
            for (int round = 0; round < ROUNDS; round++) {
                backUpAll();
            }
        }
        for (int i = 0; i < made.size(); i++) {
            check(made.get(i), SUBJECTS.get(i % SUBJECTS.size()));
        }
    }

    private SortedMap<String, String> tree() throws IOException {
        try (java.nio.file.FileSystem files = lab.node("n1").fileSystem(disk)) {
            return Tree.of(files.getPath("/"));
        }
    }

    private void backUpAll() throws Exception {
        List<Job> jobs = new ArrayList<>();
        for (Subject subject : SUBJECTS) {
            jobs.add(lab.backups().backUp(request(subject)));
        }
        int first = made.size() - SUBJECTS.size();
        for (int i = 0; i < jobs.size(); i++) {
            JobInfo end = Lab.end(jobs.get(i));
            assertThat(end.state()).as("%s", end).isEqualTo(JobInfo.State.DONE);
            made.add((String) end.result().get("generation"));
            assertThat(end.result().get("parent")).as("%s", end).isEqualTo(first < 0 ? null : made.get(first + i));
        }
    }

    private BackupRequest request(Subject subject) {
        return new BackupRequest(
                disk,
                Lab.MEDIUM,
                List.of(),
                new CopyLimits(0, 2),
                Layout.PACKED,
                true,
                null,
                Quieting.NONE,
                subject.group() == null ? null : new BackupRequest.OfGroup(subject.group(), subject.meta()));
    }

    private void check(String generation, Subject subject) throws Exception {
        lab.verify(generation);
        SortedMap<String, String> visible;
        try (GenerationReader reader = lab.generations().open(generation);
                FileSystem files = reader.openFileSystem(lab.disks())) {
            visible = Tree.visible(files);
        }
        assertThat(instants).as("of %s, %s", generation, subject).anyMatch(tree -> shows(visible, tree, subject));
    }

    private static boolean shows(SortedMap<String, String> visible, SortedMap<String, String> tree, Subject subject) {
        if (subject.group() == null) {
            return visible.equals(tree);
        }
        SortedMap<String, String> members = new GroupModel(subject.list()).of(tree);
        if (subject.meta() == Meta.GROUP) {
            return visible.equals(members);
        }
        SortedMap<String, String> seen = new TreeMap<>(visible);
        seen.keySet().retainAll(members.keySet());
        return seen.equals(members) && visible.keySet().equals(tree.keySet());
    }
}

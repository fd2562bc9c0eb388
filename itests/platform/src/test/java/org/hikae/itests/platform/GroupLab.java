package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.Quieting;
import org.hikae.api.copy.CopyLimits;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.group.Group;
import org.hikae.api.group.Groups;
import org.hikae.api.group.Meta;
import org.hikae.api.job.JobInfo;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Layout;
import org.junit.After;
import org.junit.Before;

/** Groups of the files of a disk, their generations, and what each must show for ever: its members as they were (I1). */
public abstract class GroupLab extends InFramework {
    static final String GROUP = "docs";

    /**
     * What a generation must show.
     *
     * @param tree all files of the disk at its instant
     */
    private record Expected(SortedMap<String, String> tree, List<String> list, Meta meta) {}

    Lab lab;
    /** By id. */
    private final Map<String, Expected> expected = new LinkedHashMap<>();

    private String last;

    @Before
    public void openLab() throws Exception {
        lab = Lab.in(context);
    }

    @After
    public void forget() throws IOException {
        lab.watchNothing();
        List<String> made = List.copyOf(expected.keySet());
        for (int i = made.size() - 1; i >= 0; i--) {
            lab.generations().remove(made.get(i));
        }
        expected.clear();
        last = null;
        for (Group group : groups().list()) {
            groups().remove(group.name());
        }
    }

    Groups groups() {
        return services.get(Groups.class);
    }

    /** All files as they are; at the instant the disk stands still. */
    interface Look {
        SortedMap<String, String> tree() throws IOException;
    }

    static BackupRequest request(String disk, Meta meta, boolean differential) {
        return new BackupRequest(
                disk,
                Lab.MEDIUM,
                List.of(),
                new CopyLimits(0, 2),
                Layout.PACKED,
                differential,
                null,
                Quieting.NONE,
                meta == null ? null : new BackupRequest.OfGroup(GROUP, meta));
    }

    /** A backup of the group, which is as it must be, builds upon the group's last one, and has changed no earlier one. */
    JobInfo backUp(String disk, Meta meta, Look look) throws Exception {
        List<SortedMap<String, String>> trees = new ArrayList<>();
        lab.gathering.watch(new ProbeGathering.Watch() {
            @Override
            public void instant() throws IOException {
                trees.add(look.tree());
            }
        });
        List<String> list = groups().get(GROUP).list();
        JobInfo end = Lab.end(lab.backups().backUp(request(disk, meta, last != null)));
        lab.watchNothing();
        assertThat(end.state()).as("%s", end).isEqualTo(JobInfo.State.DONE);
        String generation = (String) end.result().get("generation");
        expected.put(generation, new Expected(trees.get(trees.size() - 1), list, meta));
        GenerationInfo info = lab.generations().get(generation);
        assertThat(info.parent()).as("%s", end).isEqualTo(last);
        assertThat(info.group().list()).isEqualTo(list);
        last = generation;
        checkAll();
        return end;
    }

    /** Nothing builds upon the last one any more. */
    void endChain() {
        last = null;
    }

    String last() {
        return last;
    }

    /** It is gone, and need not be as it was. */
    void gone(String generation) {
        expected.remove(generation);
    }

    void checkAll() throws Exception {
        for (Map.Entry<String, Expected> each : expected.entrySet()) {
            check(each.getKey(), each.getValue());
        }
    }

    private void check(String generation, Expected must) throws IOException {
        GroupModel model = new GroupModel(must.list());
        SortedMap<String, String> members = model.of(must.tree());
        SortedMap<String, String> visible;
        try (GenerationReader reader = lab.generations().open(generation);
                FileSystem files = reader.openFileSystem(lab.disks())) {
            visible = Tree.visible(files);
        }
        if (must.meta() == Meta.GROUP) {
            assertThat(visible).as(generation).isEqualTo(members);
            return;
        }
        assertThat(visible.keySet()).as(generation).isEqualTo(must.tree().keySet());
        visible.forEach((path, is) -> {
            String was = must.tree().get(path);
            if (members.containsKey(path)) {
                assertThat(is).as("%s in %s", path, generation).isEqualTo(was);
            } else {
                assertThat(is).as("%s in %s", path, generation).isIn(was, Tree.unreadable(was));
            }
        });
    }

    /** How the generation shows a file; null if it does not. */
    String shown(String generation, String path) throws IOException {
        try (GenerationReader reader = lab.generations().open(generation);
                FileSystem files = reader.openFileSystem(lab.disks())) {
            return Tree.visible(files).get(path);
        }
    }
}

package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.Quieting;
import org.hikae.api.backup.Retention;
import org.hikae.api.backup.RetentionPlan;
import org.hikae.api.backup.RetentionRequest;
import org.hikae.api.copy.CopyLimits;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.group.Group;
import org.hikae.api.group.Groups;
import org.hikae.api.group.Meta;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Layout;
import org.hikae.api.media.MergeRequest;

/** Groups of files of one disk, each with a chain of generations beside that of the disk itself, and what these must be. */
final class GroupHistory {
    private static final int GROUPS = 3;
    private static final List<String> PATTERNS = List.of(
            "/a/*", "/a/b/", "b/*", "f1", "f?", "f[0-2]", "f[!3]", "a/**/f2", "**/b/f*", "/f4", "c/", "/b/a/f0",
            "moved/*");
    /** Where there are more, some are merged or removed. */
    private static final int MOST_GENERATIONS = 10;

    private final Lab lab;
    private final GroupDisk disk;
    private final String name;
    private final SplittableRandom random;
    private final GroupGuest guest;
    /** By the name of the group; null is none. */
    private final Map<String, List<String>> lists = new TreeMap<>();

    private final Map<String, Made> made = new HashMap<>();
    private final List<String> story = new ArrayList<>();
    private int differentials;

    /**
     * A generation.
     *
     * @param list null: it is of the whole disk
     */
    private record Made(String group, String parent, Meta meta, List<String> list, GroupSnapshot snapshot) {

        Made upon(String other) {
            return new Made(group, other, meta, list, snapshot);
        }
    }

    GroupHistory(Lab lab, GroupDisk disk, long seed) {
        this.lab = lab;
        this.disk = disk;
        this.name = disk.disk().name();
        this.random = new SplittableRandom(seed);
        this.guest = new GroupGuest(random.split());
    }

    /** Returns the number of differential backups of groups. */
    int run(int steps) throws Exception {
        try {
            for (int i = 0; i < GROUPS; i++) {
                String group = name + "-g" + i;
                lists.put(group, list());
                groups().add(new Group(group, name, lists.get(group)));
            }
            change();
            for (int i = 0; i < steps; i++) {
                step();
                check();
            }
            end();
        } catch (Exception | AssertionError e) {
            throw new AssertionError(e + "; " + String.join("; ", story), e);
        }
        return differentials;
    }

    private Groups groups() {
        return lab.services.get(Groups.class);
    }

    private List<String> list() {
        List<String> list = new ArrayList<>(List.of(pattern()));
        for (int left = random.nextInt(4); left > 0; left--) {
            list.add((random.nextInt(3) == 0 ? "X " : "") + pattern());
        }
        return list;
    }

    private String pattern() {
        return PATTERNS.get(random.nextInt(PATTERNS.size()));
    }

    private String anyGroup() {
        return List.copyOf(lists.keySet()).get(random.nextInt(GROUPS));
    }

    private void step() throws Exception {
        int full = made.size() < MOST_GENERATIONS ? 0 : 10;
        switch (made.isEmpty() ? 5 : full + random.nextInt(16 - full)) {
            case 0, 1, 2, 3 -> change();
            case 4 -> edit();
            case 5, 6, 7, 8 -> backUp(anyGroup(), random.nextInt(5) > 0);
            case 9 -> backUp(null, random.nextInt(3) > 0);
            case 10, 11, 12 -> merge();
            case 13, 14 -> retain(random.nextInt(4) == 0 ? null : anyGroup(), random.nextBoolean());
            default -> lab.verify(any());
        }
    }

    private void change() throws Exception {
        disk.use(root -> {
            guest.change(root);
            return null;
        });
        story.add("change");
    }

    private void edit() throws IOException {
        String group = anyGroup();
        lists.put(group, list());
        groups().replace(new Group(group, name, lists.get(group)));
        story.add(group + " is " + lists.get(group));
    }

    /** @param group null: the whole disk */
    private void backUp(String group, boolean differential) throws Exception {
        Meta meta = group == null || random.nextBoolean() ? Meta.ALL : Meta.GROUP;
        String newest = newest(group);
        GroupSnapshot snapshot = disk.use(GroupSnapshot::of);
        JobInfo info = Lab.end(lab.backups()
                .backUp(new BackupRequest(
                        name,
                        Lab.MEDIUM,
                        List.of(),
                        CopyLimits.NONE,
                        Layout.PACKED,
                        differential,
                        null,
                        Quieting.NONE,
                        group == null ? null : new BackupRequest.OfGroup(group, meta))));
        assertThat(info.state()).as("%s", info).isEqualTo(JobInfo.State.DONE);
        String id = (String) info.result().get("generation");
        String parent = lab.generations().get(id).parent();
        story.add(id + " of " + group + " " + meta + " upon " + parent);
        assertThat(parent).as("what %s builds upon: %s", id, info).isEqualTo(differential ? newest : null);
        differentials += group != null && parent != null ? 1 : 0;
        made.put(id, new Made(group, parent, meta, group == null ? null : lists.get(group), snapshot));
    }

    private static long number(String id) {
        return Long.parseLong(id.substring(id.indexOf('@') + 1));
    }

    /** The generations of a group, the oldest first. */
    private List<String> of(String group) {
        return made.keySet().stream()
                .filter(id -> Objects.equals(made.get(id).group(), group))
                .sorted(Comparator.comparingLong(GroupHistory::number))
                .toList();
    }

    private String newest(String group) {
        List<String> all = of(group);
        return all.isEmpty() ? null : all.get(all.size() - 1);
    }

    private String any() {
        List<String> all = made.keySet().stream().sorted().toList();
        return all.get(random.nextInt(all.size()));
    }

    private void merge() throws IOException {
        String to = any();
        String from = to;
        for (int left = 1 + random.nextInt(3); left > 0 && made.get(from).parent() != null; left--) {
            from = made.get(from).parent();
        }
        if (!from.equals(to)) {
            lab.generations().merge(new MergeRequest(from, to, null), Progress.NONE);
            story.add("merge " + from + " to " + to);
            merged(from, to);
        }
    }

    private void merged(String from, String to) {
        String end = made.get(from).parent();
        for (String id = made.get(to).parent(); !Objects.equals(id, end); ) {
            String next = made.remove(id).parent();
            id = next;
        }
        made.computeIfPresent(to, (id, was) -> was.upon(end));
    }

    private void retain(String group, boolean remove) throws Exception {
        int last = 1 + random.nextInt(3);
        RetentionRequest request = new RetentionRequest(name, group, new Retention(last, 0, 0, 0, 0, 0), remove);
        RetentionPlan plan = lab.backups().plan(request);
        List<String> all = of(group);
        assertThat(plan.entries()).extracting(RetentionPlan.Entry::generation).containsExactlyElementsOf(all);
        JobInfo info = Lab.end(lab.backups().retain(request));
        assertThat(info.state()).as("%s", info).isEqualTo(JobInfo.State.DONE);
        story.add("retain " + last + " of " + group + ": " + plan.merges() + plan.removals());
        plan.merges().forEach(merge -> merged(merge.from(), merge.to()));
        plan.removals().forEach(made::remove);
        assertThat(of(group))
                .as("those that are kept")
                .containsAll(all.subList(Math.max(0, all.size() - last), all.size()));
        if (remove) {
            assertThat(of(group)).hasSizeLessThanOrEqualTo(last);
        } else {
            assertThat(plan.removals()).isEmpty();
        }
    }

    private void check() throws IOException {
        Map<String, List<String>> are = new TreeMap<>();
        lab.generations().list().stream()
                .filter(info -> info.disk().equals(name))
                .forEach(info -> are.put(info.id(), Arrays.asList(info.groupName(), info.parent(), info.problem())));
        Map<String, List<String>> expected = new TreeMap<>();
        made.forEach((id, is) -> expected.put(id, Arrays.asList(is.group(), is.parent(), null)));
        assertThat(are).isEqualTo(expected);
        for (Map.Entry<String, Made> each : made.entrySet()) {
            try (GenerationReader reader = lab.generations().open(each.getKey());
                    FileSystem fileSystem = reader.openFileSystem(lab.disks())) {
                Made is = each.getValue();
                is.snapshot().check(each.getKey(), fileSystem, is.meta(), is.list());
            }
        }
    }

    /** Nothing is left of what was merged or removed (R19). */
    private void end() throws IOException {
        made.keySet().stream()
                .sorted(Comparator.comparingLong(GroupHistory::number).reversed())
                .forEach(this::remove);
        assertThat(lab.files(Lab.MEDIUM)).noneMatch(file -> file.startsWith(name + "@"));
        for (String group : lists.keySet()) {
            groups().remove(group);
        }
        lab.forget(disk.disk());
    }

    private void remove(String id) {
        try {
            lab.generations().remove(id);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

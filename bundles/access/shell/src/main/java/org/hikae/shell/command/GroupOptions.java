package org.hikae.shell.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.group.Groups;
import org.hikae.api.group.Meta;
import org.hikae.api.media.Layout;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.UsageException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which groups of files are backed up, beside whole disks. */
final class GroupOptions {

    @Option(
            names = "--group",
            paramLabel = "GROUP",
            split = ",",
            description = "Names of groups of files to back up, with commas between, by a job for each.")
    private List<String> groups;

    @Mixin
    private MetaOption meta;

    /**
     * What is backed up.
     *
     * @param group null: the whole disk
     */
    record Subject(String disk, BackupRequest.OfGroup group) {}

    /** Names, in their order. */
    List<String> names() {
        return groups == null ? List.of() : groups;
    }

    /** @throws UsageException if they do not go with each other */
    void check(KindOptions kind) throws UsageException {
        BackupCommand.checkOnce("group", names());
        if (groups == null) {
            meta.checkUnused("--group");
        } else if (kind.since != null) {
            throw new UsageException(
                    "--since does not go with --group: a group's changes are taken since its own last" + " backup");
        } else if (kind.layout == Layout.IMAGE) {
            throw new UsageException("an image is whole: --layout image does not go with --group");
        }
    }

    /**
     * The disks, then the groups.
     *
     * @throws IOException if there is no such group
     */
    List<Subject> subjects(Call call, List<String> disks) throws IOException {
        List<Subject> subjects = new ArrayList<>();
        disks.forEach(disk -> subjects.add(new Subject(disk, null)));
        Meta chosen = meta.meta();
        for (String name : names()) {
            String disk = call.service(Groups.class).get(name).disk();
            subjects.add(new Subject(disk, new BackupRequest.OfGroup(name, chosen)));
        }
        return subjects;
    }
}

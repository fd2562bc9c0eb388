package org.hikae.backup;

import java.io.IOException;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.disk.Disk;
import org.hikae.api.group.Group;
import org.hikae.api.group.Groups;
import org.hikae.api.media.GenerationGroup;

/** What backups of groups ask of the groups that there are. Thread-safe. */
final class OfGroups {

    private final Groups groups;

    OfGroups(Groups groups) {
        this.groups = groups;
    }

    /** @throws IOException if the disk has no such group, or no file system */
    void check(String group, Disk disk) throws IOException {
        get(group, disk);
        if (!disk.hasFileSystem()) {
            throw new IOException(raw(group, disk.name()));
        }
    }

    private Group get(String group, Disk disk) throws IOException {
        Group found = groups.get(group);
        if (!found.disk().equals(disk.name())) {
            throw new IOException("group '" + group + "' is one of disk '" + found.disk() + "', not of '" + disk.name()
                    + "'; see 'group list'");
        }
        return found;
    }

    /** What to say where there are no files. */
    static String raw(String group, String disk) {
        return "the files of group '" + group + "' cannot be told: disk '" + disk
                + "' is raw, and has no file system that is known; back up the whole disk";
    }

    /**
     * The group with its list as it is now; null for null.
     *
     * @throws IOException if the disk has no such group any more
     */
    GenerationGroup now(BackupRequest.OfGroup group, Disk disk) throws IOException {
        return group == null
                ? null
                : new GenerationGroup(
                        group.name(), group.meta(), get(group.name(), disk).list());
    }
}

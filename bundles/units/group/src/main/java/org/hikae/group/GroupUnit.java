package org.hikae.group;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.Disks;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.group.Group;
import org.hikae.api.group.Groups;
import org.hikae.group.list.GroupList;
import org.hikae.group.select.Selection;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The one registry of groups (23). */
@Component
public final class GroupUnit implements Groups {

    private final ConfiguredGroups groups;
    private final Disks disks;

    @Activate
    public GroupUnit(@Reference ConfigurationAdmin admin, @Reference Disks disks) {
        this.groups = new ConfiguredGroups(admin);
        this.disks = disks;
    }

    @Override
    public List<Group> list() {
        try {
            return groups.all();
        } catch (IOException e) {
            throw new IllegalStateException("the groups cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public Group get(String name) throws IOException {
        return groups.get(name);
    }

    @Override
    public synchronized void add(Group group) throws IOException {
        groups.checkNew(group.name());
        check(group.list());
        Optional<Disk> disk = disk(group.disk());
        if (disk.isPresent() && !disk.get().hasFileSystem()) {
            throw new IOException("there can be no group of files on disk '" + group.disk()
                    + "': it was added as raw, so that its files are not known; remove it and add it with its format");
        }
        groups.store(group);
    }

    /** Empty if it is not there, or cannot be opened, as long as a backup does not need it. */
    private Optional<Disk> disk(String name) {
        try {
            return Optional.of(disks.get(name));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public synchronized void replace(Group group) throws IOException {
        Group before = groups.get(group.name());
        check(group.list());
        if (!before.disk().equals(group.disk())) {
            throw new IOException("group '" + group.name() + "' is one of disk '" + before.disk()
                    + "', and stays there; add another group for disk '" + group.disk() + "'");
        }
        groups.store(group);
    }

    @Override
    public void check(List<String> list) throws IOException {
        GroupList.of(list);
    }

    @Override
    public synchronized void remove(String name) throws IOException {
        groups.remove(name);
    }

    @Override
    public BlockSet select(List<String> list, FileSystem fileSystem, Visitor visitor) throws IOException {
        return Selection.of(GroupList.of(list), fileSystem, visitor);
    }
}

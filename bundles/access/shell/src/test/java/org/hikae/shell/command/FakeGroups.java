package org.hikae.shell.command;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileType;
import org.hikae.api.group.Group;
import org.hikae.api.group.Groups;

/** Groups in a list. A line matches the file of that path, and {@code *} all; {@code [} cannot be understood. */
final class FakeGroups implements Groups {

    final Map<String, Group> groups = new TreeMap<>();

    @Override
    public List<Group> list() {
        return List.copyOf(groups.values());
    }

    @Override
    public Group get(String name) throws IOException {
        if (!groups.containsKey(name)) {
            throw new IOException("there is no group '" + name + "'; see 'group list'");
        }
        return groups.get(name);
    }

    @Override
    public void add(Group group) throws IOException {
        check(group.list());
        if (groups.putIfAbsent(group.name(), group) != null) {
            throw new IOException("there is a group '" + group.name() + "' already");
        }
    }

    @Override
    public void replace(Group group) throws IOException {
        get(group.name());
        check(group.list());
        groups.put(group.name(), group);
    }

    @Override
    public void check(List<String> list) throws IOException {
        for (String line : list) {
            if (line.equals("[")) {
                throw new IOException("line '[' cannot be understood");
            }
        }
    }

    @Override
    public void remove(String name) throws IOException {
        get(name);
        groups.remove(name);
    }

    @Override
    public BlockSet select(List<String> list, FileSystem fileSystem, Visitor visitor) throws IOException {
        FileEntry root = fileSystem.find("/").orElseThrow();
        fileSystem.walk(root, file -> {
            boolean member = list.contains("*") || list.contains(file.path());
            if (member || file.attributes().type() == FileType.DIRECTORY) {
                visitor.visit(file, member);
            }
            return true;
        });
        return BlockSet.of(new BlockRun(40, 1), new BlockRun(50, 2));
    }
}

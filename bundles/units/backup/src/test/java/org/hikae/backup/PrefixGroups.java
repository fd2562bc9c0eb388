package org.hikae.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileType;
import org.hikae.api.group.Group;
import org.hikae.api.group.Groups;

/** Groups whose lists are paths: what is at one of them, or below, is a member. */
final class PrefixGroups implements Groups {

    private final Map<String, List<String>> lists = new LinkedHashMap<>();

    PrefixGroups with(String name, String... list) {
        lists.put(name, List.of(list));
        return this;
    }

    @Override
    public List<Group> list() {
        return lists.keySet().stream()
                .map(name -> new Group(name, "d", lists.get(name)))
                .toList();
    }

    @Override
    public Group get(String name) throws IOException {
        if (!lists.containsKey(name)) {
            throw new IOException("there is no group " + name);
        }
        return new Group(name, "d", lists.get(name));
    }

    @Override
    public void add(Group group) {
        throw new UnsupportedOperationException("they are given");
    }

    @Override
    public void replace(Group group) {
        throw new UnsupportedOperationException("they are given");
    }

    @Override
    public void check(List<String> list) {
        // Each is a path.
    }

    @Override
    public void remove(String name) {
        throw new UnsupportedOperationException("they are given");
    }

    /** As the real one, shows a directory on the way only when something in it is met. */
    @Override
    public BlockSet select(List<String> list, FileSystem fileSystem, Visitor visitor) throws IOException {
        List<FileEntry> waiting = new ArrayList<>();
        fileSystem.walk(fileSystem.find("/").orElseThrow(), file -> {
            waiting.removeIf(directory -> !PathView.isWithin(file, directory));
            boolean member = list.stream().anyMatch(line -> (file.path() + "/").startsWith(line + "/"));
            if (member) {
                for (FileEntry directory : waiting) {
                    visitor.visit(directory, false);
                }
                waiting.clear();
                visitor.visit(file, true);
            } else if (file.attributes().type() == FileType.DIRECTORY) {
                waiting.add(file);
            }
            return true;
        });
        return BlockSet.empty();
    }
}

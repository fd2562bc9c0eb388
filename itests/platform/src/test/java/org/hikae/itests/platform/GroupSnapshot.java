package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.group.Meta;

/** All files of a disk at an instant, as programs saw them, and what a generation of a group must have of them. */
final class GroupSnapshot {
    private static final String ROOT = "/";

    private final SortedMap<String, Entry> entries = new TreeMap<>();

    /**
     * A file under one of its names.
     *
     * @param text all that is to be said of it
     * @param file the same for all of its names
     * @param stored whether it has content that lies in blocks for certain
     */
    private record Entry(String text, Object file, boolean directory, boolean stored) {}

    static GroupSnapshot of(Path root) throws IOException {
        GroupSnapshot snapshot = new GroupSnapshot();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                snapshot.add(ROOT + root.relativize(path), path);
            }
        }
        return snapshot;
    }

    private void add(String name, Path path) throws IOException {
        boolean regular = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
        boolean stored = false;
        if (regular) {
            for (byte each : Files.readAllBytes(path)) {
                stored |= each != 0;
            }
        }
        Object number = Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS);
        boolean directory = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
        entries.put(name, new Entry(Tree.describe(path), number, directory, stored));
    }

    /** The paths of the members of a list, those alone that it matches. */
    private Set<String> named(List<String> list) {
        return entries.keySet().stream()
                .filter(path -> !path.equals(ROOT)
                        && GroupListModel.isMember(list, path, entries.get(path).directory()))
                .collect(Collectors.toSet());
    }

    /** Members and the directories on the way; not the root, of which a group without members has no need. */
    private Set<String> shown(Set<String> named) {
        Set<String> shown = new HashSet<>(named);
        for (String path : named) {
            for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
                shown.add(path.substring(0, slash));
            }
        }
        return shown;
    }

    /** @param list of the group; null: the files are those of the whole disk */
    void check(String about, FileSystem fileSystem, Meta meta, List<String> list) throws IOException {
        Set<String> named = list == null ? entries.keySet() : named(list);
        Set<Object> members = new HashSet<>();
        named.forEach(path -> members.add(entries.get(path).file()));
        Collection<String> names = meta == Meta.GROUP ? shown(named) : new HashSet<>(entries.keySet());
        names.remove(ROOT);
        Map<String, FileEntry> found = found(fileSystem);
        assertThat(found.keySet()).as("names in %s of %s", about, list).containsExactlyInAnyOrderElementsOf(names);
        List<String> wrong = new ArrayList<>();
        for (FileEntry file : found.values()) {
            Entry entry = entries.get(file.path());
            String is = describe(fileSystem, file);
            boolean member = entry.directory() || members.contains(entry.file());
            boolean right = is == null ? !member && isSaid(entry, file) : is.equals(entry.text());
            if (!right || is != null && !member && entry.stored()) {
                wrong.add(file.path() + " is " + is + ", was " + entry.text() + (member ? "" : ", no member"));
            }
        }
        assertThat(wrong).as("%s of %s", about, list).isEmpty();
    }

    private static Map<String, FileEntry> found(FileSystem fileSystem) throws IOException {
        Map<String, FileEntry> found = new TreeMap<>();
        FileEntry root = fileSystem.find(ROOT).orElse(null);
        if (root != null) {
            fileSystem.walk(root, file -> found.put(file.path(), file) == null);
        }
        found.remove(ROOT);
        return found;
    }

    /** Null if its content cannot be read. */
    private static String describe(FileSystem fileSystem, FileEntry file) {
        try {
            return Tree.describe(fileSystem, file.attributes());
        } catch (IOException e) {
            return null;
        }
    }

    /** Its attributes are there all the same. */
    private static boolean isSaid(Entry entry, FileEntry file) {
        return entry.text()
                .startsWith("regular " + Tree.attributes(file.attributes()) + " "
                        + file.attributes().size() + " bytes");
    }
}

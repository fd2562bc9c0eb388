package org.hikae.itests.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileType;

/** All that is to be said of the files of a tree, by their paths: what nodes show of it, and what a generation has. */
final class Tree {
    private Tree() {}

    /** As a node shows it. */
    static SortedMap<String, String> of(Path root) throws IOException {
        SortedMap<String, String> tree = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                tree.put("/" + root.relativize(path), describe(path));
            }
        }
        return tree;
    }

    static String describe(Path path) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
        String common = common(
                ((Number) attributes.get("mode")).intValue() & 07777,
                ((Number) attributes.get("uid")).longValue(),
                ((Number) attributes.get("gid")).longValue(),
                ((Number) attributes.get("nlink")).longValue(),
                ((FileTime) attributes.get("lastModifiedTime")).toInstant());
        if (Files.isSymbolicLink(path)) {
            return "symlink " + common + " to " + Files.readSymbolicLink(path);
        } else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return "directory " + common;
        }
        return "regular " + common + content(ByteBuffer.wrap(Files.readAllBytes(path)));
    }

    /** As a file system has it that nobody has mounted. */
    static SortedMap<String, String> of(FileSystem fileSystem) throws IOException {
        SortedMap<String, String> tree = new TreeMap<>();
        FileEntry root = fileSystem.find("/").orElseThrow();
        fileSystem.walk(root, file -> {
            tree.put(file.path(), describe(fileSystem, file.attributes()));
            return true;
        });
        return tree;
    }

    /** Likewise; content that cannot be read is said to be {@code unreadable}. */
    static SortedMap<String, String> visible(FileSystem fileSystem) throws IOException {
        SortedMap<String, String> tree = new TreeMap<>();
        FileEntry root = fileSystem.find("/").orElseThrow();
        fileSystem.walk(root, file -> {
            tree.put(file.path(), describe(fileSystem, file.attributes(), true));
            return true;
        });
        return tree;
    }

    /** The same of a file whose content cannot be read. */
    static String unreadable(String described) {
        return described.replaceFirst(" bytes .*", " bytes unreadable");
    }

    static String describe(FileSystem fileSystem, FileAttributes file) throws IOException {
        return describe(fileSystem, file, false);
    }

    private static String describe(FileSystem fileSystem, FileAttributes file, boolean visible) throws IOException {
        String common = attributes(file);
        if (file.type() == FileType.SYMLINK) {
            return "symlink " + common + " to " + fileSystem.symlinkTarget(file.inode());
        } else if (file.type() == FileType.DIRECTORY) {
            return "directory " + common;
        }
        ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(file.size()));
        try {
            fileSystem.read(file.inode(), content, 0);
        } catch (IOException e) {
            if (visible) {
                return "regular " + common + " " + file.size() + " bytes unreadable";
            }
            throw e;
        }
        return "regular " + common + content(content.flip());
    }

    /** All but what it has in it. */
    static String attributes(FileAttributes file) {
        return common(file.mode(), file.uid(), file.gid(), file.links(), file.modified());
    }

    private static String common(int mode, long uid, long gid, long links, Instant modified) {
        return Integer.toOctalString(mode) + " " + uid + ":" + gid + " links " + links + " modified " + modified;
    }

    private static String content(ByteBuffer content) {
        CRC32C sum = new CRC32C();
        int size = content.remaining();
        sum.update(content);
        return " " + size + " bytes " + Long.toHexString(sum.getValue());
    }
}

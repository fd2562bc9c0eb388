package org.hikae.itests.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.api.fs.FileName;

/** What a folder is made of, as the machine shows it: all that a restore has to bring back, by names, each byte as the character of its number. */
final class TreeText {

    private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");

    private final Path root;
    private final SortedMap<String, String> lines = new TreeMap<>();
    private final Map<Object, String> links = new HashMap<>();

    private TreeText(Path root) {
        this.root = root;
    }

    static SortedMap<String, String> of(Path root) throws IOException {
        TreeText text = new TreeText(root);
        for (Path each : FileTree.all(root)) {
            text.add(each);
        }
        return text.lines;
    }

    /** A path from a folder on; the folder itself is an empty one. */
    static String name(Path root, Path path) {
        return bytes(path).substring(bytes(root).length());
    }

    /** The bytes of a path, each as the character of its number. */
    static String bytes(Path path) {
        String raw = path.toUri().getRawPath();
        String text = ESCAPE.matcher(raw)
                .replaceAll(found ->
                        Matcher.quoteReplacement(Character.toString((char) Integer.parseInt(found.group(1), 16))));
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** The same of a path as commands show it. */
    static String bytes(String shown) {
        return new String(FileName.parse(shown).bytes(), StandardCharsets.ISO_8859_1);
    }

    private void add(Path path) throws IOException {
        Map<String, Object> facts = Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
        String name = name(root, path);
        StringBuilder line = new StringBuilder();
        line.append(Integer.toOctalString((Integer) facts.get("mode")));
        line.append(' ').append(facts.get("uid")).append(':').append(facts.get("gid"));
        line.append(' ').append(((FileTime) facts.get("lastModifiedTime")).toInstant());
        if (Files.isSymbolicLink(path)) {
            line.append(" -> ").append(bytes(Path.of("/").resolve(Files.readSymbolicLink(path))));
        } else if (FileTree.isFile(path)) {
            line.append(' ').append(Files.size(path)).append(' ').append(FileTree.sha256(path));
            if ((Integer) facts.get("nlink") > 1) {
                line.append(" = ").append(links.computeIfAbsent(facts.get("ino"), inode -> name));
            }
        }
        if (FileTree.isFile(path) || FileTree.isFolder(path)) {
            addAttributes(path, line);
        }
        lines.put(name, line.toString());
    }

    private static void addAttributes(Path path, StringBuilder line) throws IOException {
        UserDefinedFileAttributeView view = Files.getFileAttributeView(path, UserDefinedFileAttributeView.class);
        for (String attribute : new TreeSet<>(view.list())) {
            ByteBuffer value = ByteBuffer.allocate(view.size(attribute));
            view.read(attribute, value);
            line.append(' ').append(attribute).append('=').append(HexFormat.of().formatHex(value.array()));
        }
    }

    /** What a center lists of the same, by path: kind, size and content of files, time of all. */
    static SortedMap<String, String> listed(Path root) throws IOException {
        SortedMap<String, String> lines = new TreeMap<>();
        for (Path path : FileTree.all(root)) {
            boolean file = FileTree.isFile(path);
            Instant modified =
                    Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
            lines.put(
                    bytes(path),
                    listed(modified, file ? Files.size(path) : 0, file ? FileTree.contentHash(path) : null));
        }
        return lines;
    }

    static String listed(Instant modified, long size, String sha256) {
        return modified + " " + size + " " + sha256;
    }
}

package org.hikae.itests.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileType;

/**
 * All that a restore brings back of the files of a tree, by their paths from its beginning on: what two file systems, of
 * whatever format, must agree about.
 */
final class Inventory {
    private static final int PIECE = 1 << 20;
    /** What comes after it is not to be had of every file system. */
    private static final String DETAILS = " | ";

    private final FileSystem files;
    private final String start;
    private final SortedMap<String, String> lines = new TreeMap<>();

    private Inventory(FileSystem files, String start) {
        this.files = files;
        this.start = start.equals("/") ? "" : start;
    }

    static SortedMap<String, String> of(FileSystem files, String start) throws IOException {
        Inventory inventory = new Inventory(files, start);
        files.walk(files.find(start).orElseThrow(), file -> {
            inventory.add(file);
            return true;
        });
        return inventory.lines;
    }

    /** Of the machine's own files, without what is as each of its file systems likes: links of directories, attributes. */
    static SortedMap<String, String> ofFolder(Path folder) throws IOException {
        SortedMap<String, String> lines = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                lines.put("/" + folder.relativize(file), describe(file));
            }
        }
        return lines;
    }

    private static String describe(Path file) throws IOException {
        Map<String, Object> values = Files.readAttributes(file, "unix:*", LinkOption.NOFOLLOW_LINKS);
        boolean link = Files.isSymbolicLink(file);
        FileType type = link
                ? FileType.SYMLINK
                : Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) ? FileType.DIRECTORY : FileType.REGULAR;
        String common = common(
                type,
                (Integer) values.get("mode") & 07777,
                (Integer) values.get("uid"),
                (Integer) values.get("gid"),
                ((Number) values.get("nlink")).longValue(),
                ((FileTime) values.get("lastModifiedTime")).toInstant());
        if (link) {
            return common + " to " + Files.readSymbolicLink(file);
        }
        return type == FileType.REGULAR ? common + content(Files.readAllBytes(file)) : common;
    }

    private static String content(byte[] content) {
        return " " + content.length + " bytes " + HexFormat.of().formatHex(sha256().digest(content));
    }

    private static String common(FileType type, int mode, long uid, long gid, long links, Instant modified) {
        return type + " " + Integer.toOctalString(mode) + " " + uid + ":" + gid
                + (type == FileType.DIRECTORY ? "" : " links " + links) + " modified " + modified;
    }

    private void add(FileEntry file) throws IOException {
        String path = file.path().equals("/") ? "" : file.path().substring(start.length());
        lines.put(path.isEmpty() ? "/" : path, describe(file.attributes()));
    }

    private String describe(FileAttributes file) throws IOException {
        String common = common(file.type(), file.mode(), file.uid(), file.gid(), file.links(), file.modified());
        if (file.type() == FileType.SYMLINK) {
            common += " to " + files.symlinkTarget(file.inode());
        } else if (file.type() == FileType.REGULAR) {
            common += " " + file.size() + " bytes " + content(file);
        }
        return common + DETAILS + "accessed " + file.accessed() + " device " + file.deviceMajor() + ":"
                + file.deviceMinor() + (file.type() == FileType.DIRECTORY ? " links " + file.links() : "")
                + attributes(file.inode());
    }

    /** As {@link #ofFolder} would describe the same. */
    static SortedMap<String, String> withoutDetails(SortedMap<String, String> lines) {
        SortedMap<String, String> shorter = new TreeMap<>(lines);
        shorter.replaceAll((path, line) -> line.substring(0, line.indexOf(DETAILS)));
        return shorter;
    }

    private String attributes(long inode) throws IOException {
        List<ExtendedAttribute> sorted = files.extendedAttributes(inode).stream()
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .toList();
        StringBuilder text = new StringBuilder();
        for (ExtendedAttribute attribute : sorted) {
            text.append(' ')
                    .append(attribute.name())
                    .append('=')
                    .append(HexFormat.of().formatHex(attribute.value()));
        }
        return text.toString();
    }

    private String content(FileAttributes file) throws IOException {
        MessageDigest digest = sha256();
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        for (long at = 0; at < file.size(); at += PIECE) {
            piece.clear().limit((int) Math.min(PIECE, file.size() - at));
            files.read(file.inode(), piece, at);
            digest.update(piece.flip());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

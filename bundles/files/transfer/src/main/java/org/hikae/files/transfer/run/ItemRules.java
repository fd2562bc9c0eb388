package org.hikae.files.transfer.run;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.files.transfer.run.RunItem.Attribute;
import org.hikae.files.transfer.run.RunItem.Data;
import org.hikae.files.transfer.run.RunItem.End;
import org.hikae.files.transfer.run.RunItem.FileEnd;
import org.hikae.files.transfer.run.RunItem.FileItem;
import org.hikae.files.transfer.run.RunItem.Gone;
import org.hikae.files.transfer.run.RunItem.Nothing;
import org.hikae.files.transfer.run.RunItem.Same;
import org.hikae.files.transfer.run.RunItem.Start;

/** What is allowed within an item. What is allowed after another is told by {@link RunCheck}. */
public final class ItemRules {
    /** Bytes of a path or of a link's target. */
    public static final int MAX_PATH = (1 << 16) - 1;

    /** Bytes of a name of a user, group, backup or attribute. */
    public static final int MAX_TEXT = 255;

    /** Bytes of a reason for doubt. */
    public static final int MAX_DOUBT = 1000;

    /** Number of extended attributes of a file. */
    public static final int MAX_ATTRIBUTES = 10_000;

    /** Bytes of names and values of a file's extended attributes together. */
    public static final int MAX_ATTRIBUTE_BYTES = 768 << 10;

    private static final Pattern BACKUP = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final long MAX_ID = (1L << 32) - 1;
    private static final int MAX_MODE = 07777;

    private ItemRules() {}

    /** Whether this can be the name of a row. */
    public static boolean isBackup(String name) {
        return name != null && BACKUP.matcher(name).matches();
    }

    /**
     * @throws FormatException unless the path is absolute, not too long, and has components that are names: not empty,
     *     {@code .} or {@code ..}, and without NUL
     */
    public static void checkPath(FileName path) throws FormatException {
        byte[] bytes = path.bytes();
        require(bytes.length >= 1 && bytes.length <= MAX_PATH, "a path of %s bytes", bytes.length);
        require(bytes[0] == '/', "a path that is not absolute: %s", path);
        int begin = 1;
        for (int at = 1; at <= bytes.length; at++) {
            if (at == bytes.length || bytes[at] == '/') {
                checkComponent(bytes, begin, at, path);
                begin = at + 1;
            } else {
                require(bytes[at] != 0, "a path with NUL in it: %s", path);
            }
        }
    }

    private static void checkComponent(byte[] bytes, int begin, int end, FileName path) throws FormatException {
        int length = end - begin;
        boolean root = bytes.length == 1;
        require(root || length > 0, "a path with an empty name in it: %s", path);
        boolean dots = length >= 1 && length <= 2 && bytes[begin] == '.' && bytes[end - 1] == '.';
        require(!dots, "a path with a name of dots in it: %s", path);
    }

    static void check(RunItem item) throws FormatException {
        if (item instanceof Start start) {
            require(isBackup(start.backup()), "a run of a backup of the name %s", start.backup());
            require(start.number() >= 1, "a run of number %s", start.number());
            require(
                    start.base() >= 0 && start.base() < start.number(),
                    "a run of number %s that builds upon %s",
                    start.number(),
                    start.base());
        } else if (item instanceof FileItem file) {
            checkFile(file);
        } else if (item instanceof Data data) {
            require(data.offset() >= 0, "a piece at %s", data.offset());
            require(data.bytes().hasRemaining(), "an empty piece at %s", data.offset());
            require(data.offset() <= Long.MAX_VALUE - data.bytes().remaining(), "a piece at %s", data.offset());
        } else if (item instanceof FileEnd end) {
            require(end.sha256().length == ContentHash.LENGTH, "a hash of %s bytes", end.sha256().length);
            checkText(end.doubt(), MAX_DOUBT);
        } else if (item instanceof Gone gone) {
            checkPath(gone.path());
        } else if (item instanceof End end) {
            require(end.files() >= 0 && end.gone() >= 0 && end.bytes() >= 0, "an end with counts below zero");
            require(end.digest().length == RunDigest.LENGTH, "a digest of %s bytes", end.digest().length);
        }
    }

    private static void checkFile(FileItem file) throws FormatException {
        checkPath(file.path());
        FileName path = file.path();
        FileType type = file.type();
        boolean regular = type == FileType.REGULAR;
        boolean device = type == FileType.BLOCK_DEVICE || type == FileType.CHARACTER_DEVICE;
        require(path.length() > 1 || type == FileType.DIRECTORY, "the root as a %s", type);
        require(file.mode() >= 0 && file.mode() <= MAX_MODE, "%s with a mode of %s", path, file.mode());
        require(isId(file.uid()) && isId(file.gid()), "%s of owner %s and group %s", path, file.uid(), file.gid());
        checkText(file.owner(), MAX_TEXT);
        checkText(file.group(), MAX_TEXT);
        require(file.size() >= 0, "%s of %s bytes", path, file.size());
        require(regular || file.size() == 0, "%s, a %s, of %s bytes", path, type, file.size());
        require(device || file.device() == 0, "%s, a %s, with a number of a device", path, type);
        checkTarget(file);
        require(file.link() == 0 || type != FileType.DIRECTORY, "%s, a folder with several names", path);
        require(regular != file.content() instanceof Nothing, "%s, a %s: %s", path, type, file.content());
        if (file.content() instanceof Same same) {
            require(same.run() >= 1, "%s with the content of run %s", path, same.run());
            checkPath(same.path());
        }
        checkAttributes(file);
    }

    private static void checkTarget(FileItem file) throws FormatException {
        boolean link = file.type() == FileType.SYMLINK;
        require(
                link == (file.target() != null),
                "%s, a %s with the target %s",
                file.path(),
                file.type(),
                file.target());
        if (link) {
            int length = file.target().length();
            require(length >= 1 && length <= MAX_PATH, "%s with a target of %s bytes", file.path(), length);
            require(!hasNul(file.target().bytes()), "%s with a target with NUL in it", file.path());
        }
    }

    private static void checkAttributes(FileItem file) throws FormatException {
        Set<FileName> names = new HashSet<>();
        long bytes = 0;
        for (Attribute attribute : file.attributes()) {
            int length = attribute.name().length();
            require(length >= 1 && length <= MAX_TEXT, "%s with an attribute's name of %s bytes", file.path(), length);
            require(!hasNul(attribute.name().bytes()), "%s with an attribute's name with NUL in it", file.path());
            require(names.add(attribute.name()), "%s with two attributes %s", file.path(), attribute.name());
            bytes += length + attribute.value().length;
        }
        require(
                bytes <= MAX_ATTRIBUTE_BYTES && names.size() <= MAX_ATTRIBUTES,
                "%s with %s bytes of extended attributes",
                file.path(),
                bytes);
    }

    private static void checkText(String text, int max) throws FormatException {
        if (text != null) {
            int length = text.getBytes(StandardCharsets.UTF_8).length;
            require(length >= 1 && length <= max, "a text of %s bytes", length);
        }
    }

    private static boolean isId(long id) {
        return id >= 0 && id <= MAX_ID;
    }

    private static boolean hasNul(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }

    private static void require(boolean right, String otherwise, Object... about) throws FormatException {
        if (!right) {
            throw new FormatException(String.format(otherwise, about));
        }
    }
}

package org.hikae.files.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.files.client.select.Facts;
import org.hikae.io.ExactPaths;
import org.hikae.io.MachineFiles;
import org.hikae.io.UnixFiles;

/** Trees of files: made by chance, and described so that they can be compared. */
public final class Trees {

    private static final String[] NAMES = {"a", "b", "c", "d", "file.txt", "A b", "\u00e4\u6f22", "x!", "-n", "a\\x41"};

    private final Path root;
    private final Random random;

    public Trees(Path root, Random random) {
        this.root = root;
        this.random = random;
    }

    /** Each path below a folder, its bytes as text, with what it is. */
    public static Map<String, String> describe(Path root) throws IOException {
        Map<String, String> all = new TreeMap<>();
        Map<Object, String> links = new HashMap<>();
        byte[] base = ExactPaths.bytes(root);
        for (Path place : walk(root)) {
            byte[] bytes = ExactPaths.bytes(place);
            String name = FileName.of(Arrays.copyOfRange(bytes, base.length, bytes.length))
                    .toString();
            all.put(name, describe(place, name, links));
        }
        return all;
    }

    public static List<Path> walk(Path root) throws IOException {
        List<Path> all = new ArrayList<>(List.of(root));
        if (Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
            List<Path> children = new ArrayList<>();
            try (var stream = Files.newDirectoryStream(root)) {
                stream.forEach(children::add);
            }
            children.sort((a, b) -> Arrays.compareUnsigned(ExactPaths.bytes(a), ExactPaths.bytes(b)));
            for (Path child : children) {
                all.addAll(walk(child));
            }
        }
        return all;
    }

    private static String describe(Path place, String name, Map<Object, String> links) throws IOException {
        Facts facts = Facts.of(place);
        StringBuilder text = new StringBuilder();
        text.append(facts.type()).append(' ').append(Integer.toOctalString(facts.mode()));
        text.append(' ')
                .append(facts.uid())
                .append(' ')
                .append(facts.gid())
                .append(' ')
                .append(facts.modified());
        text.append(' ').append(facts.special());
        if (facts.type() == FileType.SYMLINK) {
            text.append(" -> ").append(FileName.of(new MachineFiles().target(place)));
        } else if (facts.isRegular()) {
            text.append(' ').append(facts.size()).append(' ').append(Arrays.hashCode(Files.readAllBytes(place)));
            if (facts.links() > 1) {
                text.append(" = ").append(links.computeIfAbsent(facts.inode(), key -> name));
            }
        }
        for (ExtendedAttribute attribute : UnixFiles.extendedAttributes(place)) {
            text.append(' ')
                    .append(attribute.name())
                    .append('=')
                    .append(HexFormat.of().formatHex(attribute.value()));
        }
        return text.toString();
    }

    /** Makes a few changes. */
    public void change(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            change();
        }
    }

    private void change() throws IOException {
        List<Path> all = walk(root);
        Path any = all.get(random.nextInt(all.size()));
        Path folder = Files.isDirectory(any, LinkOption.NOFOLLOW_LINKS) ? any : any.getParent();
        Path fresh = ExactPaths.child(folder, name());
        boolean there = Files.exists(fresh, LinkOption.NOFOLLOW_LINKS);
        switch (random.nextInt(14)) {
            case 0, 1 -> {
                if (!there) {
                    Files.createDirectory(fresh);
                }
            }
            case 2, 3, 4 -> {
                if (!Files.isDirectory(fresh, LinkOption.NOFOLLOW_LINKS)) {
                    Files.deleteIfExists(fresh);
                    write(fresh);
                }
            }
            case 5 -> {
                if (!there) {
                    new MachineFiles()
                            .createSymlink(fresh, ("../" + random.nextInt(9)).getBytes(StandardCharsets.UTF_8));
                }
            }
            case 6 -> {
                if (!there) {
                    new MachineFiles().createSpecial(fresh, FileType.FIFO, 0, 0);
                }
            }
            case 7 -> {
                if (!there && Files.isRegularFile(any, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createLink(fresh, any);
                }
            }
            case 8 -> {
                if (Files.isRegularFile(any, LinkOption.NOFOLLOW_LINKS)) {
                    overwrite(any);
                }
            }
            case 9 -> {
                if (!any.equals(root)) {
                    delete(any);
                }
            }
            case 10 -> {
                if (!Files.isSymbolicLink(any)) {
                    Files.setAttribute(any, "unix:mode", random.nextInt(2) == 0 ? 0700 : 0751);
                }
            }
            case 11 ->
                new MachineFiles()
                        .setTimes(
                                any,
                                Instant.ofEpochSecond(1, 5),
                                Instant.ofEpochSecond(random.nextInt(1 << 30), 123_456_789));
            case 12 -> {
                if (Files.isRegularFile(any, LinkOption.NOFOLLOW_LINKS)
                        || Files.isDirectory(any, LinkOption.NOFOLLOW_LINKS)) {
                    byte[] value = new byte[random.nextInt(600)];
                    random.nextBytes(value);
                    UnixFiles.setExtendedAttribute(any, "user.x".getBytes(StandardCharsets.UTF_8), value);
                }
            }
            default -> {
                if (!there && !any.equals(root)) {
                    boolean into = folder.startsWith(any);
                    if (!into) {
                        Files.move(any, fresh);
                    }
                }
            }
        }
    }

    private byte[] name() {
        byte[] name = NAMES[random.nextInt(NAMES.length)].getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(8) == 0) {
            name = new byte[] {(byte) 0xff, (byte) (1 + random.nextInt(30)), '\n'};
        }
        return name;
    }

    private void write(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            int size = random.nextInt(10) == 0 ? 3_000_000 : random.nextInt(5000);
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            long at = random.nextInt(4) == 0 ? 1L << 20 : 0;
            channel.write(ByteBuffer.wrap(bytes), at);
            if (at > 0 && random.nextBoolean()) {
                channel.write(ByteBuffer.wrap(new byte[] {0}), at + size + (3 << 20));
            }
        }
    }

    private void overwrite(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {(byte) random.nextInt()}), random.nextInt(100));
        }
    }

    public static void delete(Path tree) throws IOException {
        List<Path> all = walk(tree);
        for (int i = all.size() - 1; i >= 0; i--) {
            Files.delete(all.get(i));
        }
    }

    /** A copy of plain files, such as a home, as it is at this moment. */
    public static void copyPlain(Path from, Path to) throws IOException {
        for (Path place : walk(from)) {
            Path target = to.resolve(from.relativize(place).toString());
            if (Files.isDirectory(place)) {
                Files.createDirectories(target);
            } else {
                Files.copy(place, target);
            }
        }
    }
}

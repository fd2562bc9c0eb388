package org.hikae.node.nio;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Calls about names and attributes. */
final class NameCalls {

    private static final String[] MODES = {"rwx------", "rwxr-xr-x", "rwxrwxrwx", "rwxr-----", "rwx--x--x"};
    private static final String[] GLOBS = {"*", "a*", "{a,b}", "?", "[!a]", "*.txt", "**"};

    private NameCalls() {}

    static Map<String, Subject.Call> all() {
        Map<String, Subject.Call> calls = new TreeMap<>();
        calls.put("createDirectory", (s, r) -> done(Files.createDirectory(s.path(r))));
        calls.put("createDirectory2", (s, r) -> done(Files.createDirectory(s.path(r))));
        calls.put("createDirectoryMode", (s, r) -> {
            Path path = s.path(r);
            return done(Files.createDirectory(path, PosixFilePermissions.asFileAttribute(mode(r))));
        });
        calls.put("createDirectories", (s, r) -> done(Files.createDirectories(s.path(r))));
        calls.put("createSymbolicLink", (s, r) -> done(Files.createSymbolicLink(s.path(r), s.target(r))));
        calls.put("createLink", (s, r) -> {
            // What a failure names first is a matter of taste here.
            try {
                return done(Files.createLink(s.path(r), s.path(r)));
            } catch (IOException e) {
                return e.getClass();
            }
        });
        calls.put("readSymbolicLink", (s, r) -> Files.readSymbolicLink(s.path(r)));
        calls.put("delete", NameCalls::delete);
        calls.put("deleteIfExists", (s, r) -> Files.deleteIfExists(s.path(r)));
        calls.put("copy", (s, r) -> transferred(() -> Files.copy(s.path(r), s.path(r), copyOptions(r, true))));
        calls.put("move", NameCalls::move);
        calls.put("list", NameCalls::list);
        calls.put("glob", NameCalls::glob);
        calls.put("walk", NameCalls::walk);
        calls.put("realPath", (s, r) -> s.path(r).toRealPath());
        calls.put("realPathNoFollow", (s, r) -> s.path(r).toRealPath(LinkOption.NOFOLLOW_LINKS));
        calls.put("isSameFile", (s, r) -> Files.isSameFile(s.path(r), s.path(r)));
        calls.put("kind", NameCalls::kind);
        calls.put("attributes", NameCalls::attributes);
        calls.put("setPermissions", (s, r) -> done(Files.setPosixFilePermissions(s.path(r), mode(r))));
        calls.put("setMode", (s, r) -> done(Files.setAttribute(s.path(r), "unix:mode", 0700 | r.nextInt(0100))));
        calls.put("setTimes", NameCalls::setTimes);
        calls.put("wrong", NameCalls::wrong);
        return calls;
    }

    private static Object done(Object path) {
        return "done";
    }

    private static Set<PosixFilePermission> mode(Random random) {
        return PosixFilePermissions.fromString(MODES[random.nextInt(MODES.length)]);
    }

    private static Object delete(Subject subject, Random random) throws IOException {
        Files.delete(subject.path(random));
        return "done";
    }

    private static CopyOption[] copyOptions(Random random, boolean copy) {
        List<CopyOption> options = new ArrayList<>();
        if (random.nextInt(2) == 0) {
            options.add(StandardCopyOption.REPLACE_EXISTING);
        }
        if (random.nextInt(copy ? 20 : 3) == 0) {
            options.add(StandardCopyOption.ATOMIC_MOVE);
        }
        if (random.nextInt(copy ? 3 : 20) == 0) {
            options.add(StandardCopyOption.COPY_ATTRIBUTES);
        }
        if (random.nextInt(3) == 0) {
            options.add(LinkOption.NOFOLLOW_LINKS);
        }
        return options.toArray(new CopyOption[0]);
    }

    private static Object move(Subject subject, Random random) throws IOException {
        Path source = subject.path(random);
        Path target = subject.path(random).normalize();
        if (source.normalize().startsWith(target)) {
            return "skipped"; // the platform may remove a symlink that the source is reached by
        }
        boolean there = Files.exists(source, LinkOption.NOFOLLOW_LINKS);
        Object outcome = transferred(() -> Files.move(source, target, copyOptions(random, false)));
        if (outcome.equals("done")) {
            return outcome;
        }
        // The platform has removed what was to be replaced even if the move failed then; ours replaces it in one step.
        try {
            Files.deleteIfExists(target);
        } catch (FileSystemException e) {
            return there ? outcome + " " + e.getClass() : "failed";
        }
        return there
                ? outcome
                : "failed"; // if the target's directory is missing too, it depends on the kernel what is told
    }

    /** The platform tells a target that is not empty from other failures only if the move is not atomic; ours always does. */
    private static Object transferred(Attempt attempt) throws IOException {
        try {
            return done(attempt.make());
        } catch (java.nio.file.DirectoryNotEmptyException e) {
            return java.nio.file.FileSystemException.class;
        } catch (IOException e) {
            return e.getClass();
        }
    }

    /** A call. */
    private interface Attempt {
        Object make() throws IOException;
    }

    private static Object list(Subject subject, Random random) throws IOException {
        try (Stream<Path> entries = Files.list(subject.path(random))) {
            return entries.map(Path::toString).sorted().toList();
        }
    }

    private static Object glob(Subject subject, Random random) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(subject.path(random), GLOBS[random.nextInt(GLOBS.length)])) {
            entries.forEach(entry -> names.add(entry.toString()));
        }
        return names.stream().sorted().toList();
    }

    private static Object walk(Subject subject, Random random) throws IOException {
        Path from = random.nextBoolean() ? subject.root : subject.path(random);
        FileVisitOption[] options =
                random.nextBoolean() ? new FileVisitOption[0] : new FileVisitOption[] {FileVisitOption.FOLLOW_LINKS};
        try (Stream<Path> all = Files.walk(from, options)) {
            return all.map(Path::toString).sorted().toList();
        } catch (java.io.UncheckedIOException e) {
            return e.getCause().getClass(); // which loop is met first depends on the order of the names
        }
    }

    private static Object kind(Subject subject, Random random) throws IOException {
        Path path = subject.path(random);
        return List.of(
                Files.exists(path),
                Files.notExists(path),
                Files.exists(path, LinkOption.NOFOLLOW_LINKS),
                Files.isDirectory(path),
                Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS),
                Files.isRegularFile(path),
                Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS),
                Files.isSymbolicLink(path),
                Files.isReadable(path),
                Files.isWritable(path),
                Files.isHidden(path));
    }

    private static Object attributes(Subject subject, Random random) throws IOException {
        Path path = subject.path(random);
        LinkOption[] options = random.nextBoolean() ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
        Map<String, Object> all = Files.readAttributes(path, "unix:*", options);
        boolean directory = (Boolean) all.get("isDirectory");
        return List.of(
                new java.util.TreeSet<>(all.keySet()),
                all.get("isRegularFile"),
                directory,
                all.get("isSymbolicLink"),
                all.get("isOther"),
                directory || (Boolean) all.get("isSymbolicLink") ? "any" : all.get("size"),
                directory ? "any" : all.get("nlink"),
                Integer.toOctalString((Integer) all.get("mode")),
                PosixFilePermissions.toString(Files.getPosixFilePermissions(path, options)),
                Files.getOwner(path, options).getName(),
                all.get("rdev"));
    }

    private static Object setTimes(Subject subject, Random random) throws IOException {
        Path path = subject.path(random);
        Instant time = Instant.ofEpochSecond(random.nextInt(Integer.MAX_VALUE), random.nextInt(1_000_000) * 1000L);
        Files.setLastModifiedTime(path, FileTime.from(time));
        return Files.getLastModifiedTime(path);
    }

    /** Attributes that are not there. */
    private static Object wrong(Subject subject, Random random) throws IOException {
        Path path = subject.path(random);
        return switch (random.nextInt(6)) {
            case 0 -> Files.readAttributes(path, "none:*");
            case 1 -> Files.readAttributes(path, "basic:owner");
            case 2 -> done(Files.setAttribute(path, "basic:size", 1L));
            case 3 -> done(Files.setAttribute(path, "posix:nothing", 1L));
            case 4 ->
                Files.readAttributes(path, "size,isDirectory").keySet().stream()
                        .sorted()
                        .toList();
            default ->
                Files.readAttributes(path, "posix:permissions,size").keySet().stream()
                        .sorted()
                        .toList();
        };
    }
}

package org.hikae.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hikae.api.backup.Drill;
import org.hikae.api.backup.DrillRequest;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockSet;
import org.hikae.api.copy.CopyManager;
import org.hikae.api.copy.CopyReport;
import org.hikae.api.copy.RestoreCopy;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.Disks;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.group.Groups;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Generations;
import org.hikae.api.shared.CheckReport;
import org.hikae.io.FileDevice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A generation that is a real ext4 image, checked by the real e2fsck; its files are made up. */
@Timeout(120)
abstract class DrillFixture {

    static final int BLOCK = 4096;
    static final int SIZE = 16 << 20;
    private static final UUID DISK = new UUID(1, 2);
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    final FakeTree tree = new FakeTree().directory("/", 2).file("/f", 12, 5000);
    Path image;
    Path home;
    String format = "ext4";
    List<Path> programs = E2fsck.usualFolders();
    Progress progress = Progress.NONE;
    Path scratch;
    /** Why the generation cannot be opened; null: it can. */
    String away;
    /** How large the generation is, and full of data, if that is not so; 0: it is so. */
    long pretendedData;

    long blocks = SIZE / BLOCK;
    /** What the file system takes for its own blocks. */
    BlockSet metadata = BlockSet.range(0, SIZE / BLOCK);

    /** Null: the generation is of the whole disk. */
    GenerationGroup group;
    /** The file system of a group's own meta information; null: there is none. */
    FileSystem meta;
    /** Asked for no other generations than those of groups. */
    Groups groups;

    int copies;
    /** What was copied; null: all. */
    final List<BlockSet> copied = new ArrayList<>();

    CheckReport report = new CheckReport(1, 1, 1, List.of(), 0);

    @BeforeEach
    void makeImage() throws Exception {
        image = folder.resolve("image");
        home = folder.resolve("home");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(SIZE);
        }
        tool("mkfs.ext4", "-q", "-F", "-b", "4096", image.toString());
    }

    /** Nothing is left of what was written to be checked, whatever happened. */
    @AfterEach
    void nothingIsLeft() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.map(Path::toString).filter(name -> name.contains(".scratch")))
                    .isEmpty();
        }
    }

    static int tool(String name, String... arguments) throws Exception {
        Path program = E2fsck.usualFolders().stream()
                .map(each -> each.resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        assumeTrue(program != null, "skipped: " + name + " is not installed");
        List<String> words = new ArrayList<>(List.of(program.toString()));
        words.addAll(List.of(arguments));
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    void debugfs(String... commands) throws Exception {
        Path script = folder.resolve("commands");
        Files.write(script, List.of(commands));
        assertThat(tool("debugfs", "-w", "-f", script.toString(), image.toString()))
                .isZero();
    }

    void damage(long block) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.seek(block * BLOCK);
            file.write(new byte[BLOCK]);
        }
    }

    interface Answers {
        Object answer(String method, Object[] arguments) throws Exception;
    }

    static <T> T fake(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.answer(method.getName(), arguments)));
    }

    GenerationInfo info() {
        return new GenerationInfo(
                "d@1", "d", DISK, 1, "full", null, null, group, null, NOW, SIZE, BLOCK, format, blocks, 0, 0, 0, 0,
                null, null, "m", "m", 0, null);
    }

    private GenerationReader reader() throws IOException {
        if (away != null) {
            throw new IOException(away);
        }
        FileDevice device = FileDevice.open(image, BLOCK, FileDevice.Mode.READ);
        return GenerationReader.class.cast(Proxy.newProxyInstance(
                GenerationReader.class.getClassLoader(),
                new Class<?>[] {GenerationReader.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "info" -> info();
                    case "set" -> BlockSet.range(0, SIZE / BLOCK);
                    case "openMeta" -> Optional.ofNullable(meta);
                    case "openFileSystem" -> InvocationHandler.invokeDefault(proxy, method, arguments);
                    case "size" -> pretendedData > 0 ? pretendedData : (long) SIZE;
                    case "nextHole" -> pretendedData > 0 ? pretendedData : device.nextHole((Long) arguments[0]);
                    default -> onDevice(device, method, arguments);
                }));
    }

    private static Object onDevice(FileDevice device, java.lang.reflect.Method method, Object[] arguments)
            throws Throwable {
        try {
            return BlockDevice.class
                    .getMethod(method.getName(), method.getParameterTypes())
                    .invoke(device, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private CopyReport copy(RestoreCopy copy, Progress progress) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        copies++;
        copied.add(copy.wanted());
        for (long at = copy.source().nextData(0); at < SIZE; at = copy.source().nextData(at + BLOCK)) {
            progress.pass();
            if (copy.wanted() != null && !copy.wanted().contains(at / BLOCK)) {
                continue;
            }
            copy.source().read(block.clear(), at);
            copy.target().write(block.flip(), at);
        }
        return new CopyReport(0, 0, 0, 0, 1, Map.of());
    }

    /** That of the made-up files, all of whose blocks are in order. */
    private FileSystem files() {
        return FileSystem.class.cast(Proxy.newProxyInstance(
                FileSystem.class.getClassLoader(),
                new Class<?>[] {FileSystem.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "used" -> BlockSet.range(0, SIZE / BLOCK);
                    case "metadata" -> metadata;
                    default -> {
                        try {
                            yield method.invoke(tree, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }
                }));
    }

    private Object disks(String method) {
        return switch (method) {
            case "openFileSystem" -> files();
            case "sharedFormats" -> List.of("shared");
            case "get" ->
                fake(Disk.class, (name, any) -> switch (name) {
                    case "id" -> DISK;
                    case "format" -> format;
                    case "check" -> report;
                    default -> throw new UnsupportedOperationException(name);
                });
            default -> throw new UnsupportedOperationException(method);
        };
    }

    DrillRecords records() {
        return new DrillRecords(home);
    }

    Map<String, Object> drill() throws IOException {
        Generations generations = fake(Generations.class, (method, id) -> reader());
        Disks disks = fake(Disks.class, (method, any) -> disks(method));
        CopyManager copier = fake(CopyManager.class, (method, all) -> copy((RestoreCopy) all[0], (Progress) all[1]));
        FileSystemCheck check =
                new FileSystemCheck(disks, copier, new ScratchFolder(home.resolve("scratch")), programs);
        return new DrillSteps(generations, disks, groups, check, records(), Clock.fixed(NOW, ZoneOffset.UTC))
                .run(new DrillRequest("d@1", scratch), progress);
    }

    Drill recorded() throws IOException {
        return records().all().get("d@1");
    }

    void assertProblem(String... parts) throws IOException {
        assertThatThrownBy(this::drill)
                .hasMessageStartingWith("generation d@1 cannot be relied upon: ")
                .hasMessageContainingAll(parts);
        assertThat(recorded().problem()).contains(parts);
    }

    static Progress phasesTo(List<String> phases) {
        return fake(Progress.class, (method, arguments) -> {
            if (method.equals("phase")) {
                phases.add((String) arguments[0]);
            }
            return null;
        });
    }
}

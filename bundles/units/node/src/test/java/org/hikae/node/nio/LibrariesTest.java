package org.hikae.node.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Scanner;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Programs that know nothing of nodes run on their files unchanged. */
class LibrariesTest {

    private final FileSystem files = Nodes.of(new MemoryFiles());

    @Test
    void zipFileSystemOnTopOfOurs() throws IOException {
        Path archive = files.getPath("/a.zip");
        byte[] content = new byte[300_000];
        new Random(1).nextBytes(content);
        try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
            Files.createDirectories(zip.getPath("/x/y"));
            Files.write(zip.getPath("/x/y/data"), content);
            Files.writeString(zip.getPath("/text"), "text");
        }
        try (FileSystem zip = FileSystems.newFileSystem(archive)) {
            assertThat(Files.readAllBytes(zip.getPath("/x/y/data"))).isEqualTo(content);
            Files.delete(zip.getPath("/text"));
            Files.copy(zip.getPath("/x/y/data"), files.getPath("/data"));
        }
        try (FileSystem zip = FileSystems.newFileSystem(archive);
                Stream<Path> all = Files.walk(zip.getPath("/"))) {
            assertThat(all.map(Path::toString)).containsExactlyInAnyOrder("/", "/x", "/x/y", "/x/y/data");
        }
        assertThat(Files.readAllBytes(files.getPath("/data"))).isEqualTo(content);
    }

    /** The compiler reads sources and classes, and writes classes. */
    @Test
    void compilerOnOurs() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Path library = Files.createDirectories(files.getPath("/library"));
        Path program = Files.createDirectories(files.getPath("/program"));
        Path base = Files.writeString(files.getPath("/Base.java"), "package p; public class Base {}");
        Path user = Files.writeString(files.getPath("/User.java"), "class User extends p.Base {}");
        assertThat(compile(compiler, base, library, List.of())).isTrue();
        assertThat(compile(compiler, user, program, List.of(library))).isTrue();
        assertThat(Files.readAllBytes(program.resolve("User.class"))).startsWith(0xca, 0xfe, 0xba, 0xbe);
    }

    private static boolean compile(JavaCompiler compiler, Path source, Path target, List<Path> classPath)
            throws IOException {
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            manager.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(target));
            manager.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath);
            manager.setLocationFromPaths(StandardLocation.ANNOTATION_PROCESSOR_PATH, List.of());
            return compiler.getTask(
                            null,
                            manager,
                            null,
                            List.of("-proc:none"),
                            null,
                            manager.getJavaFileObjectsFromPaths(List.of(source)))
                    .call();
        }
    }

    /** As search indexes do it: files written once with a sum at the end, forced, and named by a rename. */
    @Test
    void indexIsCommittedByRename() throws IOException {
        Path index = Files.createDirectory(files.getPath("/index"));
        try (FileChannel lock = FileChannel.open(
                        index.resolve("write.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = lock.tryLock()) {
            assertThat(held).isNotNull();
            for (int generation = 1; generation <= 5; generation++) {
                Path pending = index.resolve("pending_segments_" + generation);
                writeWithSum(pending, new byte[generation * 1000]);
                try (FileChannel channel = FileChannel.open(pending, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
                Files.move(pending, index.resolve("segments_" + generation), StandardCopyOption.ATOMIC_MOVE);
                Files.deleteIfExists(index.resolve("segments_" + (generation - 1)));
            }
        }
        try (Stream<Path> entries = Files.list(index)) {
            assertThat(entries.map(entry -> entry.getFileName().toString()))
                    .containsExactlyInAnyOrder("write.lock", "segments_5");
        }
        assertThat(sumIsRight(index.resolve("segments_5"))).isTrue();
    }

    private static void writeWithSum(Path path, byte[] content) throws IOException {
        try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
                CheckedOutputStream sum = new CheckedOutputStream(out, new CRC32());
                DataOutputStream data = new DataOutputStream(sum)) {
            data.write(content);
            data.writeLong(sum.getChecksum().getValue());
        }
    }

    /** Reads from several places of the file, as indexes are read. */
    private static boolean sumIsRight(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            ByteBuffer sum = ByteBuffer.allocate(8);
            channel.read(sum, channel.size() - 8);
            ByteBuffer content = ByteBuffer.allocateDirect((int) channel.size() - 8);
            channel.read(content, 0);
            CRC32 crc = new CRC32();
            crc.update(content.flip());
            return crc.getValue() == sum.flip().getLong();
        }
    }

    @Test
    void treesAreCopiedAndRemoved() throws IOException {
        Path tree = Files.createDirectory(files.getPath("/tree"));
        for (int i = 0; i < 30; i++) {
            Path folder = Files.createDirectories(tree.resolve("d" + i % 7 + "/e" + i % 3));
            Files.writeString(folder.resolve("f" + i), "content " + i);
        }
        Path copy = files.getPath("/copy");
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Files.copy(path, copy.resolve(tree.relativize(path).toString()));
            }
        }
        try (Stream<Path> found = Files.find(copy, 9, (path, attributes) -> attributes.isRegularFile())) {
            assertThat(found).hasSize(30).allSatisfy(path -> assertThat(path)
                    .hasContent("content " + path.getFileName().toString().substring(1)));
        }
        Files.walkFileTree(copy, new Removal());
        assertThat(copy).doesNotExist();
    }

    private static final class Removal extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
        }
    }

    @Test
    void streamsReadersAndTemporaryFiles() throws IOException {
        Path folder = Files.createTempDirectory(files.getPath("/"), "some");
        Path path = Files.createTempFile(folder, "a", ".txt");
        Files.write(path, List.of("one", "two 2", "three"));
        try (Scanner scanner = new Scanner(path);
                BufferedReader reader = Files.newBufferedReader(path);
                Stream<String> lines = Files.lines(path)) {
            assertThat(scanner.next()).isEqualTo("one");
            assertThat(reader.readLine()).isEqualTo("one");
            assertThat(lines).hasSize(3);
        }
        try (DataInputStream in = new DataInputStream(Files.newInputStream(path))) {
            in.skipNBytes(4);
            assertThat(in.readByte()).isEqualTo((byte) 't');
        }
        assertThat(Files.mismatch(path, Files.copy(path, folder.resolve("b")))).isEqualTo(-1);
    }

    @Test
    void copiesToAndFromTheOperatingSystem() throws IOException {
        Path outside = Files.createTempFile("outside", ".bin");
        try {
            Files.write(outside, new byte[] {1, 2, 3});
            Path inside = Files.copy(outside, files.getPath("/inside"), StandardCopyOption.COPY_ATTRIBUTES);
            assertThat(inside).hasBinaryContent(new byte[] {1, 2, 3});
            assertThat(Files.getLastModifiedTime(inside)).isEqualTo(Files.getLastModifiedTime(outside));
            Files.move(inside, outside, StandardCopyOption.REPLACE_EXISTING);
            assertThat(inside).doesNotExist();
            assertThat(outside).hasBinaryContent(new byte[] {1, 2, 3});
        } finally {
            Files.delete(outside);
        }
    }
}

package org.hikae.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.DirectoryEntry;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.fs.spi.DirectoryPart;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OpenFileSystemTest {

    private final FakeReader reader = new FakeReader();
    private final FileSystem fileSystem = new OpenFileSystem("fake", reader, null);

    private List<String> walk() throws IOException {
        List<String> paths = new ArrayList<>();
        fileSystem.walk(fileSystem.find("/").orElseThrow(), file -> paths.add(file.path()));
        return paths;
    }

    @Nested
    class Trees {

        @Test
        void areWalkedFromTheTopInTheOrderOfTheirDirectories() throws IOException {
            reader.directory(1, "b", 2).directory(1, "a", 3).directory(1, "c", 4);
            reader.directory(3, "ü", 5).directory(5, "x", 6);
            assertThat(walk()).containsExactly("/", "/b", "/a", "/a/ü", "/a/ü/x", "/c");
        }

        @Test
        void endWhereTheVisitorHasSeenEnough() throws IOException {
            reader.directory(1, "a", 2).directory(1, "b", 3);
            List<String> paths = new ArrayList<>();
            FileEntry root = fileSystem.find("").orElseThrow();
            fileSystem.walk(root, file -> paths.add(file.path()) && paths.size() < 2);
            assertThat(paths).containsExactly("/", "/a");
        }

        @Test
        void thatLeadInCirclesAreRefused() {
            reader.directory(1, "a", 2).directory(2, "up", 1);
            assertThatThrownBy(OpenFileSystemTest.this::walk)
                    .isInstanceOf(FileSystemRefusedException.class)
                    .hasMessage("directory of inode 1: it is met a second time, under /a/up");
        }

        @Test
        void thatWouldMultiplyAreRefused() {
            // 2^40 paths, if each were followed.
            for (long inode = 1; inode <= 40; inode++) {
                reader.directory(inode, "left", inode + 1).directory(inode, "right", inode + 1);
            }
            assertThatThrownBy(OpenFileSystemTest.this::walk).hasMessageContaining("a second time");
        }

        @Test
        void thatAreTooDeepAreRefused() {
            for (long inode = 1; inode <= 1000; inode++) {
                reader.directory(inode, "x".repeat(200), inode + 1);
            }
            assertThatThrownBy(OpenFileSystemTest.this::walk)
                    .isInstanceOf(FileSystemRefusedException.class)
                    .hasMessageContaining("deeper");
        }

        @Test
        void thatAreDeepNeedNoMemoryForWhatIsAbove() throws IOException {
            List<WeakReference<Object>> met = new ArrayList<>();
            FakeReader deep = new FakeReader() {
                @Override
                public DirectoryPart list(long directory, long from) {
                    DirectoryPart part = super.list(directory, from);
                    met.add(new WeakReference<>(part));
                    return part;
                }
            };
            int depth = 500;
            for (long inode = 1; inode <= depth; inode++) {
                deep.directory(inode, "a", inode + 1).directory(inode, "b", 1000 + inode);
                deep.directory(inode, "c", 2000 + inode);
            }
            List<String> paths = new ArrayList<>();
            FileSystem tree = new OpenFileSystem("fake", deep, null);
            tree.walk(tree.find("/").orElseThrow(), file -> {
                met.add(new WeakReference<>(file));
                if (file.attributes().inode() == depth + 1) {
                    assertThat(held(met)).isLessThan(100);
                }
                return paths.add(file.path());
            });
            assertThat(paths).hasSize(1 + 3 * depth).doesNotHaveDuplicates().endsWith("/b", "/c");
        }

        @Test
        void thatAreMadeOfTheSameBlocksAgainAndAgainEnd() {
            FakeReader endless = new FakeReader() {
                @Override
                public DirectoryPart list(long directory, long from) {
                    return from == 0 ? super.list(directory, 0) : new DirectoryPart(List.of(), from + 1);
                }
            };
            endless.directory(1, "a", 2).directory(1, "b", 3).directory(1, "c", 4);
            FileSystem tree = new OpenFileSystem("fake", endless, null);
            assertThatThrownBy(() -> tree.walk(tree.find("/").orElseThrow(), file -> true))
                    .isInstanceOf(FileSystemRefusedException.class)
                    .hasMessageContaining("more parts than there are blocks");
        }

        /** How many of these things somebody holds, or the collector has not come to within a while. */
        private long held(List<WeakReference<Object>> things) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            long held;
            do {
                System.gc();
                held = things.stream().filter(thing -> thing.get() != null).count();
            } while (held >= 100 && System.nanoTime() < deadline);
            return held;
        }

        @Test
        void ofMillionsOfEntriesNeedNoMemoryForThem() throws IOException {
            int count = 2_000_000;
            reader.directory(1, "many", 2).directory(2, "one", 3);
            reader.directories.put(2L, new AbstractList<>() {
                @Override
                public DirectoryEntry get(int index) {
                    // All are names of a file that is no directory, which the fake does not have: the visitor ends it.
                    return new DirectoryEntry(FileName.of(("n" + index).getBytes(StandardCharsets.UTF_8)), 100 + index);
                }

                @Override
                public int size() {
                    return count;
                }
            });
            for (long inode = 100; inode < 110; inode++) {
                reader.directories.put(inode, List.of());
            }
            List<String> paths = new ArrayList<>();
            fileSystem.walk(fileSystem.find("/many").orElseThrow(), file -> paths.add(file.path()) && paths.size() < 5);
            assertThat(paths).containsExactly("/many", "/many/n0", "/many/n1", "/many/n2", "/many/n3");
        }
    }

    @Nested
    class Paths {

        @Test
        void leadToFiles() throws IOException {
            reader.directory(1, "a", 2).directory(2, "b", 3).directory(2, "c", 4);
            assertThat(fileSystem.find("/a/c").orElseThrow().attributes().inode())
                    .isEqualTo(4);
            assertThat(fileSystem.find("a//c/").orElseThrow().path()).isEqualTo("/a/c");
            assertThat(fileSystem.find("/a/x")).isEmpty();
            assertThat(fileSystem.find("/a/..")).isEmpty();
        }

        @Test
        void ofNamesThatAreNotUtf8AreEscaped() throws IOException {
            byte[] name = {'c', (byte) 0xE9};
            reader.directories.get(1L).add(new DirectoryEntry(FileName.of(name), 2));
            reader.directories.put(2L, List.of());
            assertThat(walk()).containsExactly("/", "/c\\xe9");
            assertThat(fileSystem.find("/c\\xe9")).isPresent();
        }
    }

    @Nested
    class Drivers {

        @Test
        void thatFailDoNoHarm() {
            FileSystem broken = new OpenFileSystem(
                    "fake",
                    new FakeReader() {
                        @Override
                        public BlockSet used() {
                            throw new IllegalStateException("oops");
                        }
                    },
                    null);
            assertThatThrownBy(broken::used)
                    .isInstanceOf(IOException.class)
                    .hasMessage("the driver of format 'fake' failed with java.lang.IllegalStateException: oops");
        }

        @Test
        void thatListADirectoryForEverAreStopped() {
            FileSystem endless = new OpenFileSystem(
                    "fake",
                    new FakeReader() {
                        @Override
                        public DirectoryPart list(long directory, long from) {
                            return new DirectoryPart(List.of(), from);
                        }
                    },
                    null);
            assertThatThrownBy(() -> endless.find("/a")).hasMessageContaining("again and again");
        }

        @Test
        void areNotAskedForWhatIsNotThere() {
            assertThatThrownBy(() -> fileSystem.owner(100)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> fileSystem.read(1, ByteBuffer.allocate(1), 0))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }

        @Test
        void areToldThatNothingMoreIsAsked() throws IOException {
            boolean[] told = {false};
            FakeReader reader = new FakeReader() {
                @Override
                public void close() {
                    told[0] = true;
                }
            };
            new OpenFileSystem("fake", reader, null).close();
            assertThat(told[0]).isTrue();
        }

        @Test
        void areNotAskedAfterClosing() throws IOException {
            fileSystem.close();
            fileSystem.close();
            assertThatThrownBy(fileSystem::used).isInstanceOf(ClosedChannelException.class);
        }
    }
}

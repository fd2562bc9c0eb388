package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.group.Meta;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.MergeRequest;
import org.hikae.media.testing.FilesCheck;
import org.hikae.media.testing.RandomFiles;
import org.hikae.media.testing.TestFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Generations of groups of files, as they are moved, merged, removed and damaged. */
class GroupLifeTest extends GroupTestBase {

    @Nested
    class Damage {

        private String id;
        private byte[] whole;

        @BeforeEach
        void makeSmall() throws IOException {
            set = BlockSet.range(3, 2);
            backup.group = new GenerationGroup("g", Meta.GROUP, List.of("dir_A/*"));
            backup.files = RandomFiles.makeSmall(new Random(7), BLOCK, backup.image, set);
            id = full();
            whole = m.objects.get("data@1/meta");
        }

        private void checkNotRead(byte[] bytes) {
            m.objects.put("data@1/meta", bytes);
            assertThatThrownBy(() -> readFiles())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("data@1/meta");
        }

        private void checkRefused(byte[] bytes) throws IOException {
            checkNotRead(bytes);
            List<String> damages = store.verify(id, Progress.NONE).damages();
            assertThat(damages).hasSize(1).first().asString().contains("data@1/meta");
        }

        private void readFiles() throws IOException {
            try (GenerationReader reader = store.open(id)) {
                FilesCheck.check(backup.files, reader.openMeta().orElseThrow(), new Random(1));
            }
        }

        @Test
        void ofAnyByteIsTold() throws IOException {
            readFiles();
            for (int i = 0; i < whole.length; i++) {
                byte[] bytes = whole.clone();
                bytes[i] ^= (byte) (1 << i % 8);
                checkNotRead(bytes);
                if (i % 97 < 2) {
                    checkRefused(bytes);
                }
            }
        }

        @Test
        void ofItsLengthIsTold() throws IOException {
            for (int length = 0; length < whole.length; length += 1 + whole.length / 50) {
                checkRefused(Arrays.copyOf(whole, length));
            }
            checkRefused(Arrays.copyOf(whole, whole.length + 1));
            m.objects.remove("data@1/meta");
            assertThat(store.get(id).problem()).contains("data@1/meta is missing");
        }

        /** What builds upon it needs its blocks, and not the names of its files. */
        @Test
        void isNoneOfWhatBuildsUponIt() throws IOException {
            String child = upon(id, set, BlockSet.range(3, 1));
            m.objects.remove("data@1/meta");
            assertThat(store.get(id).problem()).contains("data@1/meta is missing");
            assertThat(store.get(child).problem()).isNull();
            check(child, backup.image, set);
            store.merge(new MergeRequest(id, child, null), Progress.NONE);
            check(child, backup.image, set);
            try (GenerationReader reader = store.open(child)) {
                FilesCheck.check(backup.files, reader.openMeta().orElseThrow(), new Random(1));
            }
        }

        @Test
        void isNotMoved() throws IOException {
            byte[] bytes = whole.clone();
            bytes[whole.length / 2] ^= 1;
            m.objects.put("data@1/meta", bytes);
            assertThatThrownBy(() -> store.merge(new MergeRequest(id, id, "logs"), Progress.NONE))
                    .hasMessageContaining("data@1/meta is damaged");
            assertThat(logs.names()).isEmpty();
            m.objects.put("data@1/meta", whole);
            readFiles();
        }
    }

    @Nested
    class Life {

        @Test
        void movesAndComesBack() throws IOException {
            of("g", Meta.GROUP);
            String id = full();
            for (String medium : List.of("logs", "m", "logs")) {
                store.merge(new MergeRequest(id, id, medium), Progress.NONE);
                try (GenerationReader reader = store.open(id)) {
                    FilesCheck.check(backup.files, reader.openMeta().orElseThrow(), new Random(1));
                }
                assertThat(store.verify(id, Progress.NONE).damages()).isEmpty();
            }
            assertThat(m.names()).isEmpty();
            assertThat(logs.objects).containsKey("data@1/meta-3");
            TestChain.checkNoGarbage(logs);
            store.remove(id);
            assertThat(logs.names()).isEmpty();
        }

        /** The files of the newest are those of the result, and stay where they lie. */
        @Test
        void isMergedWithOlderOnes() throws IOException {
            of("g", Meta.GROUP);
            String first = full();
            set = set.union(BlockSet.range(33, 4));
            of("g", Meta.GROUP);
            String second = upon(first, set, BlockSet.range(33, 4).union(BlockSet.range(3, 1)));
            try (GenerationReader reader = store.open(second)) {
                store.merge(new MergeRequest(first, second, null), Progress.NONE);
                FilesCheck.check(backup.files, reader.openMeta().orElseThrow(), new Random(1));
            }
            assertThat(m.objects).containsKey("data@2/meta").doesNotContainKey("data@1/meta");
            TestChain.checkNoGarbage(m);
            try (GenerationReader reader = store.open(second)) {
                FilesCheck.check(backup.files, reader.openMeta().orElseThrow(), new Random(1));
            }
        }

        /** b.4, b.5: groups that overlap, and the whole disk, each with its own chain among the others' numbers. */
        @Test
        void liesAmongOthersOfTheSameDisk() throws IOException {
            byte[] first = backup.image.clone();
            of(null, Meta.ALL);
            backup.make(store, "m", all, null, null);
            of("g", Meta.GROUP);
            full();
            TestFiles files = backup.files;
            of("h", Meta.ALL);
            full();
            Arrays.fill(backup.image, 4 * BLOCK, 5 * BLOCK, (byte) 7);
            of("g", Meta.ALL);
            upon("data@2", set, BlockSet.range(4, 1));
            of(null, Meta.ALL);
            upon("data@1", all, BlockSet.range(4, 1));
            assertThatThrownBy(() -> store.merge(new MergeRequest("data@1", "data@4", null), Progress.NONE))
                    .isInstanceOf(IOException.class);
            store.merge(new MergeRequest("data@1", "data@5", null), Progress.NONE);
            checkContent("data@5");
            try (GenerationReader reader = store.open("data@2")) {
                FilesCheck.check(files, reader.openMeta().orElseThrow(), new Random(1));
            }
            store.merge(new MergeRequest("data@2", "data@4", null), Progress.NONE);
            assertThat(TestChain.ids(store)).containsExactly("data@3", "data@4", "data@5");
            check("data@4", backup.image, set);
            check("data@3", first, set);
            TestChain.checkNoGarbage(m);
            store.remove("data@4");
            store.remove("data@5");
            check("data@3", first, set);
            TestChain.checkNoGarbage(m);
        }

        /** I5: what a merge has no use for stays as long as somebody reads it. */
        @Test
        void staysAsLongAsItIsRead() throws IOException {
            of("g", Meta.GROUP);
            String id = full();
            try (GenerationReader reader = store.open(id)) {
                store.merge(new MergeRequest(id, id, "logs"), Progress.NONE);
                assertThat(m.objects).containsKey("data@1/meta");
                FilesCheck.check(backup.files, reader.openMeta().orElseThrow(), new Random(1));
            }
            assertThat(m.names()).isEmpty();
        }

        @Test
        void isOfNoUseWithoutItsReader() throws IOException {
            of("g", Meta.GROUP);
            String id = full();
            GenerationReader reader = store.open(id);
            FileSystem files = reader.openMeta().orElseThrow();
            FileEntry root = files.find("/").orElseThrow();
            reader.close();
            assertThatThrownBy(reader::openMeta).isInstanceOf(ClosedChannelException.class);
            files.close();
            assertThatThrownBy(() -> files.walk(root, file -> true)).isInstanceOf(ClosedChannelException.class);
        }
    }
}

package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.group.Meta;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.MergeRequest;
import org.hikae.api.media.MetaWriter;
import org.hikae.api.media.Seal;
import org.hikae.api.media.VerifyReport;
import org.hikae.media.testing.FilesCheck;
import org.hikae.media.testing.TestFiles;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Generations of groups of files (b.1, b.6, b.7). */
class GroupTest extends GroupTestBase {

    @Nested
    class Reads {

        /** R2: what is not of the group is an error and no zeros, wherever a read begins, and is never said to be a hole. */
        @Test
        void r2OutsideTheGroupIsAnError() throws IOException {
            String id = full();
            check(id, backup.image, set);
            try (GenerationReader reader = store.open(id)) {
                assertThatThrownBy(() -> reader.read(ByteBuffer.allocate(6 * BLOCK), 3 * BLOCK))
                        .hasMessage("block 8 is no part of group g in generation data@1: its content is that of the"
                                + " group's files alone; read the others from a generation of the whole disk");
                assertThatThrownBy(() -> reader.read(ByteBuffer.allocate(4 * BLOCK), BLOCK))
                        .hasMessageStartingWith("blocks 1-2 are no part of group g");
                for (BlockRun outside : all.minus(set)) {
                    long end = Math.min(reader.size(), outside.end() * BLOCK);
                    assertThat(reader.nextHole(outside.first() * BLOCK)).isGreaterThanOrEqualTo(end);
                }
                ByteBuffer part = ByteBuffer.allocate(7);
                reader.read(part, 8 * BLOCK - 7);
                assertThat(part.flip()).isEqualTo(ByteBuffer.wrap(backup.image, 8 * BLOCK - 7, 7));
            }
        }

        /** R2: the parent has the block of a file that has left the group; the differential has it not, and asks nobody. */
        @Test
        void r2AFileThatLeftDoesNotComeBack() throws IOException {
            String first = full();
            BlockSet left = set.minus(BlockSet.range(20, 10));
            String second = upon(first, left, BlockSet.range(3, 1));
            check(second, backup.image, left);
            store.merge(new MergeRequest(first, second, null), Progress.NONE);
            check(second, backup.image, left);
        }

        /** R1: a file that joins without having changed is stored. */
        @Test
        void r1AFileThatJoinsIsStored() throws IOException {
            String first = full();
            BlockSet joined = set.union(BlockSet.range(40, 2));
            String second = upon(first, joined, BlockSet.range(40, 2));
            check(second, backup.image, joined);
            check(first, backup.image, set);
            assertThatThrownBy(() -> upon(second, joined.union(BlockSet.range(10, 1)), BlockSet.empty()))
                    .hasMessageContaining("from block 10 on, should be the parent's, which does not have them");
        }
    }

    @Nested
    class Parents {

        private void checkRefused(String parent, String is, String wanted) {
            assertThatThrownBy(() -> store.create(backup.request("m", parent, null)))
                    .hasMessage("generation " + parent + " is of " + is + ": nothing of " + wanted
                            + " can build upon it; make a full backup");
        }

        @Test
        void areOfTheSameGroup() throws IOException {
            String group = full();
            of("other", Meta.ALL);
            checkRefused(group, "group g", "group other");
            of(null, Meta.ALL);
            checkRefused(group, "group g", "the whole disk");
            String whole = full();
            of("g", Meta.ALL);
            checkRefused(whole, "the whole disk", "group g");
            store.create(backup.request("m", group, null)).close();
        }

        /** The user may choose otherwise for the next backup: what is seen of the names is each generation's own. */
        @Test
        void mayHaveTheOtherMetaInformation() throws IOException {
            String all = full();
            of("g", Meta.GROUP);
            String group = upon(all, set, BlockSet.range(3, 1));
            try (GenerationReader reader = store.open(group)) {
                FilesCheck.check(backup.files, reader.openMeta().orElseThrow(), new Random(1));
            }
            of("g", Meta.ALL);
            String again = upon(group, set, BlockSet.range(4, 1));
            try (GenerationReader reader = store.open(again)) {
                assertThat(reader.openMeta()).isEmpty();
            }
        }
    }

    @Nested
    class Writes {

        @Test
        void whatIsTold() throws IOException {
            of("g", Meta.GROUP);
            GenerationInfo info = backup.make(store, "m", set, null, null);
            assertThat(info.group()).isEqualTo(backup.group);
            assertThat(store.survey().generations()).containsExactly(info);
            assertThat(m.objects).containsKey("data@1/meta");
            assertThat(info.storedBytes())
                    .isEqualTo(m.objects.entrySet().stream()
                            .filter(object -> object.getKey().startsWith("data@1/"))
                            .mapToLong(object -> object.getValue().length)
                            .sum());
            VerifyReport report = store.verify(info.id(), Progress.NONE);
            assertThat(report.damages()).isEmpty();
            assertThat(report.bytesRead()).isEqualTo(info.storedBytes());
        }

        @Test
        void aGroupAloneNeedsItsMetaInformation() throws IOException {
            of("g", Meta.GROUP);
            try (GenerationWriter writer = store.create(backup.request("m"))) {
                assertThatThrownBy(() -> writer.seal(Seal.full(BlockSet.empty(), null, Instant.EPOCH, 0)))
                        .hasMessageContaining("the meta information of the files of group g is not whole");
            }
            of("g", Meta.ALL);
            try (GenerationWriter writer = store.create(backup.request("m"))) {
                assertThatThrownBy(writer::openMeta).isInstanceOf(IllegalStateException.class);
            }
            assertThat(m.names()).isEmpty();
        }

        /** What is visible can be read: that is found out when it is sealed, and not at the restore. */
        @Test
        void whatCannotBeReadIsRefused() throws IOException {
            of("g", Meta.GROUP);
            try (GenerationWriter writer = store.create(backup.request("m"))) {
                backup.write(writer, set, null, null);
                BlockSet less = set.minus(BlockSet.range(20, 10));
                assertThatThrownBy(() -> writer.seal(Seal.full(less, null, Instant.EPOCH, 0)))
                        .hasMessageContaining("files of group g have blocks that are not in it");
            }
            assertThat(m.names()).isEmpty();
        }

        @Test
        void aGroupWithoutFilesIsAnEmptyRoot() throws IOException {
            backup.group = new GenerationGroup("g", Meta.GROUP, List.of("no such"));
            backup.files = new TestFiles(BLOCK, backup.image);
            String id = backup.make(store, "m", BlockSet.empty(), null, null).id();
            try (GenerationReader reader = store.open(id)) {
                FileSystem files = reader.openMeta().orElseThrow();
                FileEntry root = files.find("/").orElseThrow();
                int[] met = new int[1];
                files.walk(root, file -> ++met[0] > 0);
                assertThat(met[0]).isEqualTo(1);
                assertThat(files.info().format()).isEqualTo("raw");
            }
            assertThat(store.verify(id, Progress.NONE).damages()).isEmpty();
        }

        @Test
        void nothingIsAddedAfterTheEnd() throws IOException {
            of("g", Meta.GROUP);
            MetaWriter meta;
            try (GenerationWriter writer = store.create(backup.request("m"))) {
                meta = writer.openMeta();
                assertThatThrownBy(writer::openMeta).isInstanceOf(IllegalStateException.class);
            }
            assertThatThrownBy(() -> backup.files.writeTo(meta)).hasMessageContaining("was dropped");
        }
    }
}

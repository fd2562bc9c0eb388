package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.TrackingPoint;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.GenerationRequest;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.Layout;
import org.hikae.api.media.Seal;
import org.hikae.media.medium.TestMedia;
import org.hikae.media.testing.MemoryDriver;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Generations that build upon others: what they read as, and what becomes of them when those are not what they were. */
class ParentTest extends StoreTestBase {

    /** Fills a block of the disk, and says which it was. */
    private BlockSet fill(int block, int value) {
        Arrays.fill(backup.image, block * 4096, (block + 1) * 4096, (byte) value);
        return BlockSet.range(block, 1);
    }

    private String full(BlockSet set) throws IOException {
        return backup.make(store, "m", set, null, null).id();
    }

    private String upon(String parent, String medium, BlockSet set, BlockSet stored) throws IOException {
        return backup.makeUpon(store, medium, parent, set, stored).id();
    }

    private byte read(String id, int block) throws IOException {
        try (GenerationReader reader = store.open(id)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            reader.read(one, block * 4096L);
            return one.get(0);
        }
    }

    @Nested
    class Reads {

        /** R1: written before the parent's instant, but used only since: it has not changed, and the parent has it not. */
        @Test
        void r1WhatHasJoinedTheSetIsStored() throws IOException {
            fill(20, 7);
            BlockSet without = all.minus(BlockSet.range(20, 1));
            String parent = full(without);
            String child = upon(parent, "m", all, BlockSet.range(20, 1));
            assertThat(read(parent, 20)).isZero();
            assertThat(read(child, 20)).isEqualTo((byte) 7);
        }

        /** R1: who forgets what has joined is told when the generation is sealed, not when it is read. */
        @Test
        void r1WhatNobodyHasIsRefused() throws IOException {
            String parent = full(all.minus(BlockSet.range(20, 2)));
            assertThatThrownBy(() -> upon(parent, "m", all, BlockSet.range(20, 1)))
                    .hasMessage("1 wanted blocks, from block 21 on, should be the parent's, which does not have them");
            assertThat(store.survey().generations()).hasSize(1);
        }

        /** R2: trimmed since the parent: it reads as zeros, and not as what the parent has. */
        @Test
        void r2OutsideTheSetNobodyIsAsked() throws IOException {
            fill(20, 7);
            String first = full(all);
            String second = upon(first, "m", all.minus(BlockSet.range(20, 1)), BlockSet.range(3, 1));
            assertThat(read(first, 20)).isEqualTo((byte) 7);
            assertThat(read(second, 20)).isZero();
            // Nor does it come back when it is in the set again, and was stored as zeros in between.
            String third = upon(second, "m", all, fill(20, 0));
            assertThat(read(third, 20)).isZero();
        }

        /** R13: blocks that changed before the mark are left out on purpose, and said to be. */
        @Test
        void r13SinceAMarkIsPartial() throws IOException {
            fill(1, 1);
            fill(2, 1);
            String parent = full(all);
            fill(1, 2); // before the mark
            BlockSet since = fill(2, 2);
            TrackingPoint point = new TrackingPoint(new UUID(5, 6), 7);
            try (GenerationWriter writer = store.create(backup.request("m", parent, "夜"))) {
                backup.write(writer, since, null, null);
                GenerationInfo info = writer.seal(new Seal(all, since, point, Instant.EPOCH, 0));
                assertThat(info.partial()).isTrue();
                assertThat(info.mark()).isEqualTo("夜");
                assertThat(info.point()).isEqualTo(point);
                assertThat(store.get(info.id())).isEqualTo(info);
                assertThat(read(info.id(), 1)).isEqualTo((byte) 1);
                assertThat(read(info.id(), 2)).isEqualTo((byte) 2);
            }
        }

        /** Deep chains take no deep stack, and open no more than is asked for. */
        @Test
        void aHundredGenerations() throws IOException {
            String id = full(all);
            for (int i = 0; i < 100; i++) {
                id = upon(id, i % 2 == 0 ? "logs" : "m", all, fill(i % 48, i + 1));
            }
            checkContent(id);
            assertThat(store.chain(id)).hasSize(101);
            long[] opened = new long[1];
            m.fault = what -> opened[0] += what.matches("open data@[0-9]+/index") ? 1 : 0;
            logs.fault = m.fault;
            assertThat(read(id, 3)).isEqualTo((byte) 100);
            assertThat(opened[0]).isEqualTo(1);
            opened[0] = 0;
            assertThat(read(id, 4)).isEqualTo((byte) 53);
            assertThat(opened[0]).isEqualTo(48);
        }
    }

    @Nested
    class Misfits {

        @Test
        void anotherDiskOrSizeIsRefused() throws IOException {
            String parent = full(all);
            GenerationRequest larger = new GenerationRequest(
                    "data", TestBackup.DISK_ID, backup.size + 1, 4096, "raw", "m", Layout.PACKED, parent, null, null);
            assertThatThrownBy(() -> store.create(larger))
                    .hasMessageContaining("is of disk data when it had another size")
                    .hasMessageContaining("make a full backup");
            GenerationRequest other = new GenerationRequest(
                    "data", new UUID(9, 9), backup.size, 4096, "raw", "m", Layout.PACKED, parent, null, null);
            assertThatThrownBy(() -> store.create(other)).hasMessageContaining("is of another disk");
            assertThatThrownBy(() -> store.create(backup.request("m", "data@9", null)))
                    .hasMessageContaining("there is no generation 'data@9'");
            store.remove(parent);
        }

        @Test
        void aFullOneStoresItsSet() throws IOException {
            try (GenerationWriter writer = store.create(backup.request("m"))) {
                backup.write(writer, all, null, null);
                assertThatThrownBy(() -> writer.seal(new Seal(all, BlockSet.range(0, 3), null, Instant.EPOCH, 0)))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            assertThatThrownBy(() -> backup.request("m", null, "mark")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class Missing {

        private final String child = "data@3";

        private void makeThree() throws IOException {
            full(all);
            upon("data@1", "logs", all, fill(3, 3));
            upon("data@2", "m", all, fill(4, 4));
            checkContent(child);
        }

        private void checkBroken(String... told) throws IOException {
            for (String text : told) {
                assertThat(store.get(child).problem()).contains(text);
                assertThatThrownBy(() -> store.open(child)).hasMessageContaining(text);
                assertThatThrownBy(() -> store.create(backup.request("m", child, null)))
                        .hasMessageContaining(text);
            }
        }

        @Test
        void aParentThatWasDeletedIsTold() throws IOException {
            makeThree();
            m.objects.keySet().removeIf(name -> name.startsWith("data@1/"));
            checkBroken("generation data@1, which data@2 builds upon, was on medium 'm'", "but is there no more");
            assertThat(store.chain(child)).extracting(GenerationInfo::id).containsExactly(child, "data@2");
            assertThat(store.verify(child, Progress.NONE).parents()).containsExactly("data@2", "data@1");
        }

        @Test
        void aParentWhoseMediumIsGoneIsTold() throws IOException {
            makeThree();
            media.stop("logs");
            checkBroken("generation data@2, which data@3 builds upon, was on medium 'logs'", "not among the media");
            media.add("other name", logs, "");
            checkContent(child);
            assertThat(store.get(child).problem()).isNull();
        }

        @Test
        void anotherOneInItsPlaceIsNotTaken() throws IOException {
            makeThree();
            MemoryDriver elsewhere = new MemoryDriver();
            TestMedia others = new TestMedia(HOME).add("m", elsewhere, "");
            try (GenerationStore other = new GenerationStore(others, Files.createDirectory(home.resolve("x")), 1)) {
                assertThat(backup.make(other, "m", all, null, null).id()).isEqualTo("data@1");
            }
            m.objects.keySet().removeIf(name -> name.startsWith("data@1/"));
            elsewhere.objects.forEach(m.objects::putIfAbsent);
            media.stop("m");
            media.add("m", m, "");
            assertThat(store.get("data@1").problem()).isNull();
            checkBroken("is not what it was: on medium 'm', it is another one of that name");
        }

        /** Generations of another home's disk of the same name, on a medium that was taken over. */
        @Test
        void anotherOneElsewhereIsInNobodysWay() throws IOException {
            makeThree();
            MemoryDriver elsewhere = new MemoryDriver();
            TestMedia others = new TestMedia(HOME).add("a", elsewhere, "");
            try (GenerationStore other = new GenerationStore(others, Files.createDirectory(home.resolve("x")), 1)) {
                backup.make(other, "a", all, null, null);
            }
            media.stop("m");
            media.stop("logs");
            media.add("a", elsewhere, "").add("logs", logs, "").add("m", m, "");
            checkContent(child);
            assertThat(store.get(child).problem()).isNull();
            assertThat(store.chain(child)).hasSize(3);
        }

        @Test
        void aDamagedParentIsTold() throws IOException {
            makeThree();
            byte[] index = m.objects.get("data@1/index");
            m.objects.put("data@1/index", Arrays.copyOf(index, index.length - 1));
            checkBroken("data@1/index has " + (index.length - 1) + " bytes instead of " + index.length);
            byte[] turned = index.clone();
            turned[index.length - 1] ^= 1;
            m.objects.put("data@1/index", turned);
            try (GenerationReader reader = store.open(child)) {
                ByteBuffer block = ByteBuffer.allocate(4096);
                reader.read(block, 4 * 4096);
                assertThat(block.get(0)).isEqualTo((byte) 4);
                assertThatThrownBy(() -> reader.read(ByteBuffer.allocate(1), 0))
                        .hasMessageContaining("the index of data@1 (data@1/index) is damaged");
                assertThatThrownBy(() -> reader.nextData(0)).hasMessageContaining("the index of data@1");
            }
            m.objects.put("data@1/index", index);
            checkContent(child);
        }
    }

    @Nested
    class Removing {

        @Test
        void whatOthersNeedStays() throws IOException {
            full(all);
            BlockSet changed = fill(3, 3);
            upon("data@1", "logs", all, changed);
            upon("data@1", "m", all, changed.union(fill(4, 4)));
            assertThatThrownBy(() -> store.remove("data@1"))
                    .hasMessageContaining("data@3 on medium 'm'")
                    .hasMessageContaining("data@2 on medium 'logs'");
            checkContent("data@3");
            store.remove("data@3");
            store.remove("data@2");
            store.remove("data@1");
            assertThat(m.objects).containsOnlyKeys("hikae-medium");
        }

        @Test
        void whatAnAbsentMediumNeedsStays() throws IOException {
            full(all);
            upon("data@1", "logs", all, fill(3, 3));
            media.stop("logs");
            String told = "data@2 on medium 'logs', which is not there now";
            assertThatThrownBy(() -> store.remove("data@1")).hasMessageContaining(told);
            try (GenerationStore later = new GenerationStore(media, home, 1)) {
                assertThatThrownBy(() -> later.remove("data@1")).hasMessageContaining(told);
            }
            // If the home is a new one, what was seen once is known.
            Path other = Files.createDirectory(home.resolve("other"));
            try (GenerationStore fresh = new GenerationStore(media, other, 1)) {
                media.add("logs", logs, "");
                assertThat(fresh.survey().generations()).hasSize(2);
                media.stop("logs");
                assertThatThrownBy(() -> fresh.remove("data@1")).hasMessageContaining(told);
                media.add("logs", logs, "");
                fresh.remove("data@2");
                fresh.remove("data@1");
            }
        }

        @Test
        void aWholeChainIsHeldWhileItIsRead() throws IOException {
            full(all);
            upon("data@1", "logs", all, fill(3, 3));
            try (GenerationReader reader = store.open("data@2")) {
                assertThatThrownBy(() -> store.remove("data@2")).hasMessageContaining("is in use");
                assertThatThrownBy(() -> store.remove("data@1")).hasMessageContaining("is in use");
                assertThatThrownBy(() -> media.handle("m").endUses())
                        .hasMessageContaining("data@1, upon which data@2 builds, is being read");
                assertThat(TestBackup.readAll(reader)).isEqualTo(backup.image);
            }
            GenerationWriter writer = store.create(backup.request("m", "data@2", null));
            assertThatThrownBy(() -> store.remove("data@2")).hasMessageContaining("is in use");
            assertThatThrownBy(() -> store.remove("data@1")).hasMessageContaining("is in use");
            writer.close();
            store.remove("data@2");
            store.remove("data@1");
            media.handle("m").endUses();
            media.handle("logs").endUses();
        }
    }
}

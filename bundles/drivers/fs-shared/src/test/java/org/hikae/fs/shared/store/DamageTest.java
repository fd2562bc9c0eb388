package org.hikae.fs.shared.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hikae.fs.shared.store.Disks.MIB;
import static org.hikae.fs.shared.store.Disks.key;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fs.shared.store.region.LiveBlocks;
import org.hikae.fs.shared.store.region.ShadowFile;
import org.hikae.fs.shared.store.region.Span;
import org.hikae.fs.shared.testing.MemoryDevice;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** I9: whatever is damaged, the answer is right, or refused. */
class DamageTest {

    private static final int FLIPS = Boolean.getBoolean("hikae.long") ? 50_000 : 700;
    private static MemoryDevice whole;
    private static Map<Long, ByteBuffer> expected;

    /** A disk that has seen several checkpoints, with records in its journal. */
    @BeforeAll
    static void fill() throws IOException {
        MemoryDevice device = Disks.formatted(4 * MIB, MIB);
        try (MetadataStore store = Disks.open(device)) {
            for (int round = 0; round < 60; round++) {
                Disks.put(store, Table.INODES, round * 20L, 20, 150);
                int removed = round * 20;
                store.change(changes -> {
                    changes.remove(Table.INODES, key(removed));
                    return null;
                });
                store.commit();
            }
            expected = Disks.all(store, Table.INODES);
            whole = device.copy();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    @Timeout(600)
    void oneBitThatIsWrong(long seed) throws IOException {
        Random random = new Random(seed);
        List<Long> written = written();
        int refused = 0;
        for (int flip = 0; flip < FLIPS; flip++) {
            MemoryDevice damaged = whole.copy();
            long at = written.get(random.nextInt(written.size())) + random.nextInt(512);
            damaged.flip(at, random.nextInt(Byte.SIZE));
            refused += isRefused(damaged, random.nextBoolean(), "seed " + seed + ", byte " + at) ? 1 : 0;
        }
        assertThat(refused).isBetween(1, FLIPS - 1);
    }

    @Test
    void aDamagedSuperblockHasACopy() throws IOException {
        for (int bit = 64; bit < 4096; bit += 5) {
            MemoryDevice damaged = whole.copy();
            damaged.flip(bit / Byte.SIZE, bit % Byte.SIZE);
            assertThat(Superblock.read(damaged)).isEqualTo(Superblock.read(whole));
        }
    }

    /** Damage by somebody who knows how to make checksums: anything may be the answer, but nothing else may happen. */
    @ParameterizedTest
    @ValueSource(longs = {3, 4})
    @Timeout(600)
    void pagesThatAreWrongOnPurpose(long seed) throws IOException {
        Random random = new Random(seed);
        for (int count = 0; count < FLIPS / 4; count++) {
            MemoryDevice device = whole.copy();
            falsify(device, random);
            try (MetadataStore store = Disks.openReadOnly(device)) {
                for (Table table : Table.values()) {
                    store.read(view -> {
                        view.scan(table, new byte[0], (key, value) -> true);
                        return view.floor(table, key(random.nextLong()));
                    });
                }
            } catch (FileSystemRefusedException e) {
                assertThat(e).hasMessageContaining(e.structure());
            }
        }
    }

    /** Who looks for the end of such a file block by block is never done. */
    @Test
    @Timeout(60)
    void aFileThatEndsFarAwayIsRefused() throws IOException {
        MemoryDevice device = whole.copy();
        ShadowFile file = open(device);
        ByteBuffer header = ByteBuffer.allocate(ShadowFile.BLOCK);
        file.read(header, 0);
        Matcher chunk = Pattern.compile("block:(\\p{XDigit}+)")
                .matcher(new String(header.array(), StandardCharsets.ISO_8859_1));
        assertThat(chunk.find()).isTrue();
        file.write(ByteBuffer.allocate(ShadowFile.BLOCK), Long.parseLong(chunk.group(1), 16) * ShadowFile.BLOCK);
        file.write(ByteBuffer.allocate(ShadowFile.BLOCK), 1L << 60);
        LiveBlocks all = new LiveBlocks();
        all.add(0, Long.MAX_VALUE);
        file.publish(file.mark(), all);
        assertThatThrownBy(() -> Disks.openReadOnly(device)).isInstanceOf(FileSystemRefusedException.class);
    }

    private static ShadowFile open(MemoryDevice device) throws IOException {
        Superblock superblock = Superblock.read(device);
        long block = superblock.blockSize();
        Span region = new Span(
                device, superblock.region().first() * block, superblock.region().count() * block, (int) block);
        return ShadowFile.open(region, superblock.id());
    }

    private static void falsify(MemoryDevice device, Random random) throws IOException {
        ShadowFile file = open(device);
        ByteBuffer bytes = ByteBuffer.allocate(ShadowFile.BLOCK);
        long at = random.nextLong(file.size() / ShadowFile.BLOCK) * ShadowFile.BLOCK;
        file.read(bytes, at);
        for (int count = random.nextInt(4); count >= 0; count--) {
            int place = random.nextInt(random.nextBoolean() ? 200 : ShadowFile.BLOCK);
            bytes.put(place, (byte) (bytes.get(place) ^ 1 << random.nextInt(Byte.SIZE)));
        }
        LiveBlocks all = new LiveBlocks();
        all.add(0, Integer.MAX_VALUE);
        file.write(bytes.flip(), at);
        file.publish(file.mark(), all);
    }

    private static boolean isRefused(MemoryDevice device, boolean readOnly, String what) throws IOException {
        try (MetadataStore store = readOnly ? Disks.openReadOnly(device) : Disks.open(device)) {
            assertThat(Disks.all(store, Table.INODES)).as(what).isEqualTo(expected);
            return false;
        } catch (FileSystemRefusedException e) {
            return true;
        }
    }

    /** Sectors of the metadata that hold something. */
    private static List<Long> written() throws IOException {
        List<Long> written = new ArrayList<>();
        ByteBuffer sector = ByteBuffer.allocate(512);
        for (long at = 0; at < Superblock.read(whole).data().first() * 4096; at += sector.capacity()) {
            whole.read(sector.clear(), at);
            if (sector.flip().mismatch(ByteBuffer.allocate(512)) >= 0) {
                written.add(at);
            }
        }
        return written;
    }
}

package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.hikae.api.block.BlockSet;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Layout;
import org.hikae.api.media.LogPlace;
import org.hikae.api.media.VerifyReport;
import org.hikae.media.medium.RollCall;
import org.hikae.media.medium.TestMedia;
import org.hikae.media.testing.MemoryDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * I9, exhaustively: every single bit of every object of a small generation turned, and every object cut at every length.
 * Verify reports it, and no reader ever returns anything but what was written, or an exception. By day, bits and lengths that a seed
 * chooses, at equal distances; every one in the long tests.
 */
class DamageTest {

    private static final int BLOCK = 512;

    private static final boolean LONG = Boolean.getBoolean("hikae.long");
    /** Distances of the bits that are turned. */
    private static final int PACKED_STEP = LONG ? 1 : 15;

    private static final int CHAIN_STEP = LONG ? 1 : 21;
    /** Distance of the lengths at which objects are cut. */
    private static final int LENGTH_STEP = LONG ? 1 : 3;

    private static final int IMAGE_STEP = LONG ? 1 : 303;
    /** Cases of a packed generation, at least. */
    private static final int PACKED_CASES = LONG ? 15_000 : 1_300;

    private static final int LOG_CASES = LONG ? 2_000 : 170;
    private static final int IMAGE_CASES = LONG ? 2_500 : 800;
    private static final int CHAIN_CASES = LONG ? 20_000 : 1_000;
    private static final int IMAGE_CHAIN_CASES = LONG ? 2_000 : 650;

    @TempDir
    Path home;

    private final long seed = Long.getLong("hikae.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final MemoryDriver medium = new MemoryDriver();
    private final MemoryDriver logs = new MemoryDriver();
    private GenerationStore store;
    private TestBackup backup;
    private BlockSet set;

    @BeforeEach
    void open() throws IOException {
        TestMedia media = new TestMedia(new UUID(1, 1)).add("m", medium, "").add("logs", logs, "");
        store = new GenerationStore(media, home, 1, 1 << 20, RollCall.PATIENCE);
        backup = TestBackup.small(11, BLOCK, 24 * BLOCK + 100);
        backup.logged = BlockSet.range(3, 4).union(BlockSet.range(12, 6));
        set = BlockSet.range(0, 11).union(BlockSet.range(13, 12));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @ParameterizedTest
    @CsvSource({
        "PACKED,overlay",
        "PACKED,separate",
        "PACKED,elsewhere",
        "IMAGE,overlay",
        "IMAGE,medium",
        "IMAGE,separate"
    })
    void everyBitAndEveryLength(Layout layout, String placement) throws IOException {
        String logMedium = placement.equals("elsewhere") ? "logs" : null;
        backup.layout = layout;
        backup.over = placement.equals("medium") ? LogPlace.MEDIUM : LogPlace.OVERLAY;
        boolean laidOver = placement.equals("overlay") || placement.equals("medium");
        String id = backup.make(store, "m", set, logMedium, laidOver).id();
        byte[] expected = backup.expected(set);
        assertThat(check(id, expected)).isEmpty();
        assertThat(store.get(id).loggedBlocks()).isGreaterThan(3).isLessThan(set.count());
        int cases = 0;
        for (MemoryDriver driver : List.of(medium, logs)) {
            for (String name : List.copyOf(driver.objects.keySet())) {
                // With its log elsewhere, what is not log is as with a separate log.
                if (name.startsWith(id) && (logMedium == null || driver == logs)) {
                    cases += damage(driver, name, id, expected, layout == Layout.PACKED ? PACKED_STEP : CHAIN_STEP);
                }
            }
        }
        assertThat(check(id, expected)).isEmpty();
        assertThat(cases)
                .isGreaterThan(logMedium != null ? LOG_CASES : layout == Layout.PACKED ? PACKED_CASES : IMAGE_CASES);
    }

    /** A generation and its parent on another medium: damage of either is found by who verifies both. */
    @ParameterizedTest
    @EnumSource(Layout.class)
    void everyBitAndEveryLengthOfAChain(Layout layout) throws IOException {
        backup = TestBackup.small(11, BLOCK, 12 * BLOCK + 100);
        backup.layout = layout;
        set = BlockSet.range(0, 12);
        backup.make(store, "logs", set, null, null);
        String id = backup.makeUpon(
                        store, "m", "data@1", set, BlockSet.range(2, 3).union(BlockSet.range(8, 1)))
                .id();
        byte[] expected = backup.expected(set);
        assertThat(check(id, expected)).isEmpty();
        int cases = 0;
        for (String name : List.copyOf(medium.objects.keySet())) {
            cases += name.startsWith(id) ? damage(medium, name, id, expected, CHAIN_STEP) : 0;
        }
        for (String name : List.copyOf(logs.objects.keySet())) {
            cases += name.startsWith("data@1") ? damage(logs, name, id, expected, CHAIN_STEP) : 0;
        }
        assertThat(check(id, expected)).isEmpty();
        assertThat(cases).isGreaterThan(layout == Layout.PACKED ? CHAIN_CASES : IMAGE_CHAIN_CASES);
    }

    /** @param step distance of the bits that are turned */
    private int damage(MemoryDriver driver, String name, String id, byte[] expected, int step) throws IOException {
        byte[] original = driver.objects.get(name);
        int cases = 0;
        // An image is long and all alike, and beside it lies what lies beside packed objects too.
        int bits = name.endsWith("/image") ? IMAGE_STEP : step;
        int lengths = backup.layout == Layout.IMAGE ? bits : LENGTH_STEP;
        int first = random.nextInt(bits);
        for (int bit = first; bit < original.length * 8; bit += bits, cases++) {
            byte[] turned = original.clone();
            turned[bit / 8] ^= (byte) (1 << bit % 8);
            driver.objects.put(name, turned);
            assertThat(check(id, expected))
                    .as("bit %s of %s, seed %s", bit, name, seed)
                    .isNotEmpty();
        }
        for (int length = random.nextInt(lengths); length < original.length; length += lengths, cases++) {
            driver.objects.put(name, Arrays.copyOf(original, length));
            assertThat(check(id, expected)).as("%s bytes of %s", length, name).isNotEmpty();
        }
        driver.objects.put(name, Arrays.copyOf(original, original.length + 1));
        assertThat(check(id, expected)).as("a byte more in %s", name).isNotEmpty();
        driver.objects.remove(name);
        if (!name.endsWith("manifest")) {
            assertThat(check(id, expected)).as("%s missing", name).isNotEmpty();
        }
        driver.objects.put(name, original);
        return cases;
    }

    /** What verify says, having read everything: what is read must be right, and must be so outside of what it names. */
    private List<String> check(String id, byte[] expected) throws IOException {
        VerifyReport report = store.verify(id, Progress.NONE);
        assertThat(report.intact()).isEqualTo(report.damages().isEmpty());
        List<String> damages = new ArrayList<>(report.damages());
        BlockSet affected = report.affected();
        for (String parent : report.parents()) {
            affected = affected.union(verifyParent(parent, damages));
        }
        try (GenerationReader reader = store.open(id)) {
            ByteBuffer block = ByteBuffer.allocate(BLOCK);
            for (int b = 0; b < backup.blockCount(); b++) {
                readBlock(reader, b, block, expected, affected);
            }
        } catch (IOException e) {
            assertThat(damages).as("what was not verified must open: %s", e).isNotEmpty();
        }
        return damages;
    }

    private BlockSet verifyParent(String parent, List<String> damages) {
        try {
            VerifyReport report = store.verify(parent, Progress.NONE);
            damages.addAll(report.damages());
            return report.affected();
        } catch (IOException e) {
            damages.add(e.getMessage());
            return backup.all();
        }
    }

    private static void readBlock(GenerationReader reader, int b, ByteBuffer block, byte[] expected, BlockSet affected)
            throws IOException {
        int from = b * BLOCK;
        block.clear().limit(Math.min(BLOCK, expected.length - from));
        try {
            reader.read(block, from);
        } catch (IOException e) {
            if (affected.contains(b)) {
                return;
            }
            throw new AssertionError("block " + b + " cannot be read, but verify did not say so", e);
        }
        if (!Arrays.equals(block.array(), 0, block.limit(), expected, from, from + block.limit())) {
            throw new AssertionError("wrong data in block " + b);
        }
    }
}

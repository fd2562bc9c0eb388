package org.hikae.tape.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hikae.api.job.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cartridge whose end is gone is told of as often as somebody asks. */
class TruncationTest {

    private static final int CUTS = 5;

    @TempDir
    Path folder;

    private StoreRig rig;
    private final RandomWriter writer = new RandomWriter(new Random(3));

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    private List<String> scan(boolean all) throws IOException {
        return rig.store.reader().scan(all, Progress.NONE).problems();
    }

    private void cut(long length) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(rig.file("AA0001L9").toFile(), "rw")) {
            open.setLength(length);
        }
    }

    /** A home that knows nothing learns from another cartridge where the end was; without that it cannot know that there was more. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isToldAgain(boolean named) throws IOException {
        rig = new StoreRig(folder).add("one", 1, 2, 1 << 16, "AA");
        rig.copy("pool", Map.of("first", writer.bytes(3000)));
        long least = Files.size(rig.file("AA0001L9"));
        rig.copy("pool", Map.of("second", writer.bytes(5000)));
        long most = Files.size(rig.file("AA0001L9"));
        if (named) {
            rig.copy("other", Map.of("third", writer.bytes(100)));
        }
        rig.close();
        byte[] whole = Files.readAllBytes(rig.file("AA0001L9"));
        for (int cut = 0; cut < CUTS; cut++) {
            long length = least + (most - 1 - least) * cut / (CUTS - 1);
            cut(length);
            rig = rig.again("new" + cut);
            for (boolean all : new boolean[] {false, false, true, false}) {
                assertThat(scan(all))
                        .as("cut at %d of %d, all %s", length, most, all)
                        .hasSize(named ? 1 : 0);
            }
            assertThat(rig.store.isComplete(StoreRig.MEDIUM)).isNotEqualTo(named);
            assertThat(rig.store.list(StoreRig.MEDIUM, "")).hasSize(named ? 2 : 1);
            rig = rig.again("home");
            for (boolean all : new boolean[] {true, false, true, false}) {
                assertThat(scan(all))
                        .as("known, cut at %d of %d, all %s", length, most, all)
                        .hasSize(1);
            }
            rig.close();
            Files.write(rig.file("AA0001L9"), whole);
        }
    }

    /** What was written behind the place would hide that something is missing. */
    @Test
    void isNotWrittenTo() throws IOException {
        rig = new StoreRig(folder).add("one", 1, 3, 1 << 16, "AA");
        rig.copy("pool", Map.of("first", writer.bytes(3000)));
        long least = Files.size(rig.file("AA0001L9"));
        rig.copy("pool", Map.of("second", writer.bytes(5000)));
        rig.copy("other", Map.of("third", writer.bytes(100)));
        rig.close();
        cut(least);
        rig = rig.again("new");
        assertThat(scan(false)).hasSize(1);
        rig.copy("pool", Map.of("fourth", writer.bytes(3000)));
        assertThat(rig.store.tierCopies(StoreRig.MEDIUM, "fourth").get(0).cartridges())
                .containsExactly("AA0003L9");
        assertThat(scan(false)).hasSize(1);
    }
}

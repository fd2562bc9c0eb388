package org.hikae.media.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyedSorterTest {

    @TempDir
    Path home;

    private static Keyed random(Random random, int kinds) {
        byte[] key = new byte[1 + random.nextInt(kinds)];
        byte[] value = new byte[random.nextInt(200)];
        random.nextBytes(key);
        random.nextBytes(value);
        return new Keyed(key, value);
    }

    private static List<Keyed> all(KeyedSource source) throws IOException {
        List<Keyed> all = new ArrayList<>();
        for (Keyed next = source.next(); next != null; next = source.next()) {
            all.add(next);
        }
        return all;
    }

    /** In order, in reverse, and in none; with keys that are alike; through several tiers of files. */
    @Test
    void sortsWhatMemoryHasNoRoomFor() throws IOException {
        for (int seed = 0; seed < (Boolean.getBoolean("hikae.long") ? 12 : 6); seed++) {
            Random random = new Random(seed);
            List<Keyed> expected = new ArrayList<>();
            for (int i = 0; i < 3000; i++) {
                expected.add(random(random, seed % 2 == 0 ? 30 : 2));
            }
            if (seed % 3 != 2) {
                Collections.sort(expected);
            }
            if (seed % 3 == 1) {
                Collections.reverse(expected);
            }
            try (KeyedSorter sorter = new KeyedSorter(new ScratchFolder(home), 5000, 3)) {
                for (Keyed each : expected) {
                    sorter.add(each);
                }
                for (int time = 0; time < 2; time++) {
                    List<Keyed> sorted = all(sorter.sorted());
                    assertThat(sorted).isSorted().containsExactlyInAnyOrderElementsOf(expected);
                }
            }
        }
    }
}

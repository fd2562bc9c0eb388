package org.hikae.files.client.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.hikae.api.files.RunId;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.files.client.ModelCenter;
import org.hikae.files.client.select.PathOrder;
import org.hikae.files.client.send.Archive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions that come in any order, and as many as it takes, are in order, and are what they were. */
class FoundSorterTest {

    @TempDir
    Path temp;

    private final List<Archive> centers = List.of(new ModelCenter(), new ModelCenter());
    private final FoundCodec codec = new FoundCodec(centers, List.of());

    private Found random(Random random, int name) {
        byte[] path = new byte[1 + random.nextInt(8)];
        random.nextBytes(path);
        for (int i = 0; i < path.length; i++) {
            path[i] = path[i] == 0 ? (byte) '/' : path[i];
        }
        FileType[] types = FileType.values();
        StoredVersion version = new StoredVersion(
                new RunId("me", "b" + random.nextInt(3), 1 + random.nextInt(5)),
                FileName.of(
                        PathOrder.child(("/" + name % 500).getBytes(java.nio.charset.StandardCharsets.UTF_8), path)),
                random.nextInt(3),
                Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                types[random.nextInt(types.length)],
                random.nextLong() >>> 1,
                Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                random.nextBoolean() ? "ab" : null,
                random.nextBoolean() ? "m" : null,
                random.nextBoolean() ? "doubt \u30c7" : null);
        return new Found.Stored(centers.get(random.nextInt(2)), version);
    }

    private static List<Found> all(FoundList.Cursor cursor) throws IOException {
        List<Found> all = new ArrayList<>();
        for (Found found = cursor.next(); found != null; found = cursor.next()) {
            all.add(found);
        }
        return all;
    }

    @Test
    void whateverComes() throws IOException {
        for (int count : new int[] {0, 1, 2, 9000, 40_000}) {
            long seed = Long.getLong("hikae.seed", System.nanoTime());
            Random random = new Random(seed);
            List<Found> came = new ArrayList<>();
            try (FoundSorter sorter = new FoundSorter(temp, codec)) {
                for (int i = 0; i < count; i++) {
                    Found found = random(random, i / 8 * 8 + random.nextInt(20));
                    came.add(found);
                    sorter.add(found);
                }
                came.sort(Comparator.comparing((Found found) -> found.path().bytes(), PathOrder::compare)
                        .thenComparing(Found::backup)
                        .thenComparing(Found::run));
                assertThat(all(sorter.sorted())).as("-Dhikae.seed=" + seed).isEqualTo(came);
            }
        }
        assertThat(temp).isEmptyDirectory();
    }

    @Test
    void aListIsReadAgainAndAgain() throws IOException {
        Random random = new Random(3);
        List<Found> some = new ArrayList<>();
        try (FoundList list = new FoundList(temp, codec)) {
            assertThat(list.first()).isNull();
            for (int i = 0; i < 2000; i++) {
                some.add(random(random, i));
                list.add(some.get(i));
            }
            for (int i = 0; i < 2; i++) {
                assertThat(all(list.read())).isEqualTo(some);
            }
            assertThat(list.first()).isEqualTo(some.get(0));
            assertThat(list.size()).isEqualTo(2000);
        }
    }
}

package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Layout;
import org.hikae.media.replay.Replay;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** a.5 and a.7: the image of a generation whose log is kept apart, and that log laid over it, are the generation. */
class ImageAndLogTest extends StoreTestBase {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void areTheGeneration(long seed) throws IOException {
        backup = new TestBackup(seed, 4096, 3_000_000 + seed);
        backup.layout = Layout.IMAGE;
        backup.logged = backup.randomSet();
        String id = backup.make(store, "m", backup.all(), "logs", false).id();
        Path image = Files.write(home.resolve("copied"), m.objects.get(id + "/image"));
        List<Path> log = new ArrayList<>();
        for (Map.Entry<String, byte[]> object : logs.objects.entrySet()) {
            if (object.getKey().startsWith(id + "/log.")) {
                log.add(Files.write(home.resolve("part" + log.size()), object.getValue()));
            }
        }
        assertThat(Arrays.equals(Files.readAllBytes(image), backup.image)).isFalse();

        try (Replay replay = new Replay()) {
            replay.replay(log, image, Progress.NONE);
        }

        assertThat(Arrays.equals(Files.readAllBytes(image), backup.image)).isTrue();
        try (GenerationReader reader = store.open(id)) {
            assertThat(Arrays.equals(TestBackup.readAll(reader), backup.image)).isTrue();
        }
    }
}

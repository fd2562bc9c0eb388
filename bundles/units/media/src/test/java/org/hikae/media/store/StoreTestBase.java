package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import org.hikae.api.block.BlockSet;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.media.medium.TestMedia;
import org.hikae.media.testing.MemoryDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Two media, a disk, and generations of it. */
abstract class StoreTestBase {

    static final UUID HOME = new UUID(1, 1);

    @TempDir
    Path home;

    final MemoryDriver m = new MemoryDriver();
    final MemoryDriver logs = new MemoryDriver();
    TestMedia media;
    GenerationStore store;
    TestBackup backup;
    BlockSet all;

    @BeforeEach
    void open() throws IOException {
        media = media().add("m", m, "").add("logs", logs, "");
        store = new GenerationStore(media, home, 1);
        backup = new TestBackup(3, 4096, 200_000);
        backup.logged = BlockSet.range(5, 10);
        all = BlockSet.range(0, backup.blockCount());
    }

    /** The media of this home; none yet. */
    TestMedia media() {
        return new TestMedia(HOME);
    }

    @AfterEach
    void close() {
        store.close();
    }

    GenerationInfo make() throws IOException {
        return backup.make(store, "m", all, null, true);
    }

    void checkContent(String id) throws IOException {
        try (GenerationReader reader = store.open(id)) {
            assertThat(Arrays.equals(TestBackup.readAll(reader), backup.image)).isTrue();
        }
    }
}

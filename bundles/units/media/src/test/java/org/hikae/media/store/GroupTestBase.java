package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.group.Meta;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.media.GenerationReader;
import org.hikae.media.testing.RandomFiles;
import org.junit.jupiter.api.BeforeEach;

/** A group of files of a disk, and generations of it. */
abstract class GroupTestBase extends StoreTestBase {

    static final int BLOCK = 4096;

    BlockSet set;

    @BeforeEach
    void choose() {
        set = BlockSet.of(new BlockRun(3, 5), new BlockRun(20, 10));
        of("g", Meta.ALL);
    }

    void of(String name, Meta meta) {
        backup.group = name == null ? null : new GenerationGroup(name, meta, List.of("dir_A/*"));
        backup.files = meta == Meta.GROUP ? RandomFiles.make(new Random(7), BLOCK, backup.image, set) : null;
    }

    String full() throws IOException {
        return backup.make(store, "m", set, null, null).id();
    }

    String upon(String parent, BlockSet of, BlockSet stored) throws IOException {
        return backup.makeUpon(store, "m", parent, of, stored).id();
    }

    void check(String id, byte[] image, BlockSet of) throws IOException {
        try (GenerationReader reader = store.open(id)) {
            assertThat(reader.set()).isEqualTo(of);
            TestBackup.checkGroup(reader, image, of);
        }
    }
}

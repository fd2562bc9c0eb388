package org.hikae.files.center.store;

import java.io.IOException;
import java.util.List;
import org.hikae.files.center.store.CenterStore.Query;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store of its own for each test, and runs of one client for it. */
abstract class StoreFixture {

    static final Query ALL = new Query("a", null, null, false, null, true);
    static final Query NOW = new Query("a", null, null, false, null, false);
    static final byte[] SMALL = TestRun.content(7, 5000);
    static final byte[] BIG = TestRun.content(9, 3_500_000);

    StoreRig rig;

    @BeforeEach
    void open() throws IOException {
        rig = new StoreRig();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    static TestRun first() throws IOException {
        return TestRun.make("a", "docs", 1, 0)
                .folder("/d", 0755)
                .file("/d/small", 0644, SMALL)
                .file("/d/big", 0600, BIG)
                .file("/d/empty", 0600, new byte[0])
                .end();
    }

    static Query at(long run) {
        return new Query("a", null, null, false, TestRun.taken(run), false);
    }

    List<String> paths(Query query) throws IOException {
        return rig.versions(query, 2).stream()
                .map(version ->
                        version.version().path() + "@" + version.version().run().number())
                .toList();
    }
}

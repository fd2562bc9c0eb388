package org.hikae.files.center.store;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A center that shares small content, too. */
abstract class SharingFixture {

    StoreRig rig;

    @BeforeEach
    void open() throws IOException {
        rig = new StoreRig();
        rig.sharing = new Sharing.Limits(10_000, 100);
        rig.restart();
    }

    @AfterEach
    void close() {
        rig.close();
    }
}

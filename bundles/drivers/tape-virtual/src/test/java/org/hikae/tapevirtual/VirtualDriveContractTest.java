package org.hikae.tapevirtual;

import java.nio.file.Path;
import org.hikae.api.tape.spi.TapeDrive;
import org.hikae.tapekit.TapeDriveContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class VirtualDriveContractTest extends TapeDriveContract {

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    private Rig rig;

    @Override
    protected TapeDrive loaded() throws Exception {
        if (rig == null) {
            rig = new Rig(folder);
        }
        return rig.loaded();
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }
}

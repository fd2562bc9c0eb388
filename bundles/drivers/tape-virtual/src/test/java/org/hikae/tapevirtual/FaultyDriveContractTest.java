package org.hikae.tapevirtual;

import java.nio.file.Path;
import org.hikae.api.tape.spi.TapeDrive;
import org.hikae.tapekit.Faults;
import org.hikae.tapekit.FaultyDrive;
import org.hikae.tapekit.TapeDriveContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A drive with faults keeps the contract as long as none is asked for, with what it has in its buffer. */
class FaultyDriveContractTest extends TapeDriveContract {

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    private Rig rig;

    @Override
    protected TapeDrive loaded() throws Exception {
        if (rig == null) {
            rig = new Rig(folder);
        }
        return new FaultyDrive(rig.loaded(), 0, new Faults(), 5, () -> "HK0001L9");
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }
}

package org.hikae.tapevirtual;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.hikae.api.tape.spi.TapeDrive;
import org.hikae.tapekit.TapeEndContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class VirtualEndContractTest extends TapeEndContract {

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    private Rig rig;

    @BeforeEach
    void prepare() throws Exception {
        rig = new Rig(folder, "capacity", "4MB");
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Override
    protected TapeDrive small() throws Exception {
        return rig.loaded();
    }

    @Override
    protected TapeDrive writeProtected() throws Exception {
        TapeDrive drive = rig.loaded();
        drive.write(List.of(ByteBuffer.allocate(10)));
        drive.unload();
        Files.setPosixFilePermissions(rig.file(), PosixFilePermissions.fromString("r--r--r--"));
        drive.load();
        return drive;
    }
}

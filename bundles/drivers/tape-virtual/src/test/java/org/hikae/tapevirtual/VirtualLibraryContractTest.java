package org.hikae.tapevirtual;

import java.nio.file.Path;
import java.util.Map;
import org.hikae.api.tape.spi.TapeLibrary;
import org.hikae.tapekit.TapeLibraryContract;
import org.junit.jupiter.api.io.TempDir;

class VirtualLibraryContractTest extends TapeLibraryContract {

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    @Override
    protected TapeLibrary open() throws Exception {
        VirtualLibraryDriver driver = new VirtualLibraryDriver();
        if (!folder.resolve("library.json").toFile().exists()) {
            driver.prepare(folder.toString(), Map.of("slots", "5", "cartridges", "3", "drives", "2"));
        }
        return driver.open(folder.toString());
    }
}

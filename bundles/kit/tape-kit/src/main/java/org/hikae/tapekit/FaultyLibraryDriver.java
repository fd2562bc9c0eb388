package org.hikae.tapekit;

import java.io.IOException;
import java.util.Map;
import org.hikae.api.tape.spi.TapeLibraryDriver;

/** A driver whose libraries are {@link FaultyLibrary}s, all with the same faults. Thread-safe. */
public final class FaultyLibraryDriver implements TapeLibraryDriver {

    private final TapeLibraryDriver driver;
    private final Faults faults;

    public FaultyLibraryDriver(TapeLibraryDriver driver, Faults faults) {
        this.driver = driver;
        this.faults = faults;
    }

    @Override
    public void prepare(String location, Map<String, String> options) throws IOException {
        driver.prepare(location, options);
    }

    @Override
    public FaultyLibrary open(String location) throws IOException {
        return new FaultyLibrary(driver.open(location), faults);
    }
}

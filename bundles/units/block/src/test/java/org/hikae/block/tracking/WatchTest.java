package org.hikae.block.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class WatchTest {

    private final FakeStamps stamps = new FakeStamps(4096);
    private final Watch watch = new Watch(stamps);

    /** When a platform stops, drivers of formats may go before what they tell is saved. */
    @Test
    void aDriverThatGoesBeforeADiskIsSettledHasToldAll() throws IOException {
        stamps.fileSystem = "mounted on monday";
        watch.leaving();
        stamps.fileSystem = "";
        assertThat(watch.left().fileSystem()).isEqualTo("mounted on monday");
        assertThat(watch.settled().fileSystem())
                .as("of a disk that may be written")
                .isEmpty();
        stamps.fileSystem = "mounted on tuesday";
        assertThat(watch.left().fileSystem()).isEqualTo("mounted on tuesday");
    }

    @Test
    void whatADriverToldHoldsUntilWeWriteThoughItIsSilentAtAnInstant() {
        stamps.fileSystem = "mounted on monday";
        DiskStamp told = stamps.now();
        stamps.fileSystem = "";
        assertThat(watch.atInstant(told)).isEqualTo(told);
        watch.touch();
        assertThat(watch.atInstant(told).fileSystem()).isEmpty();
    }
}

package org.hikae.tape.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.hikae.api.media.tier.SecondTier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Copies that somebody relies on are not given up with their cartridge meanwhile. */
@Timeout(60)
class HoldTest {

    @TempDir
    Path folder;

    private StoreRig rig;

    @BeforeEach
    void open() throws IOException {
        rig = new StoreRig(folder).add("one", 1, 2, 1 << 20, "AA");
        rig.copy("pool", Map.of("one", new byte[] {1, 2, 3}));
    }

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    private boolean isListed() throws IOException {
        return !rig.store.copies(StoreRig.MEDIUM, "one").isEmpty();
    }

    @Test
    void aCartridgeIsGivenUpWhenNobodyReliesOnItAnyMore() throws Exception {
        UUID volume = rig.store.volumes().volumes().get(0).label().volume();
        Thread eraser = new Thread(() -> {
            try {
                rig.store.volumes().abandon(volume);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try (SecondTier.Hold hold = rig.store.hold()) {
            eraser.start();
            while (eraser.getState() != Thread.State.WAITING) {
                assertThat(eraser.isAlive()).isTrue();
                Thread.onSpinWait();
            }
            assertThat(isListed()).isTrue();
            hold.close();
            hold.close();
        }
        eraser.join();
        assertThat(isListed()).isFalse();
    }
}

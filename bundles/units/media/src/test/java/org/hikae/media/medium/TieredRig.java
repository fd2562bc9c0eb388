package org.hikae.media.medium;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.media.testing.MemoryDriver;
import org.hikae.media.testing.MemoryTier;
import org.junit.jupiter.api.BeforeEach;

/** A medium in memory with a second tier in memory. */
abstract class TieredRig {

    static final String NAME = "data@1/data.00.0000";

    final MemoryDriver driver = new MemoryDriver();
    final MemoryTier tier = new MemoryTier();
    TestMedia media;
    UsableMedium used;
    Medium medium;

    @BeforeEach
    void open() throws IOException {
        media = new TestMedia(new UUID(1, 1)).add("m", driver, "");
        media.tier = tier;
        used = media.open("m");
        medium = used.objects();
    }

    static byte[] bytes(int value) {
        return new byte[] {(byte) value, 2, 3};
    }

    static byte[] read(ObjectReader reader) throws IOException {
        ByteBuffer all = ByteBuffer.allocate((int) reader.length());
        reader.read(all, 0);
        return all.array();
    }

    byte[] read(String name) throws IOException {
        try (ObjectReader reader = medium.open(name)) {
            return read(reader);
        }
    }

    void far(String name, int value) {
        tier.put(used.id(), name, bytes(value));
    }

    void restart() throws IOException {
        driver.fault = what -> {};
        tier.fault = what -> {};
        media.stop("m");
        media.add("m", driver, "");
        used = media.open("m");
        medium = used.objects();
    }
}

package org.hikae.media.medium;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumDriver;
import org.hikae.api.media.tier.SecondTier;
import org.hikae.media.testing.Evictor;
import org.hikae.media.testing.MemoryDriver;
import org.hikae.media.testing.MemoryTier;

/** Media of one home, without a framework. */
public final class TestMedia implements MediaAccess {

    private final UUID home;
    private final Map<String, MediumHandle> handles = new LinkedHashMap<>();
    /** Null: there is none. */
    public volatile SecondTier tier;

    private Evictor evictor;

    public TestMedia(UUID home) {
        this.home = home;
    }

    /** From now on the data of generations is moved to a second tier as soon as they are there. */
    public TestMedia evictingTo(MemoryTier secondTier) {
        tier = secondTier;
        evictor = new Evictor(secondTier);
        return this;
    }

    /** Adds a medium, and makes it this home's own if it is nobody's. */
    public TestMedia add(String name, MediumDriver driver, String location) throws IOException {
        try (Medium medium = driver.open(location)) {
            Claim.make(medium, location, home, false, Instant.EPOCH);
        }
        if (evictor != null && driver instanceof MemoryDriver memory) {
            evictor.add(memory);
        }
        handles.put(name, new MediumHandle(name, "test", location, driver, home, () -> tier));
        return this;
    }

    /** As if another home had taken the medium over. */
    public static void takeOver(MediumDriver driver, UUID otherHome) throws IOException {
        try (Medium medium = driver.open("")) {
            Claim.make(medium, "", otherHome, true, Instant.EPOCH);
        }
    }

    /** As if the driver's bundle had stopped; nothing if it had before. */
    public void stop(String name) {
        MediumHandle handle = handles.remove(name);
        if (handle != null) {
            handle.leave("its driver went away");
        }
    }

    public MediumHandle handle(String name) {
        return handles.get(name);
    }

    @Override
    public UsableMedium open(String name) throws IOException {
        MediumHandle handle = handles.get(name);
        if (handle == null) {
            throw new IOException("there is no medium '" + name + "'");
        }
        return handle.use();
    }

    @Override
    public List<String> names() {
        return List.copyOf(handles.keySet());
    }
}

package org.hikae.media.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.media.format.GenerationId;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.ManifestCodec;
import org.hikae.media.format.ObjectRef;

/** Moves the data and the logs of generations to a second tier as soon as their manifests are there. */
public final class Evictor {

    private static final Pattern MEDIUM = Pattern.compile("\"medium\" ?: ?\"([0-9a-f-]{36})\"");

    private final MemoryTier tier;
    private final List<MemoryDriver> drivers = new CopyOnWriteArrayList<>();

    public Evictor(MemoryTier tier) {
        this.tier = tier;
    }

    /** From now on what is made on a medium is evicted. */
    public void add(MemoryDriver driver) {
        drivers.add(driver);
        driver.committed = name -> committed(driver, name);
    }

    private void committed(MemoryDriver driver, String name) throws IOException {
        GenerationId id = GenerationId.ofObject(name).orElse(null);
        if (id != null && id.revisionOfManifest(name).isPresent()) {
            Manifest manifest = ManifestCodec.decode(id, driver.objects.get(name));
            for (ObjectRef ref : manifest.objects()) {
                evict(driver, ref);
            }
            if (manifest.log() != null) {
                for (ObjectRef ref : manifest.log().objects()) {
                    for (MemoryDriver each : drivers) {
                        evict(each, ref);
                    }
                }
            }
        }
    }

    private void evict(MemoryDriver driver, ObjectRef ref) {
        byte[] bytes = driver.objects.get(ref.name());
        if (bytes != null) {
            tier.put(id(driver), ref.name(), bytes);
            driver.objects.remove(ref.name());
        }
    }

    /** The id of a medium. */
    public static UUID id(MemoryDriver driver) {
        String mark = new String(driver.objects.get("hikae-medium"), StandardCharsets.UTF_8);
        Matcher matcher = MEDIUM.matcher(mark);
        if (!matcher.find()) {
            throw new IllegalStateException(mark);
        }
        return UUID.fromString(matcher.group(1));
    }
}

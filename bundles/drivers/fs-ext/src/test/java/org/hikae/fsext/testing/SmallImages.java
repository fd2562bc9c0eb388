package org.hikae.fsext.testing;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;

/** Small images that lie with the tests, see the README in their folder. */
public final class SmallImages {

    public static final List<String> NAMES = List.of("ext2", "ext4", "plain", "clusters", "journal");

    private static final Map<String, byte[]> KNOWN = new ConcurrentHashMap<>();

    private SmallImages() {}

    /** The image, which the caller must not change. */
    public static byte[] get(String name) throws IOException {
        byte[] known = KNOWN.get(name);
        if (known == null) {
            try (InputStream in = SmallImages.class.getResourceAsStream("/fuzz/" + name + ".gz");
                    InputStream image = new GZIPInputStream(in)) {
                known = image.readAllBytes();
            }
            KNOWN.put(name, known);
        }
        return known;
    }
}

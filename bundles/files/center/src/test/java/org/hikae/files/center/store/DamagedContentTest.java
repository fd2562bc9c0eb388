package org.hikae.files.center.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hikae.api.fs.FileType;
import org.hikae.files.transfer.run.RunItem;
import org.hikae.files.transfer.run.RunReader;
import org.junit.jupiter.api.Test;

/** Of what is damaged where it is stored nothing is given, and all else is (I9). */
class DamagedContentTest extends StoreFixture {

    private static final long SEED = Long.getLong("hikae.seed", System.nanoTime());
    private static final int FLIPS = 150;

    private final Random random = new Random(SEED);
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void whereverABitFlipsAllElseIsGiven() throws IOException {
        for (int i = 0; i < 6; i++) {
            files.put("/d/" + i, noise(i == 3 ? (5 << 20) + 7 : 3000));
        }
        var run = TestRun.make("a", "docs", 1, 0).folder("/d", 0755);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            run.file(file.getKey(), 0600, file.getValue());
        }
        rig.sendAll(run.end());
        List<Version> versions = rig.versions(NOW, 10);
        assertThat(given(versions)).isEmpty();
        int wholly = 0;
        for (int i = 0; i < FLIPS; i++) {
            List<String> damaged = flipped(versions);
            assertThat(damaged.size()).as("seed %d", SEED).isLessThan(versions.size());
            wholly += damaged.contains("/d") ? 1 : 0;
        }
        assertThat(wholly).as("not each flip, seed %d", SEED).isLessThan(FLIPS / 2);
    }

    private List<String> flipped(List<Version> versions) throws IOException {
        List<String> names = List.copyOf(rig.medium().objects.keySet());
        String name = names.get(random.nextInt(names.size()));
        byte[] sound = rig.medium().objects.get(name);
        byte[] damaged = sound.clone();
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        rig.medium().objects.put(name, damaged);
        try {
            return given(versions);
        } finally {
            rig.medium().objects.put(name, sound);
        }
    }

    /** Compares what is given. @return what comes void */
    private List<String> given(List<Version> versions) throws IOException {
        List<String> asked = new ArrayList<>();
        List<String> came = new ArrayList<>();
        List<String> isVoid = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (Version version : versions) {
            asked.add(version.version().path().toString());
            ids.add(version.id());
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (RunReader reader = new RunReader(rig.store.content("a", ids, 0))) {
            for (RunItem item = reader.next(); item != null; item = reader.next()) {
                if (item instanceof RunItem.FileItem file) {
                    came.add(file.path().toString());
                    assertThat(file.content() instanceof RunItem.Follows).isEqualTo(file.type() == FileType.REGULAR);
                    content.reset();
                } else if (item instanceof RunItem.Data data) {
                    byte[] bytes = new byte[data.bytes().remaining()];
                    data.bytes().duplicate().get(bytes);
                    content.write(bytes);
                } else if (item instanceof RunItem.FileEnd) {
                    assertThat(content.toByteArray()).as("seed %d", SEED).isEqualTo(files.get(last(came)));
                } else if (item instanceof RunItem.FileVoid) {
                    isVoid.add(last(came));
                }
            }
        }
        assertThat(came).as("seed %d", SEED).isEqualTo(asked);
        return isVoid;
    }

    private static String last(List<String> all) {
        return all.get(all.size() - 1);
    }
}

package org.hikae.itests.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Files that change now and then and are synced at once, each and their folder: what they hold then must not be lost. */
final class SyncedFiles {

    private static final int CHANGES = 5;
    private static final int NAMES = 8;
    private static final int LONGEST = 900_000;
    /** Files that there are at least after each change, whatever the seed: one of them may be of no group. */
    private static final int LEAST = 5;

    private final Path folder;
    private final Random random;
    private final Map<String, byte[]> contents = new LinkedHashMap<>();

    SyncedFiles(Path mounted, Random random) throws IOException {
        this.folder = Files.createDirectory(mounted.resolve("synced"));
        this.random = random;
    }

    /**
     * Makes and rewrites some, and deletes one.
     *
     * @return what all of them hold now, by path
     */
    Map<String, byte[]> change() throws IOException {
        if (!contents.isEmpty()) {
            String gone = contents.keySet().iterator().next();
            Files.delete(folder.resolve(gone));
            contents.remove(gone);
        }
        for (int i = 0; i < CHANGES || contents.size() < LEAST; i++) {
            byte[] content = new byte[random.nextInt(LONGEST)];
            random.nextBytes(content);
            String name = "f" + random.nextInt(NAMES);
            write(folder.resolve(name), content);
            contents.put(name, content);
        }
        try (FileChannel directory = FileChannel.open(folder)) {
            directory.force(true);
        }
        return new LinkedHashMap<>(contents);
    }

    /** Makes or rewrites a file, and syncs it; not its folder. */
    static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    /** Every file of that time is in the image, whole. */
    static void assertIn(ExtImage image, Map<String, byte[]> contents, String about)
            throws IOException, InterruptedException {
        for (Map.Entry<String, byte[]> file : contents.entrySet()) {
            assertThat(Arrays.mismatch(image.content("/synced/" + file.getKey()), file.getValue()))
                    .as("where %s of %s differs", file.getKey(), about)
                    .isEqualTo(-1);
        }
    }
}

package org.hikae.fsext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.spi.FileSystemReader;
import org.hikae.fsext.testing.ImageDevice;
import org.hikae.fsext.testing.Programs;
import org.hikae.fsext.testing.Tree;
import org.junit.jupiter.api.Test;

/** More blocks than fit into 32 bits. */
class HugeTest {

    /** Most file systems have no files of this size; this one does, and takes memory for what is written alone. */
    private static final Path MEMORY = Path.of("/dev/shm");

    private static final long BLOCKS = 5L << 30;

    @Test
    void twentyTebibytesAreReadInSeconds() throws IOException {
        boolean memory = Files.isWritable(MEMORY)
                && Files.getFileStore(MEMORY).type().equals("tmpfs")
                && Files.getFileStore(MEMORY).getUsableSpace() > 2L << 30;
        assumeTrue(memory, "skipped: there is no " + MEMORY + " with room for a file of 20 TiB");
        Path image = Files.createTempFile(MEMORY, "hikae-huge", ".img");
        try {
            Programs.ok("truncate", "-s", "20T", image.toString());
            Programs.ok("mkfs.ext4", "-q", "-F", "-N", "100000", "-O", "^has_journal,^resize_inode", image.toString());
            try (ImageDevice device = new ImageDevice(image)) {
                FileSystemReader reader = ExtReader.open(device);
                BlockSet used = assertTimeout(Duration.ofSeconds(60), reader::used);
                assertThat(used.contains(BLOCKS - 1)).isFalse();
                assertThat(BLOCKS - used.count()).isEqualTo(free(image));
                assertThat(assertTimeout(Duration.ofSeconds(60), reader::metadata))
                        .isEqualTo(used);
                assertThat(Tree.of(reader)).containsOnlyKeys("", "/lost+found");
            }
        } finally {
            Files.delete(image);
        }
    }

    private static long free(Path image) throws IOException {
        String header = Programs.ok("dumpe2fs", "-h", image.toString());
        return Long.parseLong(header.replaceFirst("(?s).*\nFree blocks: +(\\d+)\n.*", "$1"));
    }
}

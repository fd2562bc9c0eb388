package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.disk.Disk;
import org.hikae.api.job.Job;
import org.hikae.api.media.GenerationReader;
import org.junit.Assume;
import org.junit.Test;

/** A sparse disk of more than 16 TiB, most of which is a hole. */
public class HugeDiskIT extends InFramework {
    private static final long TIB = 1L << 40;
    private static final long SIZE = 20 * TIB + 1001;
    private static final int BLOCK = 4096;
    /** Where something is written: across 2^31 blocks, in the last short block, and far from everything. */
    private static final List<Long> PLACES = List.of(0L, TIB - 3, 8 * TIB - 1, 16 * TIB + 5, SIZE - 10);

    @Test
    public void placesFarApartAreAsTheyWereAtTheInstant() throws Exception {
        Lab lab = Lab.in(context);
        Disk disk = lab.disks().add("huge", sparseFile(lab.folder.resolve("huge.img")), null, BLOCK);
        lab.strategy(disk.name(), "overlay", null);
        try (BlockDevice device = lab.node("n1").open(disk.name())) {
            for (long place : PLACES) {
                device.write(text("before"), place);
            }
            InLab.HoldsCopier copier = new InLab.HoldsCopier();
            lab.driver.watch(copier);
            Job job = lab.start(disk);
            copier.firstFrame.awaitArrival();
            for (long place : PLACES) {
                device.write(text("after!"), place);
                device.write(text("holes?"), Math.max(0, place - 10 * TIB / 3));
            }
            device.zero(8 * TIB, 4 * TIB);
            copier.letGo();
            check(lab, Lab.generation(job));
        } finally {
            lab.driver.watch(new ProbeDriver.Watch() {});
        }
        lab.forget(disk);
    }

    private static void check(Lab lab, String generation) throws Exception {
        try (GenerationReader reader = lab.generations().open(generation)) {
            assertThat(reader.size()).isEqualTo(SIZE);
            for (long place : PLACES) {
                assertThat(read(reader, place)).isEqualTo("before");
            }
            assertThat(dataBytes(reader)).isLessThan(PLACES.size() * 2L * BLOCK);
        }
        lab.verify(generation);
        Path restored = lab.restore(generation);
        assertThat(Files.size(restored)).isEqualTo(SIZE);
        for (long place : PLACES) {
            assertThat(InLab.text(restored, place, 6)).isEqualTo("before");
        }
        Files.delete(restored);
    }

    /** What is no hole in a generation that has nothing but the places. */
    private static long dataBytes(BlockDevice device) throws IOException {
        long bytes = 0;
        long offset = device.nextData(0);
        while (offset < device.size()) {
            long hole = device.nextHole(offset);
            bytes += hole - offset;
            offset = device.nextData(hole);
        }
        return bytes;
    }

    private static Path sparseFile(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), SIZE - 1);
        } catch (IOException e) {
            Assume.assumeNoException("no file of 20 TiB can be made in " + file.getParent(), e);
        }
        return file;
    }

    private static String read(BlockDevice device, long offset) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(6);
        device.read(buffer, offset);
        return new String(buffer.array(), StandardCharsets.US_ASCII);
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}

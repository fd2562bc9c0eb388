package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.TreeSet;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.Quieting;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.copy.CopyLimits;
import org.hikae.api.disk.Disk;
import org.hikae.api.job.Job;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Layout;
import org.hikae.api.tape.CartridgeInfo;
import org.hikae.api.tape.CartridgeInfo.State;
import org.junit.Test;

/** 27: what cartridges are written to, and where one ends and the next begins. */
public class TapeCartridgesIT extends InTapeLab {
    private static final long SIZE = 3 * MIB;
    /** Of cartridges of which a generation needs several. */
    private static final String SMALL = "12MiB";

    /** A tape of someone else: a record of 80 bytes, as tapes have begun for sixty years, some data, and filemarks. */
    private static byte[] foreign() {
        ByteBuffer tape = ByteBuffer.allocate(2 * (80 + 8) + 3 * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (String text : List.of("VOL1OTHERS", "of others")) {
            byte[] record = new byte[80];
            java.util.Arrays.fill(record, (byte) ' ');
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(bytes, 0, record, 0, bytes.length);
            tape.putInt(80).put(record).putInt(80).putInt(0);
        }
        return tape.putInt(0).array();
    }

    @Test
    public void aForeignCartridgeIsNotTouchedUnlessThatIsForced() throws Exception {
        makeLibrary("cartridges", "0");
        cartridges.putIntoStation("OTHERS", foreign());
        importAll();
        assertThat(tapes().cartridge("OTHERS").state()).isEqualTo(State.FOREIGN);
        Made generation = backUp(SIZE);
        assertThat(Lab.failure(startWrite(POOL, 1, generation))).contains("pool", POOL, "import");
        for (Job refused :
                List.of(tapeJobs().label("OTHERS", POOL, false), tapeJobs().erase("OTHERS", false))) {
            assertThat(Lab.failure(refused)).contains("OTHERS", "--force");
        }
        assertThat(Files.readAllBytes(cartridges.file("OTHERS"))).isEqualTo(foreign());
        assertThat(tapes().cartridge("OTHERS").state()).isEqualTo(State.FOREIGN);

        done(tapeJobs().label("OTHERS", POOL, true));
        write(POOL, generation);
        assertThat(cartridgeOf(generation)).isEqualTo("OTHERS");
        evict(generation);
        assertExact(generation);
    }

    /** What is needed is not erased by anybody who does not insist. */
    @Test
    public void aCartridgeThatIsNeededIsNotErased() throws Exception {
        makeLibrary("cartridges", "1");
        Made generation = onTapeAlone(SIZE, POOL);
        String barcode = cartridgeOf(generation);
        assertThat(Lab.failure(tapeJobs().erase(barcode, false))).contains(barcode, "needed", generation.id());
        assertThat(Lab.failure(tapeJobs().label(barcode, "other", true))).contains(barcode, "needed", generation.id());
        assertExact(generation);

        lab.generations().remove(generation.id());
        CartridgeInfo left = tapes().cartridge(barcode);
        assertThat(left.objects()).isZero();
        assertThat(left.neededBytes()).isZero();
        done(tapeJobs().erase(barcode, false));
        assertThat(tapes().cartridge(barcode).state()).isEqualTo(State.SCRATCH);
        Made next = onTapeAlone(SIZE, "other");
        assertThat(cartridgeOf(next)).isEqualTo(barcode);
        assertExact(next);
    }

    @Test
    public void writeProtectedCartridgesAreReadAndNotWrittenTo() throws Exception {
        makeLibrary("cartridges", "2");
        List<String> all = cartridges.barcodes();
        for (String barcode : all) {
            cartridges.writeProtect(barcode, true);
        }
        Made first = backUp(SIZE);
        assertThat(Lab.failure(startWrite(POOL, 1, first)))
                .contains("write-protected")
                .containsAnyOf(all.get(0), all.get(1));
        cartridges.writeProtect(all.get(0), false);
        write(POOL, first);
        evict(first);
        assertThat(cartridgeOf(first)).isEqualTo(all.get(0));

        done(tapeJobs().export(all.get(0)));
        cartridges.writeProtect(all.get(0), true);
        cartridges.writeProtect(all.get(1), false);
        importAll();
        assertExact(first);
        Made second = onTapeAlone(SIZE, POOL);
        assertThat(cartridgeOf(second)).isEqualTo(all.get(1));
        assertExact(second);
        assertExact(first);
    }

    @Test
    public void aGenerationThatNeedsSeveralCartridges() throws Exception {
        makeLibrary("capacity", SMALL);
        Made large = backUp(28 * MIB + 512);
        write(POOL, large);
        assertThat(cartridgesOf(large)).hasSizeBetween(3, 4);
        Made next = onTapeAlone(SIZE, POOL);
        assertThat(new TreeSet<>(cartridgesOf(large)))
                .as("the last one is appended to")
                .containsAll(cartridgesOf(next));
        evict(large);
        missOneOf(large);
        done(tapeJobs().verify(large.id()));
        for (String barcode : cartridgesOf(large)) {
            done(tapeJobs().verifyCartridge(barcode));
            assertThat(Files.size(cartridges.file(barcode))).isLessThanOrEqualTo(12 * MIB);
        }
    }

    /** What of it lies on others reads as ever. */
    private void missOneOf(Made large) throws Exception {
        String barcode = cartridgesOf(large).get(1);
        export(barcode);
        assertThat(failure(large)).contains(barcode, "tape import");
        try (GenerationReader reader = lab.generations().open(large.id())) {
            int missing = 0;
            for (long offset = 0; offset + MIB <= reader.size(); offset += MIB) {
                missing += isThere(reader, large, offset, barcode) ? 0 : 1;
            }
            assertThat(missing).isBetween(1, (int) (reader.size() / MIB) / 2);
        }
        cartridges.putIntoStation(barcode);
        importAll();
        assertExact(large);
    }

    /** Whether a part can be read, and is right then; it cannot for want of that cartridge alone. */
    private static boolean isThere(BlockDevice reader, Made made, long offset, String barcode) throws IOException {
        ByteBuffer read = ByteBuffer.allocate((int) MIB);
        try {
            reader.read(read, offset);
        } catch (IOException e) {
            assertThat(e).hasMessageContaining(barcode);
            return false;
        }
        ByteBuffer expected = ByteBuffer.allocate((int) MIB);
        try (var file = Files.newByteChannel(made.image().path())) {
            file.position(offset);
            while (expected.hasRemaining() && file.read(expected) >= 0) {}
        }
        assertThat(read.array()).isEqualTo(expected.array());
        return true;
    }

    @Test
    public void severalGenerationsBySeveralDrives() throws Exception {
        makeLibrary("capacity", SMALL, "drives", "2");
        Made[] all = {backUp(10 * MIB), backUp(11 * MIB), backUp(12 * MIB)};
        done(startWrite(POOL, 2, all));
        evict(all);
        for (Made each : all) {
            assertExact(each);
            done(tapeJobs().verify(each.id()));
        }
    }

    /** There is nothing left to write to; what is on the cartridges is as before, and more of them let it go on. */
    @Test
    public void whenAllCartridgesAreFull() throws Exception {
        makeLibrary("capacity", SMALL, "cartridges", "2");
        Made first = onTapeAlone(8 * MIB, POOL);
        Made second = backUp(20 * MIB);
        assertThat(Lab.failure(startWrite(POOL, 1, second)))
                .contains("pool 'default'", "import")
                .doesNotContain("Exception");
        assertExact(first);
        assertExact(second);
        cartridges.putIntoStation("T0MORE1", new byte[0]);
        cartridges.putIntoStation("T0MORE2", new byte[0]);
        importAll();
        write(POOL, second);
        evict(second);
        assertExact(second);
        assertExact(first);
    }

    /** A chain goes to tape with what it builds upon, and is merged there. */
    @Test
    public void aChainOfWhichAllIsOnTape() throws Exception {
        makeLibrary("capacity", SMALL);
        Disk disk = disk(6 * MIB);
        Made[] chain = new Made[3];
        for (int i = 0; i < chain.length; i++) {
            try (BlockDevice door = lab.node("n1").open(disk.name())) {
                door.write(
                        ByteBuffer.wrap(("generation " + i).repeat(1000).getBytes(StandardCharsets.US_ASCII)), i * MIB);
            }
            lab.node("n1").flush();
            String id = Lab.generation(lab.backups().backUp(request(disk, i > 0)));
            Image image = new Image(disk.path(), id);
            image.take();
            chain[i] = new Made(id, image);
        }
        write(POOL, chain[2]);
        evict(chain);
        for (Made each : chain) {
            assertExact(each);
        }
        lab.generations()
                .merge(
                        new org.hikae.api.media.MergeRequest(chain[0].id(), chain[1].id(), null),
                        org.hikae.api.job.Progress.NONE);
        assertExact(chain[1]);
        assertExact(chain[2]);
        lab.verify(chain[1].id());
    }

    private static BackupRequest request(Disk disk, boolean differential) {
        return new BackupRequest(
                disk.name(),
                Lab.MEDIUM,
                List.of(),
                new CopyLimits(0, 0),
                Layout.PACKED,
                differential,
                null,
                Quieting.NONE,
                null);
    }
}

package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.GenerationOnTape;
import org.hikae.api.backup.Quieting;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.copy.CopyLimits;
import org.hikae.api.disk.Disk;
import org.hikae.api.job.Job;
import org.hikae.api.media.DataPlace;
import org.hikae.api.media.DataPlace.Where;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.Layout;
import org.hikae.api.nbd.NbdServer;
import org.hikae.api.tape.CartridgeInfo;
import org.junit.Test;

/** c.3, d.2, 27: from a blank cartridge to a restore from it, and what is left when a medium is lost. */
public class TapeIT extends InTapeLab {
    private static final long SIZE = 24 * MIB;
    private static final String LOST = "lost";

    /** A full generation and a differential one, in between something is written. */
    private List<Made> chain(String medium) throws Exception {
        Disk disk = disk(SIZE);
        Made full = backUp(disk, medium, false);
        try (BlockDevice device = lab.node("n1").open(disk.name())) {
            device.write(ByteBuffer.wrap("changed since".getBytes(StandardCharsets.UTF_8)), 5 * MIB);
        }
        lab.node("n1").flush();
        return List.of(full, backUp(disk, medium, true));
    }

    private Made backUp(Disk disk, String medium, boolean differential) throws Exception {
        Job job = lab.backups()
                .backUp(new BackupRequest(
                        disk.name(),
                        medium,
                        List.of(),
                        new CopyLimits(0, 0),
                        Layout.PACKED,
                        differential,
                        null,
                        Quieting.NONE,
                        null));
        String id = Lab.generation(job);
        Image image = new Image(disk.path(), id);
        image.take();
        return new Made(id, image);
    }

    private Where where(Made generation) throws Exception {
        DataPlace place = lab.generations().places().get(generation.id());
        return place.where();
    }

    private void assertRestores(Made generation) throws Exception {
        Path restored = lab.restore(generation.id());
        assertThat(restored).hasSameBinaryContentAs(generation.image().path());
    }

    @Test
    public void c3_whatIsOnTapeIsReadAsBefore() throws Exception {
        makeLibrary("drives", "2");
        List<Made> chain = chain(Lab.MEDIUM);
        Made full = chain.get(0);
        Made differential = chain.get(1);
        assertThat(where(full)).isEqualTo(Where.NEAR);
        write(POOL, differential);
        assertThat(chain).allSatisfy(each -> assertThat(where(each)).isEqualTo(Where.BOTH));
        assertThat(tapeJobs().generations())
                .hasSize(2)
                .allSatisfy(each -> {
                    assertThat(each.proven()).isNotNull();
                    assertThat(each.missing()).isZero();
                    assertThat(each.problem()).isNull();
                })
                .extracting(GenerationOnTape::generation)
                .containsExactly(full.id(), differential.id());
        evict(full, differential);
        assertThat(chain).allSatisfy(each -> assertThat(where(each)).isEqualTo(Where.TIER));
        assertThat(lab.files(Lab.MEDIUM)).noneMatch(file -> file.contains("/data."));
        tapes().setBuffer("auto", 0);
        for (Made each : chain) {
            assertExact(each);
            assertRestores(each);
            lab.verify(each.id());
            done(tapeJobs().verify(each.id()));
        }
        CartridgeInfo cartridge = tapes().cartridge(cartridgeOf(full));
        assertThat(cartridge.state()).isEqualTo(CartridgeInfo.State.APPENDABLE);
        assertThat(cartridge.pool()).isEqualTo(POOL);
        assertThat(cartridge.objects())
                .isEqualTo(tapes().objects(cartridge.barcode()).size());
        done(tapeJobs().verifyCartridge(cartridge.barcode()));
        NbdServer nbd = lab.services.get(NbdServer.class);
        nbd.mount(differential.id());
        assertThat(nbd.mounted()).contains(differential.id());
        nbd.unmount(differential.id());
    }

    /** Its folder is gone, and the home no longer knows of it. */
    @Test
    public void i9_aMediumThatIsLostIsFoundOnTape() throws Exception {
        makeLibrary("drives", "2");
        lab.addMedium(LOST, "directory");
        List<Made> chain = chain(LOST);
        write(POOL, chain.get(1));
        Map<String, GenerationInfo> before = infos(chain);
        lab.media().remove(LOST);
        Homes.delete(lab.folder.resolve(LOST));
        assertThat(lab.generations().list()).isEmpty();
        Map<String, Object> result = done(tapeJobs().rebuild(false)).result();
        assertThat(result).containsEntry("addedMedia", LOST).containsEntry("generations", 2L);
        assertThat(infos(chain)).isEqualTo(before);
        for (Made each : chain) {
            assertThat(where(each)).isEqualTo(Where.TIER);
            assertExact(each);
            assertRestores(each);
        }
        assertThat(done(tapeJobs().rebuild(true)).result()).containsEntry("addedMedia", "");
        removeAll(chain);
        lab.media().remove(LOST);
    }

    private Map<String, GenerationInfo> infos(List<Made> chain) throws Exception {
        return Map.of(
                "full", lab.generations().get(chain.get(0).id()),
                "differential", lab.generations().get(chain.get(1).id()));
    }

    private void removeAll(List<Made> chain) throws Exception {
        lab.generations().remove(chain.get(1).id());
        lab.generations().remove(chain.get(0).id());
    }
}

package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.Quieting;
import org.hikae.api.backup.RebaseRequest;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.copy.CopyLimits;
import org.hikae.api.disk.Disk;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.Progress;
import org.hikae.api.media.DataPlace.Where;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.Layout;
import org.hikae.api.media.MergeRequest;
import org.junit.Before;
import org.junit.Test;

/** a.5, 27: tape as the medium of backups, and their logs apart from it; exact to their instant as ever (I1, R10). */
public class DirectTapeIT extends InTapeLab {
    private static final String TAPE = "tape";
    private static final long SIZE = 6 * MIB - 1000;
    /** Bytes a second: nothing is overwritten before it is copied unless copying takes its time. */
    private static final long SLOW = 2_000_000;

    private Disk disk;

    @Before
    public void addTape() throws Exception {
        makeLibrary();
        lab.media().add(TAPE, "tape", LIBRARY + "/direct", false);
        disk = disk(SIZE);
    }

    private BackupRequest request(String medium, boolean differential, long rate, Layout layout) {
        return new BackupRequest(
                disk.name(),
                medium,
                List.of("n1"),
                new CopyLimits(rate, 1),
                layout,
                differential,
                null,
                Quieting.NONE,
                null);
    }

    /** A backup of a disk that nobody uses. */
    private Made backUp(String medium, boolean differential) throws Exception {
        lab.node("n1").flush();
        String id = Lab.generation(lab.backups().backUp(request(medium, differential, 0, Layout.PACKED)));
        return made(id);
    }

    private Made made(String id) throws IOException {
        Image image = new Image(disk.path(), id);
        image.take();
        return new Made(id, image);
    }

    /** A backup of a disk that is overwritten from beginning to end while it is copied. */
    private Made backUpWhileWritten(boolean differential) throws Exception {
        Image image = new Image(disk.path(), "t0-" + differential);
        lab.gathering.watch(new ProbeGathering.Watch() {
            @Override
            public void instant() throws IOException {
                image.take();
            }
        });
        Job job = lab.backups().backUp(request(TAPE, differential, SLOW, Layout.PACKED));
        Awaitility.await().atMost(Services.DEADLINE).until(() -> job.info().doneBytes() > 0);
        fill(differential ? 'y' : 'x');
        String id = Lab.generation(job);
        assertThat(lab.generations().get(id).loggedBlocks()).as("in the log").isPositive();
        return new Made(id, image);
    }

    private void fill(char letter) throws IOException {
        byte[] letters = String.valueOf(letter).repeat((int) MIB).getBytes(StandardCharsets.US_ASCII);
        try (BlockDevice device = lab.node("n2").open(disk.name())) {
            for (long at = 0; at < device.size(); at += MIB) {
                device.write(ByteBuffer.wrap(letters, 0, (int) Math.min(MIB, device.size() - at)), at);
            }
            device.force();
        }
    }

    private void write(long offset, String text) throws IOException {
        try (BlockDevice device = lab.node("n2").open(disk.name())) {
            device.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), offset);
        }
        lab.node("n2").flush();
    }

    @Test
    public void a5_generationsOnTapeWithLogsOnAnotherMedium() throws Exception {
        lab.strategy(disk.name(), "separate", Lab.OTHER_MEDIUM);
        Made full = backUpWhileWritten(false);
        Made differential = backUpWhileWritten(true);
        for (Made each : List.of(full, differential)) {
            GenerationInfo info = lab.generations().get(each.id());
            assertThat(info.medium()).isEqualTo(TAPE);
            assertThat(info.logMedium()).isEqualTo(Lab.OTHER_MEDIUM);
            assertExact(each);
            lab.verify(each.id());
        }
        assertThat(lab.generations().get(differential.id()).parent()).isEqualTo(full.id());
        assertThat(Files.mismatch(
                        lab.restore(differential.id()), differential.image().path()))
                .isEqualTo(-1);
        assertThat(tapes().cartridges().stream().filter(each -> each.library() != null && "direct".equals(each.pool())))
                .singleElement()
                .satisfies(each -> assertThat(each.neededBytes()).isPositive());
    }

    /** Nothing is missing while its log is on a disk, and that can leave the disk too. */
    @Test
    public void a5_theLogOfWhatIsOnTapeGoesToTapeToo() throws Exception {
        lab.strategy(disk.name(), "separate", Lab.OTHER_MEDIUM);
        Made made = backUpWhileWritten(false);
        assertThat(lab.generations().places().get(made.id()).where()).isEqualTo(Where.TIER);
        assertThat(lab.files(Lab.OTHER_MEDIUM)).anyMatch(file -> file.contains("/log."));
        write("direct", made);
        evict(made);
        assertThat(lab.files(Lab.OTHER_MEDIUM)).noneMatch(file -> file.contains("/log."));
        assertThat(lab.generations().places().get(made.id()).where()).isEqualTo(Where.TIER);
        assertExact(made);
        lab.verify(made.id());
    }

    /** Where nobody has said where logs go, a medium is found that can take them, and it is told. */
    @Test
    public void a5_theLogFindsAMediumOfItsOwn() throws Exception {
        lab.strategy(disk.name(), "overlay", null);
        Job job = lab.backups().backUp(request(TAPE, false, 0, Layout.PACKED));
        JobInfo info = done(job);
        assertThat((String) info.result().get("logNote")).contains(Lab.MEDIUM, TAPE);
        Made made = made(Lab.generation(job));
        assertThat(lab.generations().get(made.id()).logMedium()).isEqualTo(Lab.MEDIUM);
        assertExact(made);
        lab.generations().remove(made.id());
        lab.media().remove(Lab.MEDIUM);
        lab.media().remove(Lab.OTHER_MEDIUM);
        try {
            assertThat(failureOf(request(TAPE, false, 0, Layout.PACKED))).contains(TAPE, "log", "add a medium");
        } finally {
            lab.addMedium(Lab.MEDIUM, "probe");
            lab.addMedium(Lab.OTHER_MEDIUM, "probe");
        }
    }

    private String failureOf(BackupRequest request) throws Exception {
        try {
            return Lab.failure(lab.backups().backUp(request));
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    @Test
    public void whatNeedsAMediumThatCanBeOverwrittenIsRefused() throws Exception {
        lab.strategy(disk.name(), "medium", null);
        assertThat(failureOf(request(TAPE, false, 0, Layout.PACKED))).contains(TAPE, "overwritten");
        lab.strategy(disk.name(), "separate", Lab.OTHER_MEDIUM);
        assertThat(failureOf(request(TAPE, false, 0, Layout.IMAGE))).contains(TAPE, "overwritten");
        assertThat(lab.generations().list()).isEmpty();
        assertExact(backUp(TAPE, false));
    }

    @Test
    public void r10_withoutTheMediumOfItsLogAGenerationFailsAndWithItItIsExactAgain() throws Exception {
        lab.strategy(disk.name(), "separate", Lab.OTHER_MEDIUM);
        Made made = backUpWhileWritten(false);
        lab.media().remove(Lab.OTHER_MEDIUM);
        try {
            assertThatThrownBy(() -> lab.generations().open(made.id())).hasMessageContaining(Lab.OTHER_MEDIUM);
            assertVerifyFails(made);
        } finally {
            lab.addMedium(Lab.OTHER_MEDIUM, "probe");
        }
        assertExact(made);
    }

    @Test
    public void r10_aLogThatIsGoneOrDamagedIsNeverReplacedByTheCopy() throws Exception {
        lab.strategy(disk.name(), "separate", Lab.OTHER_MEDIUM);
        List<String> before = lab.files(Lab.OTHER_MEDIUM);
        Made made = backUpWhileWritten(false);
        List<String> files = new ArrayList<>(lab.files(Lab.OTHER_MEDIUM));
        files.removeAll(before);
        assertThat(files).isNotEmpty();
        for (String name : files) {
            Path file = lab.folder.resolve(Lab.OTHER_MEDIUM).resolve(name);
            byte[] content = Files.readAllBytes(file);
            Files.delete(file);
            assertVerifyFails(made);
            byte[] damaged = content.clone();
            damaged[damaged.length / 2] ^= 1;
            Files.write(file, damaged);
            assertVerifyFails(made);
            Files.write(file, content);
        }
        assertExact(made);
        lab.verify(made.id());
    }

    private void assertVerifyFails(Made made) throws Exception {
        String said;
        try {
            said = Lab.failure(lab.backups().verify(made.id()));
        } catch (IOException e) {
            said = e.getMessage();
        }
        assertThat(said).contains(made.id());
    }

    /** Generations are known without their cartridges, and are read as soon as these are back. */
    @Test
    public void theCartridgesAreAway() throws Exception {
        lab.strategy(disk.name(), "separate", Lab.OTHER_MEDIUM);
        Made made = backUp(TAPE, false);
        String barcode = cartridgeOf(made);
        export(barcode);
        assertThat(lab.generations().get(made.id()).problem()).isNull();
        assertThat(failure(made)).contains("cartridge " + barcode, "tape import");
        assertThatThrownBy(() -> tapes().removeLibrary(LIBRARY)).hasMessageContaining(TAPE);
        write(0, "more");
        Made next = backUp(TAPE, true);
        assertThat(cartridgeOf(next)).isNotEqualTo(barcode);
        cartridges.putIntoStation(barcode);
        importAll();
        assertExact(made);
        assertExact(next);
    }

    @Test
    public void chainsGoToTapeAndComeBack() throws Exception {
        lab.strategy(disk.name(), "separate", Lab.OTHER_MEDIUM);
        Made onDisk = backUp(Lab.MEDIUM, false);
        write(MIB, "first on tape");
        Made first = backUp(TAPE, true);
        write(2 * MIB, "second on tape");
        Made second = backUp(TAPE, true);
        write(MIB + 100, "on disk again");
        Made last = backUp(Lab.MEDIUM, true);
        lab.generations().merge(new MergeRequest(first.id(), second.id(), TAPE), Progress.NONE);
        for (Made each : List.of(onDisk, second, last)) {
            assertExact(each);
        }
        done(lab.backups().rebase(new RebaseRequest(last.id(), TAPE, true)));
        assertThat(lab.generations().get(last.id()).medium()).isEqualTo(TAPE);
        assertThat(lab.generations().get(last.id()).parent()).isNull();
        assertExact(last);
        lab.verify(last.id());
        done(lab.backups().rebase(new RebaseRequest(last.id(), Lab.MEDIUM, false)));
        assertThat(lab.generations().list())
                .extracting(GenerationInfo::id, GenerationInfo::medium)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(last.id(), Lab.MEDIUM));
        assertExact(last);
        write(3 * MIB, "and tape again");
        assertExact(backUp(TAPE, true));
    }
}

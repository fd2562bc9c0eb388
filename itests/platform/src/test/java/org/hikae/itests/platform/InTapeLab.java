package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.hikae.api.backup.GenerationOnTape;
import org.hikae.api.backup.RestoreRequest;
import org.hikae.api.backup.TapeJobs;
import org.hikae.api.disk.Disk;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.Jobs;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.MediumStatus;
import org.hikae.api.tape.LibraryStatus;
import org.hikae.api.tape.Tapes;
import org.junit.After;
import org.junit.Before;

/** Tests of cartridges, each with a new library in a folder, at which people can lay hands. */
public abstract class InTapeLab extends InFramework {
    static final long MIB = 1L << 20;
    static final String LIBRARY = "lib";
    static final String POOL = "default";

    /** Libraries were made so often: cartridges of each have a barcode of their own. */
    private static int made;

    Lab lab;
    /** The library, once it was added. */
    TapeFolder cartridges;

    private final List<Disk> disks = new ArrayList<>();

    /** A generation, and what it must hold. */
    record Made(String id, Image image) {}

    @Before
    public void beginWithoutBuffer() throws Exception {
        lab = Lab.in(context);
        tapes().setPatience(Duration.ZERO);
        tapes().setBuffer("none", 0);
    }

    @After
    public void clear() throws Exception {
        lab.watchNothing();
        tapes().setPatience(Duration.ZERO);
        Awaitility.await().atMost(Services.DEADLINE).until(() -> lab.services.get(Jobs.class).running().stream()
                .allMatch(job -> job.kind().equals("recall")));
        for (GenerationInfo each : lab.generations().list().stream()
                .sorted(Comparator.comparing(GenerationInfo::number).reversed())
                .toList()) {
            lab.generations().remove(each.id());
        }
        for (Disk disk : disks) {
            lab.forget(disk);
        }
        for (MediumStatus medium : lab.media().list()) {
            if (medium.driver().equals("tape")) {
                lab.media().remove(medium.name());
            }
        }
        for (LibraryStatus library : tapes().libraries()) {
            tapes().removeLibrary(library.name());
        }
    }

    Tapes tapes() {
        return lab.services.get(Tapes.class);
    }

    TapeJobs tapeJobs() {
        return lab.services.get(TapeJobs.class);
    }

    /** Adds a library of one drive and eight blank cartridges, but for what is given. */
    TapeFolder addLibrary(String name, String... options) throws IOException {
        Map<String, String> all = new TreeMap<>(Map.of("prefix", "T" + ++made + "X", "slots", "8"));
        for (int i = 0; i < options.length; i += 2) {
            all.put(options[i], options[i + 1]);
        }
        Path folder = lab.folder.resolve(name + made);
        assertThat(tapes().addLibrary(name, "virtual", folder.toString(), all).problem())
                .isNull();
        return new TapeFolder(folder);
    }

    /** Adds the library of the test. */
    void makeLibrary(String... options) throws IOException {
        cartridges = addLibrary(LIBRARY, options);
    }

    LibraryStatus library() throws IOException {
        return tapes().libraries().stream()
                .filter(each -> each.name().equals(LIBRARY))
                .findFirst()
                .orElseThrow();
    }

    /** A disk that is forgotten with all the rest. */
    Disk disk(long size) throws IOException {
        return forgotten(lab.fullDisk(size, 4096));
    }

    /** Has a disk forgotten at the end. */
    Disk forgotten(Disk disk) {
        disks.add(disk);
        return disk;
    }

    /** A full generation of a new disk without holes. */
    Made backUp(long size) throws Exception {
        Disk disk = disk(size);
        String id = Lab.generation(lab.start(disk));
        Image image = new Image(disk.path(), id);
        image.take();
        return new Made(id, image);
    }

    private static List<String> ids(Made... generations) {
        return Arrays.stream(generations).map(Made::id).toList();
    }

    Job startWrite(String pool, int drives, Made... generations) throws IOException {
        return tapeJobs().write(new TapeJobs.Write(ids(generations), pool, false, false, drives));
    }

    void write(String pool, Made... generations) throws Exception {
        done(startWrite(pool, 1, generations));
    }

    void evict(Made... generations) throws Exception {
        done(tapeJobs().evict(ids(generations)));
    }

    /** One that is on tape alone. */
    Made onTapeAlone(long size, String pool) throws Exception {
        Made generation = backUp(size);
        write(pool, generation);
        evict(generation);
        return generation;
    }

    static JobInfo done(Job job) throws InterruptedException {
        JobInfo info = Lab.end(job);
        assertThat(info.state()).as("%s", info).isEqualTo(JobInfo.State.DONE);
        return info;
    }

    /** Barcodes of those that a generation is on. */
    List<String> cartridgesOf(Made generation) throws IOException {
        return tapeJobs().generations().stream()
                .filter(each -> each.generation().equals(generation.id()))
                .map(GenerationOnTape::cartridges)
                .findFirst()
                .orElseThrow();
    }

    /** Barcode of the only one that a generation is on. */
    String cartridgeOf(Made generation) throws IOException {
        List<String> all = cartridgesOf(generation);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    /** It reads as it must, from beginning to end. */
    void assertExact(Made generation) throws IOException {
        try (GenerationReader reader = lab.generations().open(generation.id())) {
            assertThat(generation.image().difference(reader))
                    .as("first byte of %s that differs", generation.id())
                    .isEqualTo(-1);
        }
    }

    Job startRestore(Made generation) throws IOException {
        Path file = lab.folder.resolve(generation.id() + ".restored");
        return lab.backups().restore(new RestoreRequest(generation.id(), new RestoreRequest.ToFile(file, true), 0));
    }

    /** Why a generation cannot be restored. */
    String failure(Made generation) throws Exception {
        return Lab.failure(startRestore(generation));
    }

    void importAll() throws Exception {
        done(tapeJobs().importAll(LIBRARY));
    }

    /** Takes a cartridge to a place where the library cannot get at it, as the manual says. */
    void export(String barcode) throws Exception {
        done(tapeJobs().export(barcode));
        cartridges.takeAway(barcode);
    }
}

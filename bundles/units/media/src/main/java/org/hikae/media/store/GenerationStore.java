package org.hikae.media.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import org.hikae.api.block.BlockSet;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.GenerationRequest;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.VerifyReport;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.GenerationId;
import org.hikae.media.format.Infos;
import org.hikae.media.format.Manifest;
import org.hikae.media.medium.MediaAccess;
import org.hikae.media.medium.UsableMedium;
import org.hikae.media.read.GenerationFiles;
import org.hikae.media.write.PackedWriter;
import org.hikae.media.write.Run;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The generations on all media. Thread-safe. */
public final class GenerationStore implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GenerationStore.class);

    /** Larger objects are unwieldy on media that move them as a whole. */
    private static final long OBJECT_BYTES = 1L << 30;

    private final MediaAccess media;
    private final int level;
    private final long objectBytes;
    private final GenerationFiles files = new GenerationFiles();
    private final Shelves shelves = new Shelves();
    /** Held while garbage is removed, and while a generation is begun: neither must see the half of the other. */
    private final Object beginning = new Object();

    /** Guarded by {@link #beginning}. */
    private final Numbers numbers;

    /** The media that were cleaned since they were opened; guarded by {@link #beginning}. */
    private final Set<UsableMedium> clean = Collections.newSetFromMap(new WeakHashMap<>());

    /** Guarded by itself. */
    private final InUse inUse = new InUse();

    /** Those that may still be open; guarded by itself, as {@link #closed}. */
    private final Set<PackedWriter> writers = Collections.newSetFromMap(new WeakHashMap<>());

    private boolean closed;

    /**
     * @param home this unit's folder in the home
     * @param level zstd's level of compression
     */
    public GenerationStore(MediaAccess media, Path home, int level) {
        this(media, home, level, OBJECT_BYTES);
    }

    GenerationStore(MediaAccess media, Path home, int level, long objectBytes) {
        this.media = media;
        this.level = level;
        this.objectBytes = objectBytes;
        this.numbers = new Numbers(home.resolve("numbers"));
    }

    public List<GenerationInfo> list() throws IOException {
        List<MediaAccess.Found> all = media.all();
        List<GenerationInfo> list = new ArrayList<>();
        for (MediaAccess.Found found : all) {
            if (found.medium() != null) {
                cleanOnce(found.medium(), all);
                Shelf.View view = shelves.of(found.medium()).look();
                view.generations()
                        .forEach((id, entry) -> list.add(new Listing(all).info(id, entry, found.medium(), view)));
            }
        }
        list.sort(Comparator.comparing(GenerationInfo::disk)
                .thenComparing(GenerationInfo::number)
                .thenComparing(GenerationInfo::medium));
        return list;
    }

    public GenerationInfo get(String id) throws IOException {
        Located located = locate(id);
        Shelf.View view = shelves.of(located.medium()).look();
        return new Listing(media.all()).info(located.id(), located.entry(), located.medium(), view);
    }

    public GenerationWriter create(GenerationRequest request) throws IOException {
        if (!GenerationId.isDisk(request.disk())) {
            throw new IOException("a disk of the name '" + request.disk() + "' cannot have generations");
        }
        UsableMedium medium = media.open(request.medium());
        GenerationId id;
        synchronized (beginning) {
            List<MediaAccess.Found> all = media.all();
            clean(medium, all);
            id = new GenerationId(request.disk(), numbers.next(request.disk(), highest(request.disk(), all)));
            synchronized (inUse) {
                inUse.beginWrite(id.toString());
            }
        }
        Run run = new Run(id, request, medium, level, objectBytes, media::open, () -> endWrite(id));
        try {
            PackedWriter writer = new PackedWriter(run);
            watch(writer);
            return writer;
        } catch (IOException | RuntimeException e) {
            endWrite(id);
            throw e;
        }
    }

    private void watch(PackedWriter writer) {
        synchronized (writers) {
            writers.add(writer);
            if (closed) {
                writer.abandon();
            }
        }
    }

    private void endWrite(GenerationId id) {
        synchronized (inUse) {
            inUse.endWrite(id.toString());
        }
    }

    private static long highest(String disk, List<MediaAccess.Found> all) throws IOException {
        long highest = 0;
        for (MediaAccess.Found found : all) {
            if (found.medium() != null) {
                highest = Math.max(highest, Garbage.highest(found.medium().objects(), disk));
            }
        }
        return highest;
    }

    private void cleanOnce(UsableMedium medium, List<MediaAccess.Found> all) {
        synchronized (beginning) {
            if (clean.add(medium)) {
                clean(medium, all);
            }
        }
    }

    /** What cannot be removed now is removed another time, and is in nobody's way until then. */
    private void clean(UsableMedium medium, List<MediaAccess.Found> all) {
        List<UsableMedium> usable = all.stream()
                .map(MediaAccess.Found::medium)
                .filter(other -> other != null)
                .toList();
        try {
            new Garbage(this::live).remove(medium, usable);
        } catch (IOException e) {
            LOG.warn("what was never sealed could not be removed from medium {}: {}", medium.name(), Reason.of(e));
        }
    }

    private Set<String> live() {
        synchronized (inUse) {
            return inUse.live();
        }
    }

    public GenerationReader open(String id) throws IOException {
        Located located = locate(id);
        Reading reading = new Reading(located, "is being read");
        try {
            Manifest manifest = reading.manifest();
            UsableMedium log = reading.log(manifest);
            Shelf.Entry entry = located.entry();
            GenerationInfo info = Infos.of(manifest, located.medium().name(), entry.length());
            return files.open(
                    manifest, located.medium().objects(), log == null ? null : log.objects(), info, reading::close);
        } catch (IOException | RuntimeException e) {
            reading.close();
            throw e;
        }
    }

    public VerifyReport verify(String id, Progress progress) throws IOException {
        Located located = locate(id);
        try (Reading reading = new Reading(located, "is being verified")) {
            Manifest manifest;
            try {
                manifest = reading.manifest();
            } catch (DamagedException e) {
                BlockSet all = GenerationFiles.allBlocks(located.medium().objects(), located.id());
                return new VerifyReport(0, List.of(e.getMessage()), all);
            }
            VerifyReport report = files.verify(manifest, located.medium(), reading.log(manifest), progress);
            long bytes = report.bytesRead() + located.entry().length();
            return new VerifyReport(bytes, report.damages(), report.affected());
        }
    }

    public void remove(String id) throws IOException {
        Located located = locate(id);
        located.medium().checkOwned();
        synchronized (inUse) {
            inUse.beginRemove(id);
        }
        try (UsableMedium.Use use = located.medium().use(id + " is being removed")) {
            new Removal(located, media.all()).run();
        } finally {
            shelves.of(located.medium()).forget(located.id());
            synchronized (inUse) {
                inUse.endRemove(id);
            }
        }
    }

    /** The one place where a generation is. */
    private Located locate(String text) throws IOException {
        List<MediaAccess.Found> all = media.all();
        List<String> unusable = new ArrayList<>();
        List<Located> found = new ArrayList<>();
        GenerationId id = GenerationId.parse(text).orElse(null);
        for (MediaAccess.Found medium : all) {
            if (medium.medium() == null) {
                unusable.add(medium.name());
            } else if (id != null) {
                cleanOnce(medium.medium(), all);
                shelves.of(medium.medium())
                        .look(id)
                        .ifPresent(entry -> found.add(new Located(id, medium.medium(), entry)));
            }
        }
        if (found.isEmpty()) {
            throw new IOException("there is no generation '" + text + "'; see 'generation list'"
                    + (unusable.isEmpty() ? "" : "; media that cannot be used now: " + String.join(", ", unusable)));
        }
        if (found.size() > 1) {
            throw new IOException("generation " + text + " is on medium '"
                    + found.get(0).medium().name() + "' and on medium '"
                    + found.get(1).medium().name() + "'; remove one of these media to say which you mean");
        }
        return found.get(0);
    }

    /**
     * Ends the writing of generations: the store that comes after this one knows nothing of them, and takes their
     * objects for garbage. A generation that is being sealed is waited for.
     */
    @Override
    public void close() {
        List<PackedWriter> open;
        synchronized (writers) {
            closed = true;
            open = new ArrayList<>(writers);
        }
        open.forEach(PackedWriter::abandon);
        files.close();
    }

    /** A use of a generation, and of the media that it lies on. */
    private final class Reading implements AutoCloseable {

        private final Located located;
        private final List<UsableMedium.Use> uses = new ArrayList<>();
        private boolean closed;

        Reading(Located located, String how) throws IOException {
            this.located = located;
            synchronized (inUse) {
                inUse.beginRead(located.id().toString());
            }
            try {
                uses.add(located.medium().use(located.id() + " " + how));
            } catch (IOException e) {
                close();
                throw e;
            }
        }

        /** The manifest as it is on the medium now. */
        Manifest manifest() throws IOException {
            shelves.of(located.medium()).forget(located.id());
            return GenerationFiles.readManifest(located.medium().objects(), located.id());
        }

        /**
         * The medium of the log; null if the log is not kept apart, or empty.
         *
         * @throws IOException if it is not there: what was copied instead of logged blocks is wrong (R10)
         */
        UsableMedium log(Manifest manifest) throws IOException {
            if (manifest.log() == null || manifest.log().index() == null) {
                return null;
            }
            UsableMedium log = new Listing(media.all()).logMedium(manifest);
            uses.add(log.use("the log of " + located.id() + " is being read"));
            return log;
        }

        @Override
        public void close() {
            synchronized (inUse) {
                if (closed) {
                    return;
                }
                closed = true;
                inUse.endRead(located.id().toString());
            }
            uses.forEach(UsableMedium.Use::close);
        }
    }
}

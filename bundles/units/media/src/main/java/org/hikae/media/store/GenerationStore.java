package org.hikae.media.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import org.hikae.api.block.BlockSet;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.api.media.DataPlace;
import org.hikae.api.media.Eviction;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.GenerationRequest;
import org.hikae.api.media.GenerationSurvey;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.MergeReport;
import org.hikae.api.media.MergeRequest;
import org.hikae.api.media.StoredObjects;
import org.hikae.api.media.VerifyReport;
import org.hikae.media.format.GenerationId;
import org.hikae.media.format.Infos;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.ParentRef;
import org.hikae.media.index.ScratchFolder;
import org.hikae.media.medium.MediaAccess;
import org.hikae.media.medium.RollCall;
import org.hikae.media.medium.RollCall.Answer;
import org.hikae.media.medium.UsableMedium;
import org.hikae.media.merge.MergePlan;
import org.hikae.media.read.ChainReader;
import org.hikae.media.read.GenerationFiles;
import org.hikae.media.read.Link;
import org.hikae.media.write.Run;
import org.hikae.media.write.UnsealedGeneration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The generations on all media. Thread-safe. */
public final class GenerationStore implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GenerationStore.class);

    /** Larger objects are unwieldy on media that move them as a whole. */
    private static final long OBJECT_BYTES = 1L << 30;

    /** More objects make a manifest that takes long to read. */
    private static final int MAX_OBJECTS = 1024;

    private final MediaAccess media;
    private volatile int level;
    private final long objectBytes;
    private final ScratchFolder scratch;
    private final Children children;
    private final RollCall rollCall;
    private final Garbage garbage;
    private final Lookout lookout;
    private final Finder finder;
    private final Readings readings;
    private final Merging merging;
    private final Holds holds;
    private final Evicting evicting;
    private final Places places;
    private final GenerationFiles files = new GenerationFiles();
    private final InUse inUse = new InUse();
    /** Guarded by itself. */
    private final Numbers numbers;

    /** Those that may still be open; guarded by itself, as {@link #closed}. */
    private final Set<UnsealedGeneration> writers = Collections.newSetFromMap(new WeakHashMap<>());

    private boolean closed;

    /**
     * @param home this unit's folder in the home
     * @param level zstd's level of compression
     */
    public GenerationStore(MediaAccess media, Path home, int level) {
        this(media, home, level, OBJECT_BYTES, RollCall.PATIENCE);
    }

    GenerationStore(MediaAccess media, Path home, int level, long objectBytes, Duration patience) {
        this.media = media;
        this.level = level;
        this.objectBytes = objectBytes;
        this.numbers = new Numbers(home.resolve("numbers"));
        this.children = new Children(home.resolve("children"));
        this.rollCall = new RollCall(media, patience);
        this.holds = new Holds(home.resolve("holds"));
        Shelves shelves = new Shelves();
        this.garbage = new Garbage(inUse, rollCall, shelves);
        Finishing finishing = new Finishing(shelves, inUse, children, garbage);
        this.lookout = new Lookout(rollCall, shelves, inUse, garbage, children, holds, finishing);
        this.finder = new Finder(media, rollCall, shelves, lookout);
        this.readings = new Readings(finder, shelves, inUse, garbage);
        this.evicting = new Evicting(readings, lookout);
        this.places = new Places(rollCall, lookout);
        this.scratch = new ScratchFolder(home.resolve("scratch"));
        Ranges ranges = new Ranges(lookout, finder, children, holds);
        Switching switching = new Switching(lookout, shelves, children, finishing, garbage, inUse);
        this.merging = new Merging(media, ranges, readings, inUse, switching, this::plan);
        try {
            scratch.clear();
        } catch (IOException e) {
            LOG.warn("what an earlier run has left in {} stays: {}", home, Reason.of(e));
        }
    }

    /** Sets zstd's level of compression for the generations that are begun from now on. */
    public void compress(int newLevel) {
        level = newLevel;
    }

    public GenerationSurvey survey() throws IOException {
        GenerationSurvey survey = new Survey(lookout.look()).all();
        // Media are not looked at in one instant: what was sealed or removed meanwhile may have seemed to be broken.
        return survey.generations().stream().allMatch(info -> info.problem() == null)
                ? survey
                : new Survey(lookout.look()).all();
    }

    public GenerationInfo get(String id) throws IOException {
        GenerationInfo info = new Survey(lookout.look()).info(finder.find(id));
        return info.problem() == null ? info : new Survey(lookout.look()).info(finder.find(id));
    }

    public List<GenerationInfo> chain(String id) throws IOException {
        return new Survey(lookout.look()).chain(finder.find(id));
    }

    public GenerationWriter create(GenerationRequest request) throws IOException {
        if (!GenerationId.isDisk(request.disk())) {
            throw new IOException("a disk of the name '" + request.disk() + "' cannot have generations");
        }
        if (request.group() != null && request.group().name().isEmpty()) {
            throw new IOException("a group of files without a name cannot have generations");
        }
        UsableMedium medium = media.open(request.medium());
        ChainReader parent = request.parent() == null ? null : open(request.parent(), "is being built upon");
        try {
            OpenParent above = parent == null ? null : new OpenParent(parent, request, medium, children);
            garbage.remove(medium);
            GenerationId id = begin(request.disk());
            return write(new Run(
                    id,
                    request,
                    medium,
                    level,
                    objectBytes(request.size()),
                    scratch,
                    media::open,
                    above,
                    () -> endWrite(id, parent)));
        } catch (IOException | RuntimeException e) {
            close(parent);
            throw e;
        }
    }

    /** Takes the next number of a disk; from then on what bears it is no garbage. */
    private GenerationId begin(String disk) throws IOException {
        long highest = 0;
        for (Answer<Long> answer : rollCall.ask(medium -> Garbage.highest(medium.objects(), disk))) {
            highest = Math.max(highest, answer.isGiven() ? answer.value() : 0);
        }
        synchronized (numbers) {
            GenerationId id = new GenerationId(disk, numbers.next(disk, highest));
            inUse.beginWrite(id.toString());
            return id;
        }
    }

    private GenerationWriter write(Run run) throws IOException {
        try {
            UnsealedGeneration writer = new UnsealedGeneration(run);
            synchronized (writers) {
                writers.add(writer);
                if (closed) {
                    writer.abandon();
                }
            }
            return writer;
        } catch (IOException | RuntimeException e) {
            inUse.endWrite(run.id().toString());
            throw e;
        }
    }

    private void endWrite(GenerationId id, ChainReader parent) {
        inUse.endWrite(id.toString());
        close(parent);
    }

    private static void close(ChainReader parent) {
        if (parent != null) {
            parent.close();
        }
    }

    public GenerationReader open(String id) throws IOException {
        return open(id, "is being read");
    }

    private ChainReader open(String id, String how) throws IOException {
        Reading reading = readings.chain(id, how);
        try {
            Sighting found = reading.newest();
            GenerationInfo info = Infos.of(
                    found.manifest(), found.medium().name(), found.stored().length());
            return files.open(reading.links(), info, found.asParent(), reading::close);
        } catch (IOException | RuntimeException e) {
            reading.close();
            throw e;
        }
    }

    public VerifyReport verify(String id, Progress progress) throws IOException {
        try (Reading reading = readings.alone(id, "is being verified")) {
            Sighting found = reading.newest();
            if (found.stored() == null) {
                BlockSet all = GenerationFiles.allBlocks(found.medium().objects(), found.id());
                return new VerifyReport(0, List.of(found.damage()), all, List.of());
            }
            Manifest manifest = found.manifest();
            UsableMedium log = reading.log(manifest);
            Reading.checkFindable(found, log);
            VerifyReport report = files.verify(manifest, found.medium(), log, finder.ancestors(manifest), progress);
            long bytes = report.bytesRead() + found.stored().length();
            return new VerifyReport(bytes, report.damages(), report.affected(), report.parents());
        }
    }

    public StoredObjects objects(String id) throws IOException {
        Reading reading = readings.alone(id, "is being copied");
        try {
            return new HeldObjects(reading);
        } catch (IOException | RuntimeException e) {
            reading.close();
            throw e;
        }
    }

    public Eviction evict(String id) throws IOException {
        return evicting.evict(id);
    }

    public Map<String, DataPlace> places() throws IOException {
        return places.all();
    }

    public void remove(String id) throws IOException {
        inUse.beginRemove(id);
        try {
            Sighting found = finder.find(id);
            found.medium().checkOwned();
            holds.check(found.id(), "removed");
            List<Answer<Shelf.View>> seen = lookout.look();
            List<String> needing = children.of(found, seen, Set.of());
            if (!needing.isEmpty()) {
                throw new IOException("generation " + id + " is needed by what builds upon it, which would have to be"
                        + " removed before: " + String.join(", ", needing));
            }
            try (UsableMedium.Use use = found.medium().use(id + " is being removed")) {
                new Removal(found, seen, garbage).run();
            } finally {
                readings.shelves().of(found.medium()).forget(found.name());
            }
            if (found.stored() != null && found.manifest().parent() != null) {
                children.forget(found.manifest().parent().id(), id);
            }
        } finally {
            inUse.endRemove(id);
        }
    }

    public MergeReport merge(MergeRequest request, Progress progress) throws IOException {
        return merging.run(request, progress);
    }

    private MergePlan plan(List<Link> range, ParentRef below, UsableMedium target, int revision) {
        long bytes = objectBytes(range.get(0).manifest().size());
        return new MergePlan(range, below, target, revision, level, bytes, scratch, files);
    }

    private long objectBytes(long diskSize) {
        return Math.max(objectBytes, diskSize / MAX_OBJECTS);
    }

    public void hold(String id, String holder) throws IOException {
        GenerationId held = finder.find(id).id();
        boolean added = holds.add(held, holder);
        try {
            // Asked after: whoever removes or merges it from now on finds the hold.
            inUse.checkStays(id);
            finder.find(id);
        } catch (IOException e) {
            if (added) {
                holds.remove(held, holder);
            }
            throw e;
        }
    }

    public void release(String id, String holder) throws IOException {
        Optional<GenerationId> held = GenerationId.parse(id);
        if (held.isPresent()) {
            holds.remove(held.get(), holder);
        }
    }

    public Map<String, List<String>> holds() throws IOException {
        return holds.all();
    }

    /**
     * Ends the writing of generations: the store that comes after this one knows nothing of them, and takes their
     * objects for garbage. A generation that is being sealed is waited for.
     */
    @Override
    public void close() {
        List<UnsealedGeneration> open;
        synchronized (writers) {
            closed = true;
            open = new ArrayList<>(writers);
        }
        open.forEach(UnsealedGeneration::abandon);
        garbage.close();
        files.close();
    }
}

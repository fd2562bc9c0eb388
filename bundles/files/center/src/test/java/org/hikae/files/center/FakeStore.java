package org.hikae.files.center;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.hikae.api.backup.Retention;
import org.hikae.api.files.Reach;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.RunKey;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.job.Progress;
import org.hikae.api.media.spi.MediumSpace;
import org.hikae.files.center.store.AlreadyHereException;
import org.hikae.files.center.store.CenterStore;
import org.hikae.files.center.store.MissingBaseException;
import org.hikae.files.center.store.PartWriter;
import org.hikae.files.center.store.RefusedFrameException;
import org.hikae.files.center.store.Version;
import org.hikae.files.transfer.message.RunNumbers;
import org.hikae.files.transfer.message.VersionKey;
import org.hikae.files.transfer.run.FormatException;
import org.hikae.files.transfer.run.FrameCodec;
import org.hikae.files.transfer.run.StoredFrame;

/** A store in memory that knows frames, and nothing of what is in them. */
public final class FakeStore implements CenterStore {

    /** Frames that are durable, by run. */
    public final Map<RunId, List<byte[]>> frames = new ConcurrentHashMap<>();

    public final Map<RunId, RunInfo> infos = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Long>> wanted = new ConcurrentHashMap<>();
    private final Set<RunId> open = ConcurrentHashMap.newKeySet();

    /** Of whom runs were dropped by a rule. */
    public final List<String> retained = new CopyOnWriteArrayList<>();

    /** Frames of a part at most. */
    public volatile int partFrames = 64;

    /** Whether there is anything to be shared. */
    public volatile boolean toShare;
    /** How often it was. */
    public volatile int shares;
    /** How often what nobody has any more was deleted. */
    public volatile int discards;

    public volatile long free = Long.MAX_VALUE;
    /** Whether the next commit stores what it has, and then says that it has failed. */
    public volatile boolean commitsUnheard;
    /** Thrown by whatever writes; null: nothing. */
    public volatile IOException failure;

    @Override
    public Stored stored(RunInfo run) {
        RunInfo info = infos.get(run.id());
        if (info == null || !info.identity().equals(run.identity())) {
            return new Stored(run.id(), 0, false);
        }
        return stored(run.id());
    }

    private Stored stored(RunId run) {
        long there = frames.getOrDefault(run, List.of()).size();
        RunInfo info = infos.get(run);
        return new Stored(run, there, info != null && there == info.frames());
    }

    @Override
    public Standing standing(RunKey run) {
        RunInfo info = infos.get(run.run());
        boolean here = info != null && info.identity().equals(run.identity());
        return here && stored(run.run()).complete() ? Standing.HERE : Standing.ABSENT;
    }

    @Override
    public Basis basis(RunInfo run) {
        RunInfo info = infos.get(run.id());
        if (info != null && !info.identity().equals(run.identity())) {
            return Basis.OTHER;
        }
        if (run.base() == 0) {
            return Basis.HERE;
        }
        Stored base = stored(new RunId(run.id().origin(), run.id().backup(), run.base()));
        return base.complete() ? Basis.HERE : base.frames() > 0 ? Basis.COMING : Basis.LACKING;
    }

    @Override
    public Map<String, Reach> reach(Query query) {
        return null;
    }

    @Override
    public Map<String, Long> released(Query query) {
        return Map.of();
    }

    @Override
    public Map<String, Long> lastRuns(String origin) {
        Map<String, Long> last = new HashMap<>();
        frames.keySet().stream()
                .filter(run -> run.origin().equals(origin))
                .forEach(run -> last.merge(run.backup(), run.number(), Math::max));
        return last;
    }

    @Override
    public Map<String, Long> fullWanted(String origin) {
        return Map.copyOf(wanted.getOrDefault(origin, Map.of()));
    }

    @Override
    public void askForFull(String origin, String backup, long above) throws IOException {
        if (!RunNumbers.canBe(above, Instant.now())) {
            throw new IOException("run " + above + " cannot be");
        }
        wanted.computeIfAbsent(origin, name -> new ConcurrentHashMap<>()).merge(backup, above, Math::max);
    }

    @Override
    public PartWriter write(RunInfo run) throws IOException {
        if (failure != null) {
            throw failure;
        } else if (stored(run).complete()) {
            throw new AlreadyHereException("it is here");
        } else if (basis(run) != Basis.HERE) {
            throw new MissingBaseException("run " + run.base() + " is not here");
        } else if (!open.add(run.id())) {
            throw new IOException("another one writes it");
        }
        return new Writer(run);
    }

    private final class Writer implements PartWriter {

        private final RunInfo run;
        private final long first;
        private final List<byte[]> taken = new ArrayList<>();
        private boolean closed;

        Writer(RunInfo run) {
            this.run = run;
            first = stored(run.id()).frames();
        }

        @Override
        public long next() {
            return first + taken.size();
        }

        @Override
        public void write(ByteBuffer stored) throws IOException {
            if (failure != null) {
                throw failure;
            }
            byte[] bytes = new byte[stored.remaining()];
            stored.duplicate().get(bytes);
            try {
                StoredFrame frame = FrameCodec.take(stored.duplicate());
                if (frame.number() != next() || next() >= run.frames()) {
                    throw new RefusedFrameException("frame " + frame.number() + " is not the next one");
                }
            } catch (FormatException e) {
                throw new RefusedFrameException(e.getMessage(), e);
            }
            taken.add(bytes);
        }

        @Override
        public boolean isFull() {
            return taken.size() >= partFrames || next() == run.frames();
        }

        @Override
        public long bytes() {
            return taken.stream().mapToLong(each -> each.length).sum();
        }

        @Override
        public Stored commit() throws IOException {
            if (failure != null) {
                throw failure;
            }
            infos.put(run.id(), run);
            List<byte[]> all = new ArrayList<>(frames.getOrDefault(run.id(), List.of()));
            all.addAll(taken);
            if (!taken.isEmpty()) {
                frames.put(run.id(), all);
            }
            if (commitsUnheard) {
                commitsUnheard = false;
                close();
                throw new IOException("the tables are away");
            }
            Stored stored = stored(run.id());
            if (stored.complete() && run.base() == 0) {
                wanted.getOrDefault(run.id().origin(), new HashMap<>())
                        .remove(run.id().backup());
            }
            close();
            return stored;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                open.remove(run.id());
            }
        }
    }

    @Override
    public Page versions(Query query, String cursor, int limit) {
        return new Page(List.of(), null);
    }

    @Override
    public List<Optional<Version>> versions(String origin, List<VersionKey> keys) {
        return keys.stream().map(key -> Optional.<Version>empty()).toList();
    }

    @Override
    public ReadableByteChannel content(String origin, List<String> ids, long skip, long begun) {
        return Channels.newChannel(java.io.InputStream.nullInputStream());
    }

    @Override
    public List<Long> ends(List<StoredVersion> versions, Instant at) {
        return versions.stream().map(version -> 0L).toList();
    }

    @Override
    public ReadableByteChannel content(Query query, long skip) {
        return Channels.newChannel(java.io.InputStream.nullInputStream());
    }

    @Override
    public Map<String, Totals> totals() {
        Map<String, Totals> totals = new HashMap<>();
        frames.keySet().forEach(run -> totals.put(run.origin(), new Totals(1, 1)));
        return totals;
    }

    @Override
    public Dropped retain(String origin, Retention keep, Progress progress) {
        retained.add(origin);
        return new Dropped(0, 0, 0, 0);
    }

    @Override
    public Findings verify(String origin, Progress progress) {
        return new Findings(0, 0, 0, 0, List.of());
    }

    @Override
    public MediumSpace space() {
        return new MediumSpace(-1, free);
    }

    @Override
    public void use(String medium) {}

    @Override
    public boolean isWhole() {
        return true;
    }

    @Override
    public boolean look(Progress progress) {
        return true;
    }

    @Override
    public List<String> origins(String after, int limit) {
        return infos.keySet().stream()
                .map(RunId::origin)
                .distinct()
                .filter(origin -> after == null || origin.compareTo(after) > 0)
                .sorted()
                .limit(limit)
                .toList();
    }

    @Override
    public boolean isToShare(Progress progress) {
        return toShare;
    }

    @Override
    public Shared share(Progress progress, Consumer<Duration> rest) throws IOException {
        if (failure != null) {
            throw failure;
        }
        shares++;
        toShare = false;
        rest.accept(Duration.ZERO);
        return new Shared(1, 100, 100);
    }

    @Override
    public void discardShared(Progress progress) {
        discards++;
    }

    @Override
    public long saved() {
        return shares * 100L;
    }

    @Override
    public List<String> problems() {
        return List.of();
    }
}

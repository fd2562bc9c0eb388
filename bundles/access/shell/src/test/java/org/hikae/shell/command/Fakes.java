package org.hikae.shell.command;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.Backups;
import org.hikae.api.backup.FilesRequest;
import org.hikae.api.backup.RestoreRequest;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.ChangeTracker;
import org.hikae.api.disk.Changes;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.disk.Disks;
import org.hikae.api.disk.Mark;
import org.hikae.api.disk.Marks;
import org.hikae.api.disk.TrackingPoint;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.Jobs;
import org.hikae.api.job.Progress;
import org.hikae.api.log.LogManager;
import org.hikae.api.log.LogSession;
import org.hikae.api.log.LogStrategy;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.GenerationRequest;
import org.hikae.api.media.GenerationSurvey;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.Generations;
import org.hikae.api.media.Media;
import org.hikae.api.media.MediumStatus;
import org.hikae.api.media.VerifyReport;
import org.hikae.api.nbd.NbdExport;
import org.hikae.api.nbd.NbdServer;
import org.hikae.api.node.Node;
import org.hikae.api.node.NodeStatistics;
import org.hikae.api.node.Nodes;

/** The platform's services, as simple as commands can bear. */
final class Fakes {

    private Fakes() {}

    /** Disks in a list. */
    static class FakeDisks implements Disks {

        final Map<String, DiskStatus> disks = new TreeMap<>();
        /** What is on all of them that are not raw, and in all generations. */
        final FakeFileSystem fileSystem = new FakeFileSystem();

        @Override
        public List<DiskStatus> list() {
            return List.copyOf(disks.values());
        }

        @Override
        public Disk get(String name) throws IOException {
            if (!disks.containsKey(name)) {
                throw new IOException("there is no disk " + name);
            }
            return new FakeDisk(disks.get(name), fileSystem);
        }

        @Override
        public Disk add(String name, Path path, String format, int blockSize) throws IOException {
            if (disks.containsKey(name)) {
                throw new IOException("there is a disk " + name + " already");
            }
            String chosen = format == null ? "raw" : format;
            int bytes = blockSize == 0 ? 4096 : blockSize;
            DiskStatus disk = new DiskStatus(name, path, chosen, chosen, 256L << 20, bytes, null);
            disks.put(name, disk);
            return new FakeDisk(disk, fileSystem);
        }

        @Override
        public void remove(String name) throws IOException {
            get(name);
            disks.remove(name);
        }

        @Override
        public Optional<String> at(Path file) {
            return disks.values().stream()
                    .filter(disk -> disk.path().equals(file))
                    .map(DiskStatus::name)
                    .findFirst();
        }

        @Override
        public List<String> formats() {
            return List.of("ext", "raw");
        }

        @Override
        public FileSystem openFileSystem(String format, BlockDevice device) throws IOException {
            device.read(ByteBuffer.allocate(1), 0);
            return fileSystem;
        }

        @Override
        public AutoCloseable use(String name, String reason) {
            return () -> {};
        }
    }

    private record FakeDisk(DiskStatus status, FileSystem fileSystem) implements Disk {

        @Override
        public String name() {
            return status.name();
        }

        @Override
        public UUID id() {
            return new UUID(1, 2);
        }

        @Override
        public Path path() {
            return status.path();
        }

        @Override
        public String format() {
            return status.format();
        }

        @Override
        public long size() {
            return status.size();
        }

        @Override
        public int blockSize() {
            return status.blockSize();
        }

        @Override
        public BlockDevice openForDoor() {
            throw new UnsupportedOperationException("the shell has no business at the door");
        }

        @Override
        public BlockDevice openForCopy() {
            throw new UnsupportedOperationException("the shell does not copy");
        }

        @Override
        public BlockSet used() {
            return BlockSet.range(0, status.size() / status.blockSize());
        }

        @Override
        public FileSystem openFileSystem() throws IOException {
            if (!status.driver().equals("ext")) {
                throw new IOException("disk '" + name() + "' is raw");
            }
            return fileSystem;
        }

        @Override
        public FileSystem openFileSystem(BlockDevice view) {
            throw new UnsupportedOperationException("the shell has no views");
        }

        @Override
        public ChangeTracker changes() {
            return new FakeTracker();
        }
    }

    /** Says that the blocks 7 to 9 have changed, but nothing of before lineage 9. */
    static final class FakeTracker implements ChangeTracker {

        static final TrackingPoint OLD = new TrackingPoint(new UUID(9, 9), 1);
        static final TrackingPoint NEW = new TrackingPoint(new UUID(1, 1), 1);

        @Override
        public Recorder join() {
            throw new UnsupportedOperationException("the shell writes nothing");
        }

        @Override
        public Changes changed() {
            return new Changes.Known(BlockSet.range(7, 3));
        }

        @Override
        public Changes changedSince(TrackingPoint point) {
            return point.equals(OLD)
                    ? new Changes.Unknown("disk 'data': change tracking began anew")
                    : new Changes.Known(BlockSet.of(new BlockRun(7, 3), new BlockRun(100, 1)));
        }

        @Override
        public void prepare() {
            throw new UnsupportedOperationException("the shell closes no epochs");
        }

        @Override
        public Epoch closeEpoch() {
            throw new UnsupportedOperationException("the shell closes no epochs");
        }

        @Override
        public void keep(Set<TrackingPoint> points) {
            throw new UnsupportedOperationException("the shell makes no generations");
        }

        @Override
        public String problem() {
            return null;
        }
    }

    /** Marks in a list, whatever the disk. */
    static final class FakeMarks implements Marks {

        final Map<String, Mark> marks = new TreeMap<>();

        @Override
        public Mark add(String disk, String name) {
            Mark mark = new Mark(name, Platform.NOON, FakeTracker.NEW);
            marks.put(name, mark);
            return mark;
        }

        @Override
        public List<Mark> list(String disk) {
            return List.copyOf(marks.values());
        }

        @Override
        public void remove(String disk, String name) throws IOException {
            if (marks.remove(name) == null) {
                throw new IOException("disk '" + disk + "' has no mark '" + name + "'");
            }
        }
    }

    /** A disk in memory, as every node sees it. */
    static final class MemoryDevice implements BlockDevice {

        final byte[] bytes;
        int reads;
        /** After so many reads, reading fails; -1: never. */
        int failAfter = -1;

        MemoryDevice(int size) {
            bytes = new byte[size];
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public int blockSize() {
            return 512;
        }

        @Override
        public void read(ByteBuffer dst, long offset) throws IOException {
            if (reads++ == failAfter) {
                throw new IOException("disk data is damaged at " + offset);
            }
            dst.put(bytes, (int) offset, dst.remaining());
        }

        @Override
        public void write(ByteBuffer src, long offset) {
            src.get(bytes, (int) offset, src.remaining());
        }

        @Override
        public void zero(long offset, long length) {
            java.util.Arrays.fill(bytes, (int) offset, (int) (offset + length), (byte) 0);
        }

        @Override
        public void force() {}

        @Override
        public boolean readOnly() {
            return false;
        }

        @Override
        public void close() {}
    }

    /** Nodes that all see one device. */
    static final class FakeNodes implements Nodes {

        final MemoryDevice device = new MemoryDevice(3 << 20);
        final Map<String, Node> nodes = new TreeMap<>();
        final List<String> flushed = new ArrayList<>();

        FakeNodes() {
            nodes.put("n1", new FakeNode("n1"));
        }

        @Override
        public List<Node> list() {
            return List.copyOf(nodes.values());
        }

        @Override
        public Node get(String name) throws IOException {
            if (!nodes.containsKey(name)) {
                throw new IOException("there is no node " + name);
            }
            return nodes.get(name);
        }

        @Override
        public Node add(String name) {
            nodes.put(name, new FakeNode(name));
            return nodes.get(name);
        }

        @Override
        public void remove(String name) throws IOException {
            get(name);
            nodes.remove(name);
        }

        private final class FakeNode implements Node {

            private final String name;

            FakeNode(String name) {
                this.name = name;
            }

            @Override
            public String name() {
                return name;
            }

            @Override
            public long incarnation() {
                return 3;
            }

            @Override
            public BlockDevice open(String disk) throws IOException {
                if (!disk.equals("data")) {
                    throw new IOException("there is no disk " + disk);
                }
                return device;
            }

            @Override
            public BlockDevice openForCopy(String disk) throws IOException {
                return open(disk);
            }

            @Override
            public void flush() {
                flushed.add(name);
            }

            @Override
            public NodeStatistics statistics() {
                return new NodeStatistics(1L << 41, 1536, 0, 1);
            }
        }
    }

    /** Media in a list. */
    static final class FakeMedia implements Media {

        final Map<String, MediumStatus> media = new TreeMap<>();
        boolean takenOver;

        @Override
        public List<MediumStatus> list() {
            return List.copyOf(media.values());
        }

        @Override
        public MediumStatus get(String name) throws IOException {
            if (!media.containsKey(name)) {
                throw new IOException("there is no medium " + name);
            }
            return media.get(name);
        }

        @Override
        public MediumStatus add(String name, String driver, String location, boolean takeOver) {
            takenOver = takeOver;
            media.put(name, new MediumStatus(name, driver, location, 10L << 30, 5L << 30, List.of("random"), null));
            return media.get(name);
        }

        @Override
        public void remove(String name) throws IOException {
            get(name);
            media.remove(name);
        }

        @Override
        public Optional<String> around(Path file) {
            return media.values().stream()
                    .filter(medium -> file.startsWith(medium.location()))
                    .map(MediumStatus::name)
                    .findFirst();
        }

        @Override
        public List<String> drivers() {
            return List.of("directory", "dream");
        }
    }

    /** Generations in a list. */
    static final class FakeGenerations implements Generations {

        final Map<String, GenerationInfo> generations = new LinkedHashMap<>();
        final List<GenerationSurvey.Unread> unread = new ArrayList<>();

        @Override
        public GenerationSurvey survey() {
            return new GenerationSurvey(List.copyOf(generations.values()), List.copyOf(unread));
        }

        @Override
        public List<GenerationInfo> chain(String id) throws IOException {
            List<GenerationInfo> chain = new ArrayList<>();
            for (String next = id; next != null; next = get(next).parent()) {
                chain.add(get(next));
            }
            return chain;
        }

        @Override
        public GenerationInfo get(String id) throws IOException {
            if (!generations.containsKey(id)) {
                throw new IOException("there is no generation " + id + " on any medium that can be used");
            }
            return generations.get(id);
        }

        @Override
        public GenerationWriter create(GenerationRequest request) {
            throw new UnsupportedOperationException("the shell makes no generations");
        }

        @Override
        public GenerationReader open(String id) throws IOException {
            GenerationInfo info = get(id);
            return (GenerationReader) Proxy.newProxyInstance(
                    GenerationReader.class.getClassLoader(),
                    new Class<?>[] {GenerationReader.class},
                    (proxy, method, arguments) -> method.getName().equals("info") ? info : null);
        }

        @Override
        public VerifyReport verify(String id, Progress progress) {
            throw new UnsupportedOperationException("verification is a job");
        }

        @Override
        public void remove(String id) throws IOException {
            get(id);
            generations.remove(id);
        }
    }

    /** Remembers what was asked for, and gives the prepared job. */
    static final class FakeBackups implements Backups {

        final List<Object> asked = new ArrayList<>();
        FakeJob job;

        @Override
        public Job backUp(BackupRequest request) {
            asked.add(request);
            return job;
        }

        @Override
        public Job restore(RestoreRequest request) {
            asked.add(request);
            return job;
        }

        @Override
        public Job getFiles(FilesRequest request) {
            asked.add(request);
            return job;
        }

        @Override
        public Job verify(String generation, boolean chain) {
            asked.add(chain ? List.of(generation, "chain") : generation);
            return job;
        }
    }

    /** Goes through prepared states, one for each time that it is waited for, and stays in the last. */
    static final class FakeJob implements Job {

        final Deque<JobInfo> states = new ArrayDeque<>();
        boolean cancelled;
        /** Runs each time that the job is waited for. */
        Runnable onAwait = () -> {};

        FakeJob(JobInfo... infos) {
            states.addAll(List.of(infos));
        }

        @Override
        public long id() {
            return info().id();
        }

        @Override
        public JobInfo info() {
            return states.getFirst();
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public boolean await(Duration time) {
            onAwait.run();
            if (states.size() > 1) {
                states.removeFirst();
            }
            return info().state() != JobInfo.State.RUNNING;
        }
    }

    /** Exports of made-up disks and generations. */
    static final class FakeNbd implements NbdServer {

        final Set<String> mounted = new TreeSet<>();
        String listening;

        @Override
        public List<NbdExport> list() {
            return List.of(
                    new NbdExport("data", 256L << 20, false, 2, false, uri("data"), null),
                    new NbdExport("data@1", 256L << 20, true, 0, mounted.contains("data@1"), uri("data@1"), null));
        }

        @Override
        public String uri(String export) {
            return "nbd+unix:///" + export + "?socket=/home/nbd.sock";
        }

        @Override
        public NbdExport mount(String generation) throws IOException {
            if (!generation.equals("data@1")) {
                throw new IOException("there is no generation " + generation);
            }
            mounted.add(generation);
            return list().get(1);
        }

        @Override
        public void unmount(String generation) throws IOException {
            if (!mounted.remove(generation)) {
                throw new IOException("generation " + generation + " is not mounted; see 'nbd list'");
            }
        }

        @Override
        public Set<String> mounted() {
            return mounted;
        }

        @Override
        public String listen(String address) {
            listening = address;
            return address;
        }

        @Override
        public void unlisten() {
            listening = null;
        }

        @Override
        public Optional<String> listening() {
            return Optional.ofNullable(listening);
        }
    }

    /** Jobs in a list. */
    static final class FakeJobs implements Jobs {

        final Map<Long, JobInfo> jobs = new TreeMap<>();
        final List<Long> cancelled = new ArrayList<>();

        @Override
        public Job start(String kind, String subject, Work work) {
            throw new UnsupportedOperationException("the shell starts no jobs itself");
        }

        @Override
        public List<JobInfo> list() {
            return List.copyOf(jobs.values());
        }

        @Override
        public JobInfo get(long id) throws IOException {
            if (!jobs.containsKey(id)) {
                throw new IOException("there is no job " + id + "; see 'job list'");
            }
            return jobs.get(id);
        }

        @Override
        public void cancel(long id) throws IOException {
            get(id);
            cancelled.add(id);
        }

        @Override
        public void cancel(long id, String reason) throws IOException {
            cancel(id);
        }
    }

    /** Strategies in a map. */
    static final class FakeLogs implements LogManager {

        final Map<String, LogStrategy> strategies = new TreeMap<>();

        @Override
        public LogSession open(Disk disk, BlockSet wanted, GenerationWriter generation) {
            throw new UnsupportedOperationException("the shell opens no logs");
        }

        @Override
        public LogStrategy strategy(String disk) {
            LogStrategy byDefault = strategies.getOrDefault("", LogStrategy.DEFAULT);
            return disk == null ? byDefault : strategies.getOrDefault(disk, byDefault);
        }

        @Override
        public boolean hasStrategy(String disk) {
            return strategies.containsKey(disk == null ? "" : disk);
        }

        @Override
        public void setStrategy(String disk, LogStrategy strategy) throws IOException {
            if (strategy == null) {
                strategies.remove(disk == null ? "" : disk);
                return;
            }
            if (!gatherings().contains(strategy.gather())) {
                throw new IOException("there is no log gathering " + strategy.gather());
            }
            strategies.put(disk == null ? "" : disk, strategy);
        }

        @Override
        public List<String> gatherings() {
            return List.of("central");
        }

        @Override
        public List<String> placements() {
            return List.of("overlay", "separate");
        }
    }
}

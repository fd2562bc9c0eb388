package org.hikae.backup;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.hikae.api.disk.TrackingPoint;
import org.hikae.api.group.Meta;
import org.hikae.api.job.Progress;
import org.hikae.api.media.DataPlace;
import org.hikae.api.media.Eviction;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.GenerationRequest;
import org.hikae.api.media.GenerationSurvey;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.Generations;
import org.hikae.api.media.MergeReport;
import org.hikae.api.media.MergeRequest;
import org.hikae.api.media.StoredObjects;
import org.hikae.api.media.VerifyReport;
import org.hikae.api.media.tier.SecondTier;

/** Generations of a disk {@code d}, of a few blocks each, that can be merged as the contract says and not otherwise (R20). */
final class FakeStore implements Generations {

    static final UUID DISK = new UUID(1, 2);

    private final Map<String, GenerationInfo> infos = new HashMap<>();
    /** What each holds itself. */
    private final Map<String, Map<Integer, Long>> own = new HashMap<>();

    final Map<String, List<String>> holds = new TreeMap<>();
    final List<MergeRequest> merges = new ArrayList<>();
    /** In the order in which they were. */
    final List<String> removed = new ArrayList<>();

    final List<GenerationSurvey.Unread> unread = new ArrayList<>();
    /** Of what is added from now on; null: the whole disk. */
    String group;
    /** Ids of what cannot be merged, and why. */
    final Map<String, String> broken = new HashMap<>();

    final FakeObjects objects = new FakeObjects();
    /** Asked whether what is evicted is proven to be there; null: nothing is evicted. */
    SecondTier tier;
    /** What is added from now on takes that many bytes, on this medium. */
    int bytes = 1;

    String medium = "m";
    private long numbers;

    /** A sound generation. */
    String add(String parent, Instant instant) {
        return add(parent, instant, null, null);
    }

    /** @param mark null for a whole one */
    String add(String parent, Instant instant, String mark, String problem) {
        String id = "d@" + ++numbers;
        GenerationGroup of = group == null ? null : new GenerationGroup(group, Meta.ALL, List.of("/" + group));
        infos.put(id, info(numbers, parent, instant, mark, of, medium, bytes, problem));
        Map<Integer, Long> blocks = new HashMap<>();
        for (int block = 0; block < 8; block++) {
            if (parent == null || (numbers * 31 + block * 7) % 3 == 0) {
                blocks.put(block, numbers);
            }
        }
        own.put(id, blocks);
        return id;
    }

    /** One of which nothing is known but its name. */
    void addUnreadable() {
        String id = "d@" + ++numbers;
        infos.put(
                id,
                new GenerationInfo(
                        id, "d", null, numbers, null, null, null, null, null, null, 0, 0, null, 0, 0, 0, 0, 0, null,
                        null, "m", null, 0, "torn"));
        own.put(id, Map.of());
    }

    private static GenerationInfo info(
            long number,
            String parent,
            Instant instant,
            String mark,
            GenerationGroup group,
            String medium,
            long storedBytes,
            String problem) {
        TrackingPoint point = new TrackingPoint(DISK, number);
        String kind = parent == null ? "full" : "differential";
        return new GenerationInfo(
                "d@" + number,
                "d",
                DISK,
                number,
                kind,
                parent,
                mark,
                group,
                point,
                instant,
                1 << 20,
                4096,
                "raw",
                1,
                1,
                1,
                storedBytes,
                0,
                "packed",
                "overlay",
                medium,
                medium,
                0,
                problem);
    }

    void moveTo(String id, String medium) {
        replace(infos.get(id), infos.get(id).parent(), medium);
    }

    private void replace(GenerationInfo of, String parent, String medium) {
        infos.put(
                of.id(),
                info(of.number(), parent, of.instant(), of.mark(), of.group(), medium, of.storedBytes(), of.problem()));
    }

    boolean has(String id) {
        return infos.containsKey(id);
    }

    /** What reading it gives, by block. */
    Map<Integer, Long> read(String id) {
        GenerationInfo info = infos.get(id);
        Map<Integer, Long> blocks = info.parent() == null ? new HashMap<>() : read(info.parent());
        blocks.putAll(own.get(id));
        return blocks;
    }

    @Override
    public GenerationSurvey survey() {
        List<GenerationInfo> all = new ArrayList<>(infos.values());
        all.sort(Comparator.comparingLong(GenerationInfo::number));
        return new GenerationSurvey(all, List.copyOf(unread));
    }

    @Override
    public GenerationInfo get(String id) throws IOException {
        if (!infos.containsKey(id)) {
            throw new IOException("there is no generation '" + id + "'");
        }
        return infos.get(id);
    }

    @Override
    public List<GenerationInfo> chain(String id) throws IOException {
        List<GenerationInfo> chain = new ArrayList<>();
        for (String at = id; at != null; at = get(at).parent()) {
            chain.add(get(at));
        }
        return chain;
    }

    @Override
    public MergeReport merge(MergeRequest request, Progress progress) throws IOException {
        progress.check();
        List<GenerationInfo> range = range(request);
        check(range);
        progress.total(10);
        progress.advance(10);
        Map<Integer, Long> merged = new HashMap<>();
        for (int i = range.size() - 1; i >= 0; i--) {
            merged.putAll(own.get(range.get(i).id()));
        }
        GenerationInfo oldest = range.get(range.size() - 1);
        List<String> gone = range.stream().skip(1).map(GenerationInfo::id).toList();
        gone.forEach(infos::remove);
        own.put(request.to(), merged);
        replace(
                range.get(0),
                oldest.parent(),
                request.medium() == null ? range.get(0).medium() : request.medium());
        merges.add(request);
        return new MergeReport(get(request.to()), gone, 1, 2, 3, 4);
    }

    /** The newest first. */
    private List<GenerationInfo> range(MergeRequest request) throws IOException {
        List<GenerationInfo> range = new ArrayList<>();
        for (GenerationInfo each : chain(request.to())) {
            range.add(each);
            if (each.id().equals(request.from())) {
                return range;
            }
        }
        throw new IOException(request.to() + " does not build upon " + request.from());
    }

    private void check(List<GenerationInfo> range) throws IOException {
        for (int i = 0; i < range.size(); i++) {
            GenerationInfo each = range.get(i);
            if (each.problem() != null || broken.containsKey(each.id())) {
                throw new IOException(each.id() + " is damaged");
            } else if (i > 0 && holds.containsKey(each.id())) {
                throw new IOException(each.id() + " is held");
            } else if (i > 0 && infos.values().stream().anyMatch(other -> buildsUpon(other, each, range))) {
                throw new IOException("others build upon " + each.id());
            }
        }
    }

    private static boolean buildsUpon(GenerationInfo other, GenerationInfo each, List<GenerationInfo> range) {
        return each.id().equals(other.parent()) && !range.contains(other);
    }

    @Override
    public Map<String, List<String>> holds() {
        return holds;
    }

    @Override
    public GenerationWriter create(GenerationRequest request) {
        throw new UnsupportedOperationException("create");
    }

    @Override
    public GenerationReader open(String id) {
        throw new UnsupportedOperationException("open");
    }

    @Override
    public VerifyReport verify(String id, Progress progress) {
        throw new UnsupportedOperationException("verify");
    }

    @Override
    public void remove(String id) throws IOException {
        if (broken.containsKey(id)
                || holds.containsKey(id)
                || infos.values().stream().anyMatch(each -> id.equals(each.parent()))) {
            throw new IOException(id + " is needed");
        }
        infos.remove(get(id).id());
        removed.add(id);
    }

    @Override
    public void hold(String id, String holder) {
        throw new UnsupportedOperationException("hold");
    }

    @Override
    public void release(String id, String holder) {
        throw new UnsupportedOperationException("release");
    }

    @Override
    public StoredObjects objects(String id) throws IOException {
        GenerationInfo generation = get(id);
        if (generation.problem() != null) {
            throw new IOException(generation.problem());
        }
        return objects.open(generation);
    }

    @Override
    public Eviction evict(String id) throws IOException {
        return objects.evict(get(id), tier);
    }

    @Override
    public Map<String, DataPlace> places() {
        return Map.of();
    }
}

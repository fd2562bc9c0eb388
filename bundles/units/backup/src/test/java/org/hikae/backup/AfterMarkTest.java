package org.hikae.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.hikae.api.backup.RestoreRequest;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.copy.CopyManager;
import org.hikae.api.copy.CopyReport;
import org.hikae.api.copy.RestoreCopy;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.Disks;
import org.hikae.api.disk.Mark;
import org.hikae.api.disk.Marks;
import org.hikae.api.disk.TrackingPoint;
import org.hikae.api.group.Meta;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Generations;
import org.hikae.api.media.Media;

/** Restores of what came after a mark (a.11), of made-up generations of a disk of few blocks. */
class AfterMarkTest {

    private static final int BLOCKS = 40;
    private static final UUID DISK = new UUID(1, 2);
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    /** Each block's version on the disk, and which generation or mark was made when. */
    private final int[] disk = new int[BLOCKS];

    private final List<Made> chain = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private final List<int[]> atMarks = new ArrayList<>();
    private UUID lineage = new UUID(3, 3);
    private long epoch;
    private long seconds;
    private UUID diskId = DISK;
    /** Null: the whole disk. */
    private GenerationGroup group;

    private IOException copyFails;
    private RestoreCopy copied;

    private record Made(GenerationInfo info, BlockSet set, BlockSet own, int[] content) {}

    private final Generations generations = fake(Generations.class, (name, id) -> switch (name) {
        case "chain" -> chainOf((String) id).stream().map(Made::info).toList();
        case "open" -> reader(chainOf((String) id));
        default -> throw new UnsupportedOperationException(name);
    });
    private final Disks disks = fake(Disks.class, (name, any) -> switch (name) {
        case "get" -> fake(Disk.class, (method, none) -> diskId);
        case "at" -> Optional.empty();
        default -> throw new UnsupportedOperationException(name);
    });
    private final AfterMarks afterMarks =
            new AfterMarks(generations, disks, fake(Marks.class, (name, id) -> List.copyOf(marks)));

    private interface Answers {
        Object answer(String method, Object argument) throws Exception;
    }

    private static <T> T fake(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        answers.answer(method.getName(), arguments == null ? null : arguments[0])));
    }

    /** The newest first. */
    private List<Made> chainOf(String id) {
        List<Made> from = new ArrayList<>();
        for (int i = chain.size() - 1; i >= 0; i--) {
            if (!from.isEmpty() || chain.get(i).info.id().equals(id)) {
                from.add(chain.get(i));
            }
        }
        return from;
    }

    private static GenerationReader reader(List<Made> made) {
        return fake(GenerationReader.class, (name, ancestor) -> switch (name) {
            case "info" -> made.get(0).info;
            case "size" -> BLOCKS * 512L;
            case "blockSize" -> 512;
            case "blockCount" -> (long) BLOCKS;
            case "set" -> made.get(0).set;
            case "storedSince" -> storedSince(made, (String) ancestor);
            case "close" -> null;
            default -> throw new UnsupportedOperationException(name);
        });
    }

    private static BlockSet storedSince(List<Made> made, String ancestor) {
        BlockSet stored = BlockSet.empty();
        for (Made each : made) {
            if (each.info.id().equals(ancestor)) {
                return stored.intersect(made.get(0).set);
            }
            stored = stored.union(each.own);
        }
        throw new AssertionError(ancestor + " is none that it builds upon");
    }

    private TrackingPoint endEpoch() {
        seconds++;
        return new TrackingPoint(lineage, ++epoch);
    }

    private void mark(String name) {
        marks.add(new Mark(name, TIME.plusSeconds(seconds + 1), endEpoch()));
        atMarks.add(disk.clone());
    }

    /** Changes by the model itself: what differs from the generation before, and what that did not answer for. */
    private void backUp(BlockSet set) {
        Made parent = chain.isEmpty() ? null : chain.get(chain.size() - 1);
        BlockSet.Builder own = new BlockSet.Builder();
        for (int block = 0; block < BLOCKS; block++) {
            if (parent == null || parent.content[block] != disk[block] || !parent.set.contains(block)) {
                own.add(new BlockRun(block, 1));
            }
        }
        String id = "d@" + (chain.size() + 1);
        TrackingPoint point = endEpoch();
        GenerationInfo info = new GenerationInfo(
                id,
                "d",
                DISK,
                chain.size() + 1,
                "any",
                null,
                null,
                group,
                point,
                TIME.plusSeconds(seconds),
                BLOCKS * 512L,
                512,
                "raw",
                0,
                0,
                0,
                0,
                0,
                null,
                null,
                "m",
                "m",
                0,
                null);
        chain.add(new Made(info, set, own.build().intersect(set), disk.clone()));
    }

    private static BlockSet all() {
        return BlockSet.range(0, BLOCKS);
    }

    private void write(int block) {
        disk[block]++;
    }

    private Map<String, Object> restore(String generation, String mark, int[] onto) throws IOException {
        int[] content = chainOf(generation).get(0).content;
        CopyManager copier = fake(CopyManager.class, (name, copy) -> {
            copied = (RestoreCopy) copy;
            if (copyFails != null) {
                throw copyFails;
            }
            for (BlockRun run : copied.wanted()) {
                System.arraycopy(content, (int) run.first(), onto, (int) run.first(), (int) run.count());
            }
            return new CopyReport(copied.wanted().count() * 512, 0, 0, 0, 1, Map.of());
        });
        RestoreTarget target = info -> fake(
                RestoreTarget.Opened.class,
                (name, none) -> name.equals("device") ? fake(BlockDevice.class, (any, x) -> null) : (Object) false);
        RestoreRequest request = new RestoreRequest(generation, new RestoreRequest.ToDisk("e", "n"), mark, 0);
        return new RestoreSteps(generations, copier, afterMarks).run(request, target, Progress.NONE);
    }

    @Example
    void filesOfAGroupAreNoBlocksOfADisk() {
        group = new GenerationGroup("docs", Meta.ALL, List.of("/docs"));
        mark("monday");
        backUp(all());
        assertThatThrownBy(() -> restore("d@1", "monday", disk.clone()))
                .hasMessageContaining("generation d@1 holds the files of group 'docs' alone");
        assertThat(copied).isNull();
    }

    /** Whoever has what the disk held at a mark has the generation after the restore, within what that answers for. */
    @Property(tries = 300)
    void whatAMarkHeldBecomesTheGeneration(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        chain.clear();
        marks.clear();
        atMarks.clear();
        lineage = new UUID(random.nextLong(), 0);
        epoch = 0;
        for (int step = 0; step < 40; step++) {
            switch (random.nextInt(12)) {
                case 0, 1 -> mark("m" + marks.size());
                case 2, 3 -> backUp(random.nextBoolean() ? all() : some(random));
                case 4 -> {
                    lineage = new UUID(random.nextLong(), 1);
                    epoch = 0;
                }
                default -> write(random.nextInt(BLOCKS));
            }
        }
        for (int m = 0; m < marks.size(); m++) {
            for (Made made : chain) {
                check(made, m);
            }
        }
    }

    private static BlockSet some(Random random) {
        BlockSet.Builder set = new BlockSet.Builder();
        for (int block = 0; block < BLOCKS; block++) {
            if (random.nextInt(4) > 0) {
                set.add(new BlockRun(block, 1));
            }
        }
        return set.build();
    }

    private void check(Made made, int number) throws IOException {
        Mark mark = marks.get(number);
        int[] onto = atMarks.get(number).clone();
        String id = made.info.id();
        if (made.info.instant().isBefore(mark.time())) {
            assertThatThrownBy(() -> restore(id, mark.name(), onto)).hasMessageContaining("was not made after mark");
            return;
        }
        Map<String, Object> result = restore(id, mark.name(), onto);
        for (int block = 0; block < BLOCKS; block++) {
            boolean wanted = copied.wanted().contains(block);
            assertThat(onto[block])
                    .as("block %s of %s after %s", block, id, mark)
                    .isEqualTo(made.set.contains(block) ? made.content[block] : atMarks.get(number)[block]);
            assertThat(wanted && !made.set.contains(block)).isFalse();
        }
        boolean older = chain.get(0).info.instant().isBefore(mark.time());
        assertThat(result.containsKey("storedSince")).isEqualTo(older);
        assertThat(result.containsKey("warning")).isEqualTo(!older);
    }

    @Example
    void marksAreThoseOfTheDisk() {
        backUp(all());
        assertThatThrownBy(() -> restore("d@1", "nowhere", disk))
                .hasMessage("disk 'd' has no mark 'nowhere'; see 'mark list d'");
        mark("m");
        diskId = new UUID(9, 9);
        assertThatThrownBy(() -> restore("d@1", "m", disk))
                .hasMessageContaining("disk 'd' is not the one that d@1 was made of");
    }

    /** A clock that was set back says that a generation was made before a mark that came first. */
    @Example
    void epochsAreBelievedBeforeClocks() throws IOException {
        backUp(all());
        mark("m");
        write(3);
        seconds -= 1000;
        backUp(all());
        assertThat(restore("d@2", "m", disk.clone())).containsEntry("storedSince", "d@1");
        assertThat(copied.wanted()).isEqualTo(BlockSet.range(3, 1));
    }

    @Example
    void whatARestoreThatEndsEarlyLeavesIsSaid() {
        backUp(all());
        mark("m");
        write(3);
        backUp(all());
        copyFails = new IOException("the disk is full");
        assertThatThrownBy(() -> restore("d@2", "m", disk))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the disk is full; ")
                .hasMessageContaining("has some of it by now");
    }

    @Example
    void soIsWhatACancelledOneLeaves() {
        backUp(all());
        mark("m");
        write(3);
        backUp(all());
        CopyManager cancelled = fake(CopyManager.class, (name, copy) -> {
            throw new CancellationException("cancelled on request");
        });
        RestoreTarget target =
                info -> fake(RestoreTarget.Opened.class, (name, none) -> name.equals("isZero") ? false : null);
        RestoreRequest request = new RestoreRequest("d@2", new RestoreRequest.ToDisk("e", "n"), "m", 0);
        assertThatThrownBy(
                        () -> new RestoreSteps(generations, cancelled, afterMarks).run(request, target, Progress.NONE))
                .isInstanceOf(CancellationException.class)
                .hasMessageStartingWith("cancelled on request; ")
                .hasMessageContaining("has some of it by now");
    }

    @Example
    void aFileIsWrittenWhereItLies() throws IOException {
        Path folder = Files.createTempDirectory("hikae-after-mark");
        Path file = folder.resolve("disk.img");
        Media media = fake(Media.class, (name, path) -> Optional.empty());
        RestoreRequest.ToFile to = new RestoreRequest.ToFile(file, true);
        assertThatThrownBy(() -> FileTarget.existing(to, disks, media)).hasMessageContaining("there is no file");
        Files.write(file, new byte[BLOCKS * 512 + 7]);
        assertThatThrownBy(() -> FileTarget.existing(new RestoreRequest.ToFile(file, false), disks, media))
                .hasMessageContaining("give --overwrite");
        backUp(all());
        try (RestoreTarget.Opened opened = FileTarget.existing(to, disks, media).open(chain.get(0).info)) {
            assertThat(opened.isZero()).isFalse();
            opened.device().zero(0, 1);
        }
        assertThat(file).hasSize(BLOCKS * 512 + 7);
        Files.write(file, new byte[BLOCKS * 512 - 1]);
        assertThatThrownBy(() -> FileTarget.existing(to, disks, media).open(chain.get(0).info))
                .hasMessageContaining("has only");
        Files.delete(file);
        Files.delete(folder);
    }
}

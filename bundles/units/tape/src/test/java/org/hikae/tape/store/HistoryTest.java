package org.hikae.tape.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.api.job.Progress;
import org.hikae.api.media.tier.TierCopy;
import org.hikae.api.media.tier.TierSource;
import org.hikae.api.tape.CartridgeInfo;
import org.hikae.api.tape.TapeObject;
import org.hikae.tape.mount.Mounted;
import org.hikae.tape.mount.Mounts.Purpose;
import org.hikae.tape.mount.Volumes.Volume;
import org.hikae.tape.store.write.NoCartridgeLeftException;
import org.hikae.tapekit.Call.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Objects are copied, given up, proven; cartridges are erased and verified; homes end, are lost and are made anew: against a model. */
class HistoryTest {

    private static final Pattern REST =
            Pattern.compile(".* may go on on another cartridge, which is missing; .* 'tape lost --rest (\\w+)'");
    private static final List<String> POOLS = List.of("one", "two");

    @TempDir
    Path folder;

    private final long seed = Long.getLong("hikae.seed", System.nanoTime());
    private final Random random = new Random(seed);
    /** All that was ever copied. */
    private final Map<String, byte[]> ever = new HashMap<>();
    /** What is listed. */
    private final Set<String> listed = new TreeSet<>();

    private final List<String> history = new ArrayList<>();
    private StoreRig rig;
    private int homes;
    /** Whether a cartridge was erased: it may be the one that a session went on to, and have had all newer tables of its home. */
    private boolean erased;

    @Test
    void asTheModelSays() throws IOException {
        run(40);
    }

    @Test
    @EnabledIfSystemProperty(named = "hikae.long", matches = "true")
    void asTheModelSaysForLong() throws IOException {
        for (int i = 0; i < 30; i++) {
            run(120);
        }
    }

    private void run(int steps) throws IOException {
        System.out.println("histories of tape, hikae.seed=" + seed);
        ever.clear();
        listed.clear();
        history.clear();
        erased = false;
        Path place = Files.createTempDirectory(folder, "history");
        rig = new StoreRig(place).add("lib", 2, 6, 1 << 16, "AA");
        try {
            for (int i = 0; i < steps; i++) {
                step();
                check(i % 8 == 7);
            }
            check(true);
        } catch (IOException | RuntimeException | AssertionError e) {
            throw new AssertionError("hikae.seed=" + seed + ", " + history, e);
        } finally {
            rig.close();
        }
    }

    private void check(boolean contents) throws IOException {
        Set<String> names = new TreeSet<>();
        rig.store.list(StoreRig.MEDIUM, "").forEach(object -> names.add(object.name()));
        assertThat(names).isEqualTo(listed);
        checkWhole(rig.store.gaps());
        if (contents) {
            for (String name : listed) {
                assertThat(rig.read(name)).as(name).isEqualTo(ever.get(name));
            }
        }
    }

    private static void checkWhole(List<String> problems) {
        assertThat(problems).isEmpty();
    }

    private void step() throws IOException {
        switch (random.nextInt(14)) {
            case 0, 1, 2, 3, 4 -> copy();
            case 5, 6, 7 -> forget();
            case 8 -> erase();
            case 9 -> restart();
            case 10 -> scan();
            case 11 -> rebuild();
            case 12 -> prove();
            default -> verify();
        }
    }

    private void copy() throws IOException {
        List<TierSource> sources = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            boolean known = random.nextInt(4) == 0 && !listed.isEmpty();
            String name = known ? any(listed) : "o" + ever.size();
            byte[] content = ever.computeIfAbsent(name, key -> new byte[random.nextInt(12_000)]);
            if (!known) {
                random.nextBytes(content);
            }
            sources.add(StoreRig.source(name, content));
        }
        String pool = POOLS.get(random.nextInt(2));
        boolean again = random.nextBoolean();
        history.add("copy " + sources.stream().map(TierSource::name).toList() + " to " + pool);
        if (random.nextInt(4) == 0) {
            history.add("with a fault");
            rig.faults.fail(Step.WRITE).after(random.nextInt(20)).times(1);
        }
        try {
            rig.store.copy(sources, pool, again, Progress.NONE);
            sources.forEach(source -> listed.add(source.name()));
        } catch (NoCartridgeLeftException e) {
            history.add("no cartridge left");
            rig.faults.clear(); // one that nothing has met yet is not for the erasing
            room(sources);
        } finally {
            rig.faults.clear();
        }
    }

    /** What was whole before the cartridges were full is there; others are made free. */
    private void room(List<TierSource> sources) throws IOException {
        Set<String> names = new HashSet<>();
        rig.store.list(StoreRig.MEDIUM, "").forEach(object -> names.add(object.name()));
        for (TierSource source : sources) {
            if (names.contains(source.name())) {
                listed.add(source.name());
            }
        }
        for (Volume volume : rig.store.volumes().volumes()) {
            if (volume.state() == CartridgeInfo.State.EXPIRED || random.nextInt(3) == 0) {
                erase(volume);
            }
        }
    }

    private void forget() throws IOException {
        if (!listed.isEmpty()) {
            String name = any(listed);
            history.add("forget " + name);
            rig.store.forget(StoreRig.MEDIUM, name);
            listed.remove(name);
        }
    }

    private void erase() throws IOException {
        List<Volume> volumes = rig.store.volumes().volumes();
        if (!volumes.isEmpty()) {
            erase(volumes.get(random.nextInt(volumes.size())));
        }
    }

    private void erase(Volume volume) throws IOException {
        String barcode = volume.label().barcode();
        history.add("erase " + barcode);
        erased = true;
        List<String> there = rig.store.volumes().objects(volume.label().volume()).stream()
                .map(TapeObject::name)
                .toList();
        List<String> lost = new ArrayList<>();
        for (String name : listed) {
            List<TierCopy> copies = rig.store.tierCopies(StoreRig.MEDIUM, name);
            assertThat(Collections.frequency(there, name)).as(name).isGreaterThanOrEqualTo((int) copies.stream()
                    .filter(copy -> copy.cartridges().contains(barcode))
                    .count());
            if (Collections.frequency(there, name) == copies.size()) {
                lost.add(name);
            }
        }
        try (Mounted mounted = rig.mounts.mount(barcode, null, Purpose.LABEL, Progress.NONE)) {
            rig.store.labeller().erase(mounted, true, Progress.NONE);
        }
        listed.removeAll(lost);
    }

    private void restart() throws IOException {
        history.add("restart");
        rig = rig.again();
    }

    private void scan() throws IOException {
        history.add("scan");
        checkWhole(rig.store.reader().scan(true, Progress.NONE).problems());
    }

    /** What was given up may come back, as it was; nothing else changes. */
    private void rebuild() throws IOException {
        history.add("rebuild");
        rig = rig.again("home" + homes++);
        for (String problem : rig.store.reader().scan(true, Progress.NONE).problems()) {
            goesOn(problem);
        }
        Set<String> names = new TreeSet<>();
        rig.store.list(StoreRig.MEDIUM, "").forEach(object -> names.add(object.name()));
        assertThat(names).containsAll(listed);
        assertThat(ever.keySet()).containsAll(names);
        listed.addAll(names);
    }

    /** What a home cannot know that knows nothing: people tell it that there is no cartridge which the session went on to. */
    private void goesOn(String problem) throws IOException {
        Matcher matcher = REST.matcher(problem);
        assertThat(erased && matcher.matches()).as(problem).isTrue();
        rig.store.volumes().loseRest(matcher.group(1));
    }

    private void prove() throws IOException {
        if (!listed.isEmpty()) {
            String name = any(listed);
            history.add("prove " + name);
            assertThat(rig.store.prove(StoreRig.MEDIUM, name, Progress.NONE)).isEmpty();
        }
    }

    private void verify() throws IOException {
        List<Volume> volumes = rig.store.volumes().volumes();
        if (!volumes.isEmpty()) {
            String barcode = volumes.get(random.nextInt(volumes.size())).label().barcode();
            history.add("verify " + barcode);
            assertThat(rig.store.reader().verify(barcode, Progress.NONE)).isEmpty();
        }
    }

    private String any(Set<String> names) {
        return List.copyOf(names).get(random.nextInt(names.size()));
    }
}

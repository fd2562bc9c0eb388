package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.hikae.api.disk.Marks;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.log.LogStrategy;
import org.hikae.api.media.GenerationInfo;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** A raw disk, whose place a generation takes. */
public class InPlaceIT extends InPlaceLab {

    /** A generation that was made while guests wrote, between two numbers of their order. */
    private record Made(String id, long from, long to) {}

    @Test
    public void r21_nodesAndBackupsSeeTheGenerationWhileItIsBroughtBack() throws Exception {
        String disk = disk(SIZE).name();
        String full = backUp(disk, false);
        byte[] first = content(full);
        byte[] base = overwrite("n3", disk, first, 5 * BLOCK - 100, 3 << 20);
        String mounted = backUp(disk, true);
        overwrite("n2", disk, base, 0, SIZE);
        mount(mounted, disk, false);

        AtomicLong order = new AtomicLong();
        List<StripedGuest> guests = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            guests.add(new StripedGuest(i, 4, base, order, random.split()));
            guests.get(i).start(lab.node("n" + (i + 1)).open(disk));
        }
        List<Made> generations = new ArrayList<>();
        generations.add(backUpWhile(guests, order, disk, true, new LogStrategy("central", "overlay", null)));
        generations.add(backUpWhile(guests, order, disk, false, new LogStrategy("per-node", "separate", OTHER_VAULT)));
        Job job = mount(mounted, disk, true);
        job.pause();
        generations.add(backUpWhile(guests, order, disk, true, new LogStrategy("per-node", "medium", null)));
        job.resume();
        generations.add(backUpWhile(guests, order, disk, true, new LogStrategy("central", "separate", null)));
        awaitDone(job);
        assertThat(mounts().of(disk)).isEmpty();
        generations.add(backUpWhile(guests, order, disk, true, LogStrategy.DEFAULT));
        for (StripedGuest guest : guests) {
            guest.end();
        }
        flushAll();

        byte[] last = base.clone();
        guests.forEach(guest -> guest.addTo(last));
        assertSame(seenBy("n1", disk), last, "what a node reads");
        assertSame(Files.readAllBytes(lab.disks().get(disk).path()), last, "the file");
        assertThat(info(generations.get(0).id).parent()).isEqualTo(mounted);
        assertThat(info(generations.get(1).id).kind()).isEqualTo("full");
        for (int i = 2; i < generations.size(); i++) {
            assertThat(info(generations.get(i).id).parent()).isEqualTo(generations.get(i - 1).id);
        }
        for (Made generation : generations) {
            assertIsOfOneInstant(generation, guests);
        }
        assertSame(content(mounted), base, mounted);
        assertSame(content(full), first, full);
    }

    private Made backUpWhile(
            List<StripedGuest> guests, AtomicLong order, String disk, boolean differential, LogStrategy strategy)
            throws Exception {
        for (StripedGuest guest : guests) {
            guest.awaitFurtherWrites();
        }
        lab.logManager().setStrategy(disk, strategy);
        long from = order.get();
        String id = backUp(disk, differential);
        return new Made(id, from, order.get());
    }

    /** What had ended when it began is in it, what began when it was sealed is not, and nothing is without what came before it. */
    private void assertIsOfOneInstant(Made generation, List<StripedGuest> guests) throws Exception {
        byte[] content = content(generation.id);
        lab.verify(generation.id);
        long lastBegun = 0;
        long firstMissing = Long.MAX_VALUE;
        for (StripedGuest guest : guests) {
            StripedGuest.Seen seen = guest.seenIn(content, generation.id + ", seed " + seed);
            lastBegun = Math.max(lastBegun, seen.begun());
            firstMissing = Math.min(firstMissing, seen.missing());
        }
        assertThat(lastBegun).as("I1, %s", generation).isLessThan(firstMissing).isLessThanOrEqualTo(generation.to);
        assertThat(firstMissing).as("%s", generation).isGreaterThan(generation.from);
    }

    @Test
    public void ontoALargerDisk() throws Exception {
        String disk = disk(SIZE).name();
        String generation = backUp(disk, false);
        byte[] content = content(generation);
        String larger = disk(SIZE + (3 << 20) + 512).name();
        byte[] expected = seenBy("n1", larger);
        System.arraycopy(content, 0, expected, 0, SIZE);
        int straddles = (SIZE / BLOCK + 1) * BLOCK;
        Arrays.fill(expected, SIZE, straddles, (byte) 0);

        mount(generation, larger, false);
        assertSame(seenBy("n2", larger), expected, "what is seen");
        expected = overwrite("n3", larger, expected, SIZE - 5000, 10_000);
        awaitDone(mount(generation, larger, true));
        flushAll();
        assertSame(Files.readAllBytes(lab.disks().get(larger).path()), expected, "the file");
        GenerationInfo next = info(backUp(larger, true));
        assertThat(next.kind()).isEqualTo("full");
        assertSame(content(next.id()), expected, next.id());
        assertSame(Files.readAllBytes(lab.disks().get(disk).path()), content, "the other disk");
    }

    /** R12: the disk goes on from the older one, and what came after it stays what it was. */
    @Test
    public void anOlderGenerationWhileNewerOnesStay() throws Exception {
        String disk = disk(SIZE).name();
        List<String> ids = new ArrayList<>();
        List<byte[]> contents = new ArrayList<>();
        ids.add(backUp(disk, false));
        contents.add(content(ids.get(0)));
        for (int i = 1; i < 3; i++) {
            contents.add(overwrite("n" + i, disk, contents.get(i - 1), i << 20, 2 << 20));
            services.get(Marks.class).add(disk, "mark" + i);
            ids.add(backUp(disk, true));
        }
        mount(ids.get(0), disk, false);
        contents.add(overwrite("n4", disk, contents.get(0), 123, 100_000));
        JobInfo since = Lab.end(start(disk, true, "mark1"));
        assertThat(since.result()).as("%s", since).containsKey("fullBecause");
        lab.generations().remove((String) since.result().get("generation"));
        ids.add(backUp(disk, true));
        assertThat(info(ids.get(3)).parent()).isEqualTo(ids.get(0));
        assertThat(info(ids.get(3)).ownBlocks()).isLessThan(200);
        assertThatThrownBy(() -> lab.generations().remove(ids.get(0))).isInstanceOf(IOException.class);
        awaitDone(mount(ids.get(0), disk, true));
        contents.add(overwrite("n1", disk, contents.get(3), SIZE - 5000, 5000));
        ids.add(backUp(disk, true));
        assertThat(info(ids.get(4)).parent()).isEqualTo(ids.get(3));
        assertThat(info(ids.get(4)).ownBlocks()).isLessThan(200);
        for (int i = 0; i < ids.size(); i++) {
            assertSame(content(ids.get(i)), contents.get(i), ids.get(i));
            lab.verify(ids.get(i));
        }
    }

    @Test
    public void beforeAnythingIsWrittenTheDiskComesBack() throws Exception {
        String disk = disk(SIZE).name();
        byte[] older = seenBy("n1", disk);
        String generation = backUp(disk, false);
        byte[] old = overwrite("n2", disk, older, 0, SIZE / 2);
        mount(generation, disk, false);
        assertSame(content(backUp(disk, false)), older, "what is backed up");
        assertThat(mounts().of(disk).orElseThrow().untouched()).isTrue();
        mounts().undo(disk);
        assertSame(seenBy("n3", disk), old, "the old disk");
        String next = backUp(disk, true);
        assertThat(info(next).kind()).isEqualTo("full");
        assertSame(content(next), old, next);

        mount(generation, disk, false);
        byte[] expected = overwrite("n1", disk, older, SIZE - 10, 10);
        flushAll();
        assertThatThrownBy(() -> mounts().undo(disk)).isInstanceOf(IOException.class);
        assertSame(seenBy("n2", disk), expected, "what is seen");
    }

    /** A folder that is gone for a while: what is on the disk can be used, and all of it when the folder is back. */
    @Test
    public void itsMediumIsAwayForAWhile() throws Exception {
        String disk = disk(SIZE).name();
        String generation = backUp(disk, false);
        byte[] expected = content(generation);
        overwrite("n1", disk, expected, 0, SIZE);
        mount(generation, disk, false);
        Path folder = lab.folder.resolve(VAULT);
        Path away = lab.folder.resolve("away");
        Files.move(folder, away);
        try {
            assertThat(mounts().of(disk).orElseThrow().problem()).contains(generation);
            assertThat(lab.disks().list()).anyMatch(status -> status.name().equals(disk));
            assertThatThrownBy(() -> seenBy("n1", disk)).hasMessageContaining(generation);
        } finally {
            Files.move(away, folder);
        }
        expected = overwrite("n2", disk, expected, 1 << 20, 1 << 20);
        flushAll();
        assertThatThrownBy(() -> lab.generations().remove(generation)).isInstanceOf(IOException.class);
        lab.media().remove(VAULT);
        assertThat(mounts().of(disk).orElseThrow().problem()).contains(generation);
        lab.addMedium(VAULT, "directory");
        assertSame(seenBy("n3", disk), expected, "what is seen");
        assertThat(mounts().of(disk).orElseThrow().problem()).isNull();
        awaitDone(mount(generation, disk, true));
        flushAll();
        assertSame(Files.readAllBytes(lab.disks().get(disk).path()), expected, "the file");
    }

    @Test
    public void unitsAreStoppedAndStartedWhileItStandsIn() throws Exception {
        String disk = disk(SIZE).name();
        String generation = backUp(disk, false);
        byte[] whole = content(generation);
        for (String name : List.of("org.hikae.block", "org.hikae.media", "org.hikae.node")) {
            overwrite("n1", disk, whole, 0, SIZE);
            mount(generation, disk, false);
            byte[] expected = overwrite("n2", disk, whole, random.nextInt(SIZE - 50_000), 50_000);
            flushAll();
            stopAndStart(name);
            awaitSeen(disk, expected, name);
            expected = overwrite("n4", disk, expected, random.nextInt(SIZE - 50_000), 50_000);
            flushAll();
            Job job = mount(generation, disk, true);
            job.pause();
            stopAndStart(name);
            job.resume();
            Lab.end(job);
            awaitSeen(disk, expected, name);
            bringBack(disk);
            flushAll();
            assertSame(Files.readAllBytes(lab.disks().get(disk).path()), expected, "the file, after " + name);
            GenerationInfo next = info(backUp(disk, true));
            assertThat(next.parent()).as("after %s", name).isEqualTo(generation);
            assertSame(content(next.id()), expected, next.id());
        }
    }

    private void stopAndStart(String name) throws Exception {
        Bundle bundle = Arrays.stream(context.getBundles())
                .filter(each -> each.getSymbolicName().equals(name))
                .findFirst()
                .orElseThrow();
        bundle.stop();
        bundle.start();
    }

    /** Configured disks and media come back one after the other. */
    private void awaitSeen(String disk, byte[] expected, String stopped) {
        Awaitility.await()
                .atMost(Services.DEADLINE)
                .ignoreExceptions()
                .until(() -> seenBy("n3", disk).length == expected.length);
        Awaitility.await()
                .atMost(Services.DEADLINE)
                .ignoreExceptions()
                .untilAsserted(() -> assertSame(seenBy("n3", disk), expected, "what is seen after " + stopped));
    }
}

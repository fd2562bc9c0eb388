package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is done, by chance, to a disk named {@code data}, its generations on the media {@code m1} and {@code vault}, a tape, and their
 * copies on tape, until the platform is killed; and a model of what there must be then.
 */
final class TapeCourse {

    static final int DISK_BYTES = (5 << 20) + 512;
    static final String DISK_MEDIUM = "m1";
    static final String TAPE_MEDIUM = "vault";

    private static final int MOST = 7;
    private static final int FEWEST = 2;
    private static final Pattern MADE = Pattern.compile("\"generation\"\\s*:\\s*\"(data@\\d+)\"");

    private final Random random;
    private final Path folder;
    private final Path disk;

    /** What each generation holds. */
    private final Map<String, byte[]> contents = new TreeMap<>();
    /** Those that were told to be on tape. */
    private final Set<String> onTape = new TreeSet<>();
    /** Those that were told to be evicted. */
    private final Set<String> evicted = new TreeSet<>();
    /** What a backup holds that did not live to tell its name; null: there was none. */
    private byte[] untold;
    /** The one whose removal was begun; null: none. */
    private String leaving;

    private int cutOff;

    TapeCourse(Random random, Path folder, Path disk) throws IOException {
        this.random = random;
        this.folder = folder;
        this.disk = disk;
        byte[] content = new byte[DISK_BYTES];
        random.nextBytes(content);
        Files.write(disk, content);
    }

    Map<String, byte[]> contents() {
        return contents;
    }

    /** Does so many things, unless the platform is killed before; adds to the number of those that did not end. */
    void run(Served served, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            if (!step(served)) {
                cutOff++;
                return;
            }
        }
    }

    /** How many things did not end. */
    int cutOff() {
        return cutOff;
    }

    private boolean step(Served served) throws IOException {
        List<String> near = new ArrayList<>(contents.keySet());
        near.removeAll(onTape);
        List<String> both = new ArrayList<>(onTape);
        both.removeAll(evicted);
        int chance = random.nextInt(10);
        if (chance < 3 && !near.isEmpty()) {
            return write(served, any(near), chance == 0);
        } else if (chance < 5 && !both.isEmpty()) {
            return evict(served, any(both));
        } else if (contents.size() >= MOST || chance == 5 && contents.size() > FEWEST) {
            return remove(served);
        }
        return backUp(served);
    }

    private String any(List<String> ids) {
        return ids.get(random.nextInt(ids.size()));
    }

    private boolean write(Served served, String id, boolean elsewhere) throws IOException {
        String pool = elsewhere ? "other" : "default";
        boolean done =
                served.unlessKilled("tape write " + id + " --pool " + pool).isPresent();
        if (done) {
            onTape.add(id);
        }
        return done;
    }

    private boolean evict(Served served, String id) throws IOException {
        boolean done = served.unlessKilled("generation evict " + id).isPresent();
        if (done) {
            evicted.add(id);
        }
        return done;
    }

    /** Removes the newest, on which nothing builds. */
    private boolean remove(Served served) throws IOException {
        String newest = newest();
        leaving = newest;
        boolean done = served.unlessKilled("generation remove " + newest).isPresent();
        if (done) {
            leaving = null;
            forget(newest);
        }
        return done;
    }

    private String newest() {
        return contents.keySet().stream()
                .max((a, b) -> Integer.compare(number(a), number(b)))
                .orElseThrow();
    }

    private static int number(String id) {
        return Integer.parseInt(id.substring(id.indexOf('@') + 1));
    }

    private void forget(String id) {
        contents.remove(id);
        onTape.remove(id);
        evicted.remove(id);
    }

    /**
     * Changes the disk, and backs it up: mostly the changes alone, and sometimes onto tape at once.
     *
     * @return whether it ended
     */
    boolean backUp(Served served) throws IOException {
        byte[] changed = new byte[1 + random.nextInt(1 << 20)];
        random.nextBytes(changed);
        int at = random.nextInt(DISK_BYTES - changed.length);
        Path from = Files.write(folder.resolve("changed"), changed);
        if (served.unlessKilled("node write n1 data --at " + at + " --from '" + from + "'; node flush n1")
                .isEmpty()) {
            return false;
        }
        untold = Files.readAllBytes(disk);
        String medium = random.nextInt(3) > 0 ? DISK_MEDIUM : TAPE_MEDIUM;
        String kind = random.nextInt(4) > 0 ? " --differential" : "";
        Optional<String> told = served.unlessKilled("backup run data --to " + medium + kind + " --json");
        if (told.isEmpty()) {
            return false;
        }
        Matcher made = MADE.matcher(told.get());
        assertThat(made.find()).as(told.get()).isTrue();
        contents.put(made.group(1), untold);
        untold = null;
        return true;
    }

    /** Compares what there is with what must be; what a kill left open is known after that. */
    void learn(Map<String, Map<String, String>> listing, String about) {
        Set<String> unknown = new TreeSet<>(listing.keySet());
        unknown.removeAll(contents.keySet());
        assertThat(unknown).as("that nobody made, %s", about).hasSizeLessThanOrEqualTo(untold == null ? 0 : 1);
        unknown.forEach(id -> contents.put(id, untold));
        untold = null;
        if (leaving != null && !listing.containsKey(leaving)) {
            forget(leaving);
        }
        leaving = null;
        assertThat(listing.keySet()).as(about).isEqualTo(contents.keySet());
        listing.forEach((id, fields) -> learn(id, fields, about));
    }

    private void learn(String id, Map<String, String> fields, String about) {
        assertThat(fields.get("problem")).as("%s, %s", id, about).isEqualTo("null");
        String where = fields.get("where");
        assertThat(where).as("%s: %s, %s", id, fields, about).isIn("disk", "tape", "both");
        if (fields.get("medium").equals(TAPE_MEDIUM)) {
            onTape.add(id);
            evicted.add(id);
            return;
        }
        if (onTape.contains(id)) {
            assertThat(where).as("%s was written to tape, %s", id, about).isNotEqualTo("disk");
        }
        if (evicted.contains(id)) {
            assertThat(where).as("%s was evicted, %s", id, about).isEqualTo("tape");
        }
        if (!where.equals("disk")) {
            onTape.add(id);
        }
        if (where.equals("tape")) {
            evicted.add(id);
        }
    }
}

package org.hikae.tape.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Keeps home and cartridges as a kill would leave them at each step: with all that was written, or without a part of what was not
 * forced.
 */
final class Snapshots implements HookDriver.Hook {

    private final Path from;
    private final Path to;
    private final Random random;
    private final Set<String> committed;
    private final int oneIn;
    /** How many are not taken before the next. */
    private int left;

    private final List<Snapshot> taken = new ArrayList<>();
    /** Lengths of the files of cartridges when they were forced last. */
    private final Map<String, Long> forced = new HashMap<>();

    private IOException failure;

    /**
     * @param committed names of objects that are committed, at any time
     * @param oneIn of so many one is taken
     */
    Snapshots(Path from, Path to, Random random, Set<String> committed, int oneIn) throws IOException {
        this.from = from;
        this.to = to;
        this.random = random;
        this.committed = committed;
        this.oneIn = oneIn;
        this.left = random.nextInt(oneIn);
        force();
    }

    /**
     * What a kill leaves.
     *
     * @param committed what must be there
     * @param what says when it was
     */
    record Snapshot(Path folder, Set<String> committed, String what) {}

    List<Snapshot> taken() throws IOException {
        if (failure != null) {
            throw failure;
        }
        return taken;
    }

    @Override
    public synchronized void step(String method, boolean after) throws IOException {
        try {
            take(method, after, false);
            take(method, after, true);
            if (after && method.equals("writeFilemarks")) {
                force();
            }
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    private void force() throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Snapshots::isCartridge).toList()) {
                forced.put(file.getFileName().toString(), Files.size(file));
            }
        }
    }

    private static boolean isCartridge(Path file) {
        return file.toString().endsWith(".tap");
    }

    private void take(String method, boolean after, boolean cut) throws IOException {
        if (left-- > 0) {
            return;
        }
        left = random.nextInt(2 * oneIn - 1);
        Path folder = to.resolve("s" + taken.size());
        String what = "snapshot " + taken.size() + (after ? " after " : " before ") + method + (cut ? ", cut" : "");
        taken.add(new Snapshot(folder, Set.copyOf(committed), what));
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = folder.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                    if (cut && isCartridge(file)) {
                        cut(target);
                    }
                }
            }
        }
    }

    private void cut(Path file) throws IOException {
        long least = forced.getOrDefault(file.getFileName().toString(), 0L);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long more = channel.size() - least;
            if (more > 0) {
                channel.truncate(least + random.nextLong(more + 1));
            }
        }
    }
}

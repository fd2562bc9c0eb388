package org.hikae.itests.platform;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/** Guests on three nodes that change files of a disk until this is closed. */
final class FileGuests implements AutoCloseable {
    private final List<Task> tasks = new ArrayList<>();
    private volatile boolean over;

    FileGuests(Lab lab, String disk, SplittableRandom random) throws Exception {
        for (String node : List.of("n1", "n2", "n3")) {
            SplittableRandom own = random.split();
            FileSystem files = lab.node(node).fileSystem(disk);
            tasks.add(Task.start(() -> run(new FileGuest(files, own), files)));
        }
    }

    private void run(FileGuest guest, FileSystem files) throws IOException {
        try (files) {
            while (!over) {
                guest.step();
                LockSupport.parkNanos(100_000);
            }
        }
    }

    @Override
    public void close() throws Exception {
        over = true;
        for (Task task : tasks) {
            task.join();
        }
    }
}

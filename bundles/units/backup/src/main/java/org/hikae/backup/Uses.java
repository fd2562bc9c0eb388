package org.hikae.backup;

import java.util.concurrent.Callable;
import org.hikae.api.disk.Disks;

/** Keeps a disk from being removed while something is done with it. */
final class Uses {

    private Uses() {}

    static <T> T whileUsing(Disks disks, String disk, String reason, Callable<T> work) throws Exception {
        try (AutoCloseable use = disks.use(disk, reason)) {
            return work.call();
        }
    }
}

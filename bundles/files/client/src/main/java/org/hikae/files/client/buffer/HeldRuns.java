package org.hikae.files.client.buffer;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.io.DurableFiles;

/** Runs in the buffer that the next party has with all they have, and that stay for other receipts (R23). Thread-safe. */
public final class HeldRuns {

    static final String FILE = "held";

    private final Set<UUID> held = ConcurrentHashMap.newKeySet();

    /** A run was found in the buffer. */
    void found(BufferedRun run) {
        if (Files.exists(run.folder().resolve(FILE))) {
            held.add(run.id());
        }
    }

    void gone(BufferedRun run) {
        held.remove(run.id());
    }

    /** Notes it durably. Again: does nothing. */
    public void hold(BufferedRun run) throws IOException {
        if (!has(run)) {
            DurableFiles.replace(run.folder().resolve(FILE), new byte[0]);
            held.add(run.id());
        }
    }

    /** Nobody is known to have it any more, durably. */
    public void letGo(BufferedRun run) throws IOException {
        if (Files.deleteIfExists(run.folder().resolve(FILE))) {
            DurableFiles.forceFolder(run.folder());
        }
        held.remove(run.id());
    }

    public boolean has(BufferedRun run) {
        return held.contains(run.id());
    }
}

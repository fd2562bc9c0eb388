package org.hikae.tape.store.write;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.hikae.api.job.Progress;

/** Which cartridges sessions write to: each one session alone. Thread-safe. */
public final class Reservations {

    private final Set<String> taken = new HashSet<>();
    /** How many sessions wait for a cartridge, among others perhaps. */
    private final Map<String, Integer> wanted = new HashMap<>();

    /** Takes a cartridge; false if another session has it. */
    synchronized boolean take(String barcode) {
        return taken.add(barcode);
    }

    synchronized boolean isTaken(String barcode) {
        return taken.contains(barcode);
    }

    synchronized void release(String barcode) {
        taken.remove(barcode);
        notifyAll();
    }

    /** Whether a session waits for a cartridge, among others perhaps. */
    synchronized boolean isWanted(String barcode) {
        return wanted.containsKey(barcode);
    }

    /**
     * Waits until one of these is released.
     *
     * @return false at once, if one of them is free
     * @throws java.util.concurrent.CancellationException if the progress was cancelled
     */
    boolean await(Collection<String> barcodes, Progress progress) throws InterruptedException {
        progress.onCancel(this::wake);
        synchronized (this) {
            boolean waited = false;
            barcodes.forEach(barcode -> wanted.merge(barcode, 1, Integer::sum));
            try {
                while (taken.containsAll(barcodes)) {
                    progress.check();
                    waited = true;
                    wait();
                }
            } finally {
                barcodes.forEach(barcode -> wanted.computeIfPresent(barcode, (key, n) -> n == 1 ? null : n - 1));
            }
            return waited;
        }
    }

    private synchronized void wake() {
        notifyAll();
    }
}

package org.hikae.tape.mount;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import org.hikae.api.job.Progress;

/** Waits for drives, and for cartridges that are in no library. Thread-safe. */
final class Waiting {

    private final DriveQueue queue;
    private final Absences absences;
    private final Lookout lookout;

    Waiting(DriveQueue queue, Absences absences, Lookout lookout) {
        this.queue = queue;
        this.absences = absences;
        this.lookout = lookout;
    }

    /** Waits until it is the turn of a request that has entered the queue. */
    Bay awaitDrive(Request request, Progress progress) throws IOException {
        Absences.Wait absence = null;
        String said = null;
        try {
            while (true) {
                progress.check();
                long changes = queue.changes();
                DriveQueue.Standing standing = queue.standing(request);
                if (standing instanceof DriveQueue.Standing.Granted granted) {
                    return granted.bay();
                } else if (standing instanceof DriveQueue.Standing.Hopeless hopeless) {
                    throw new IOException(hopeless.why());
                }
                String now;
                if (standing instanceof DriveQueue.Standing.Absent absent) {
                    absence = absence != null ? absence : absences.begin(request.barcode);
                    now = "waiting: " + missing(request.barcode, absent.where(), absence);
                } else {
                    absence = end(absence);
                    now = ((DriveQueue.Standing.Queued) standing).why();
                }
                if (!now.equals(said)) {
                    progress.phase(now);
                    said = now;
                }
                pause(changes);
            }
        } finally {
            end(absence);
        }
    }

    /** What is missing, if that is to be waited for. */
    private String missing(String barcode, String where, Absences.Wait absence) throws CartridgeAbsentException {
        String missing = lookout.missing(barcode, where);
        if (absence.isOver()) {
            throw new CartridgeAbsentException(missing);
        }
        lookout.look();
        return missing;
    }

    private static Absences.Wait end(Absences.Wait absence) {
        if (absence != null) {
            absence.close();
        }
        return null;
    }

    private void pause(long changes) throws InterruptedIOException {
        try {
            queue.await(changes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a cartridge");
        }
    }

    /** What is missing now, a sentence for each cartridge. */
    List<String> awaited() {
        return absences.awaited().stream()
                .map(barcode -> lookout.missing(barcode, queue.station(barcode)))
                .toList();
    }
}

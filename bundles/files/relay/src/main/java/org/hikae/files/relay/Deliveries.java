package org.hikae.files.relay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.relay.Received;

/**
 * What is handed on, and what every center above has: that is deleted here, and nothing else is (I6). First the last receipt is durable,
 * then the content goes, then the receipts are forgotten: whatever is interrupted goes on when it is looked at the next time.
 *
 * <p>A center that has a run which builds upon none, and not one before it, can never have that: it is replaced there. It goes before the run
 * that has replaced it, whose receipt tells so. Thread-safe.
 */
final class Deliveries {

    private final Received received;
    private final List<ReceiptLog> logs;

    /** Why something that all have could not be deleted the last time; null: nothing is wrong. */
    private volatile String problem;

    /** @param logs of all centers above, at least one */
    Deliveries(Received received, List<ReceiptLog> logs) {
        if (logs.isEmpty()) {
            throw new IllegalArgumentException("nobody is to have it");
        }
        this.received = received;
        this.logs = List.copyOf(logs);
    }

    Received received() {
        return received;
    }

    String problem() {
        return problem;
    }

    /**
     * Deletes what all have, and forgets receipts of what is not here any more.
     *
     * @return what is still here
     * @throws IOException if it cannot be told what is here
     */
    List<RunInfo> settle() throws IOException {
        List<RunInfo> here = received.runs();
        String wrong = null;
        for (List<RunInfo> ofBackup : byBackup(here)) {
            try {
                release(ofBackup);
            } catch (IOException e) {
                wrong = e.getMessage();
            }
        }
        for (ReceiptLog log : logs) {
            // A receipt that came since then may be forgotten too: it is given again.
            log.retain(here);
        }
        problem = wrong;
        return here;
    }

    /** A center has it all: its receipt is durable. */
    void delivered(RunInfo run) throws IOException {
        if (run.base() == 0) {
            settle();
        } else if (logs.stream().allMatch(log -> log.has(run))) {
            received.release(run.id());
        }
    }

    /** By number. */
    static Collection<List<RunInfo>> byBackup(Collection<RunInfo> runs) {
        Map<String, List<RunInfo>> backups = new TreeMap<>();
        for (RunInfo run : runs) {
            backups.computeIfAbsent(run.id().origin() + "/" + run.id().backup(), name -> new ArrayList<>())
                    .add(run);
        }
        backups.values()
                .forEach(of -> of.sort(Comparator.comparingLong(run -> run.id().number())));
        return backups.values();
    }

    /** The first ones first: as long as one is here that was replaced, the one that has replaced it stays. */
    private void release(List<RunInfo> ofBackup) throws IOException {
        for (RunInfo run : ofBackup) {
            if (logs.stream().allMatch(log -> log.has(run) || isReplaced(run, log, ofBackup))) {
                try {
                    received.release(run.id());
                } catch (IOException e) {
                    throw new IOException(
                            "run " + run.id() + ", which every center above has, cannot be deleted: " + e.getMessage(),
                            e);
                }
            }
        }
    }

    private static boolean isReplaced(RunInfo run, ReceiptLog log, List<RunInfo> ofBackup) {
        return ofBackup.stream()
                .anyMatch(later ->
                        later.base() == 0 && later.id().number() > run.id().number() && log.has(later));
    }

    /** The runs that one has not, and still is to have. */
    static List<RunInfo> lacking(ReceiptLog log, Collection<RunInfo> here) {
        List<RunInfo> lacking = new ArrayList<>();
        for (List<RunInfo> ofBackup : byBackup(here)) {
            for (RunInfo run : ofBackup) {
                if (!log.has(run) && !isReplaced(run, log, ofBackup)) {
                    lacking.add(run);
                }
            }
        }
        return lacking;
    }
}

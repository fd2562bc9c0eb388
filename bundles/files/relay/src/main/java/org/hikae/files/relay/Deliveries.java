package org.hikae.files.relay;

import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.relay.Received;

/**
 * What is handed on, and what every center above has: that is deleted here, and nothing else is (I6). First the last receipt is durable,
 * then the content goes, then the receipts are forgotten: whatever is interrupted goes on when it is looked at the next time.
 * Thread-safe.
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
        Set<RunId> names = new HashSet<>();
        String wrong = null;
        for (RunInfo run : here) {
            names.add(run.id());
            try {
                releaseIfAllHave(run.id());
            } catch (IOException e) {
                wrong = "run " + run.id() + ", which every center above has, cannot be deleted: " + e.getMessage();
            }
        }
        for (ReceiptLog log : logs) {
            // A receipt that came since then may be forgotten too: it is given again.
            log.retain(names);
        }
        problem = wrong;
        return here;
    }

    /** A center has it all: its receipt is durable. */
    void delivered(RunId run) throws IOException {
        releaseIfAllHave(run);
    }

    private void releaseIfAllHave(RunId run) throws IOException {
        if (logs.stream().allMatch(log -> log.has(run))) {
            received.release(run);
        }
    }

    /** The runs that one has not. */
    static List<RunInfo> lacking(ReceiptLog log, Collection<RunInfo> here) {
        return here.stream().filter(run -> !log.has(run.id())).toList();
    }
}

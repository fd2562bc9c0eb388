package org.hikae.rules;

import java.util.Optional;
import org.hikae.api.media.LogPlace;
import org.hikae.rules.State.Phase;

/** What is wrong with a state, if anything is. */
final class Check {

    private final Setup setup;
    private final State state;

    Check(Setup setup, State state) {
        this.setup = setup;
        this.state = state;
    }

    /** In every state: a generation that was sealed is the disk of T0; no backup fails without cause. */
    Optional<String> problem() {
        if (state.phase == Phase.SEALED) {
            return sealed();
        }
        return mayFail() ? Optional.empty() : Optional.of("the backup fails for no good reason: " + state.failure);
    }

    private Optional<String> sealed() {
        int log = setup.inPlace() ? 0 : state.log.put();
        int missing = setup.wanted() & ~(state.stored | state.log.put());
        int late = state.storedLate & ~log | state.log.putLate() & log;
        if (missing != 0) {
            return Optional.of("sealed without blocks " + missing);
        } else if ((late & setup.wanted()) != 0) {
            return Optional.of("sealed with what was written after T0 in blocks " + (late & setup.wanted()));
        }
        return setup.lacks(Shortcut.R10_FALLS_BACK_TO_COPY) ? withoutLog() : Optional.empty();
    }

    /** With the rule, what is in a log that is missing cannot be read. */
    private Optional<String> withoutLog() {
        boolean wrong = setup.place == LogPlace.SEPARATE && (state.storedLate & setup.wanted()) != 0;
        return wrong ? Optional.of("without its log, it shows what was written after T0") : Optional.empty();
    }

    private boolean mayFail() {
        return switch (state.failure) {
            case NONE -> true;
            case UNLOGGED, LOG_FULL -> state.faults < setup.start().faults;
            case NODE_LOG_LOST -> !setup.central() && state.kills < setup.start().kills;
            case NO_NODE_LEFT -> state.copiers[0].isGone() && state.copiers[1].isGone();
        };
    }

    /** Where nothing more can happen: the backup is over, and every guest's write went through. */
    Optional<String> problemAtEnd() {
        if (!state.over()) {
            return Optional.of("the backup hangs");
        }
        for (int node = 0; node < 2; node++) {
            boolean done = state.writers[node].next() == setup.writes(node).size();
            if (state.isUp(node) && !done) {
                return Optional.of("a guest's write hangs");
            }
        }
        return Optional.empty();
    }
}

package org.hikae.rules;

import org.hikae.rules.State.Failure;

/** The log manager, gathering centrally: {@code CentralGatherer}. */
final class LogSteps {

    private static final String MANAGER = "log manager";

    private final Steps steps;
    private final State state;

    LogSteps(Steps steps) {
        this.steps = steps;
        this.state = steps.state();
    }

    void find() {
        for (int node = 0; node < 2; node++) {
            if (state.log.own(node).sent() != 0) {
                takeLate(node);
            }
        }
        for (int block = Blocks.FIRST; block <= Blocks.SECOND; block <<= 1) {
            if ((state.log.queued() & block) != 0 && !state.over()) {
                put(block);
            }
        }
    }

    /** Only where nobody waits for an answer. */
    private void takeLate(int node) {
        Log.Own own = state.log.own(node);
        steps.add(
                MANAGER,
                node == 0 ? "takes the record of N1" : "takes the record of N2",
                to -> to.log = state.log.take(own.sent(), own.sentLate()).own(node, Log.Own.EMPTY));
    }

    private void put(int block) {
        steps.add(MANAGER, block == Blocks.FIRST ? "puts block 0 (LogSink.put)" : "puts block 1 (LogSink.put)", to -> {
            to.log = state.log.put(block);
            if (steps.setup().inPlace()) {
                to.store(block, state.log.queuedLate());
            }
        });
        if (state.faults > 0) {
            steps.add(MANAGER, "finds its medium full (LogGathering.Session.failed)", to -> {
                to.faults--;
                to.fail(Failure.LOG_FULL);
            });
        }
    }
}

package org.hikae.rules;

import org.hikae.rules.State.Failure;
import org.hikae.rules.State.Node;
import org.hikae.rules.State.Phase;
import org.hikae.rules.Writer.At;

/** The job: {@code CopyManagerUnit}, {@code CacheControlUnit.end}, {@code Session.complete}, the seal. */
final class ManagerSteps {

    private static final String JOB = "backup";

    private final Steps steps;
    private final Setup setup;
    private final State state;

    ManagerSteps(Steps steps) {
        this.steps = steps;
        this.setup = steps.setup();
        this.state = steps.state();
    }

    void find() {
        switch (state.phase) {
            case COPYING -> endCopy();
            case LEAVING -> leave();
            case GATHERING -> gather();
            case SEALED, FAILED -> {
                // It is over.
            }
        }
    }

    /** No node is under the session after this that was not before. */
    private void endCopy() {
        boolean gone = state.copiers[0].isGone() && state.copiers[1].isGone();
        boolean idle = state.copiers[0].isIdle() && state.copiers[1].isIdle();
        if (idle && (state.queue == 0 || state.failed())) {
            steps.add(JOB, "ends the session (CacheControl.end)", to -> to.phase = Phase.LEAVING);
        } else if (gone && state.queue != 0) {
            steps.add(JOB, "has no node left (CopyManager.backUp)", to -> to.fail(Failure.NO_NODE_LEFT));
        }
    }

    /** Node by node: out of force first, then nobody is let in under it; then those inside are waited for. */
    private void leave() {
        int node = state.left;
        if (node == 2) {
            steps.add(JOB, "has all receipts (Session.complete)", to -> to.phase = Phase.GATHERING);
        } else if (state.nodes[node] == Node.KILLED) {
            steps.add(JOB, "asks a node that is gone (NodeGate.leave)", to -> {
                NodeSteps.lose(steps, to, node);
                to.left++;
            });
        } else if (state.isInForce(node)) {
            steps.add(JOB, "takes a log out of force (Gate.remove)", to -> to.inForce &= ~(1 << node));
        } else if (!state.isUp(node) || isDrained(node)) {
            steps.add(JOB, "has a node's receipt (NodeLog.complete)", to -> to.left++);
        }
    }

    private boolean isDrained(int node) {
        Writer writer = state.writers[node];
        return (writer.at() == At.OUTSIDE || !writer.logged())
                && state.log.own(node).sent() == 0;
    }

    private void gather() {
        if (state.failed()) {
            steps.add(JOB, "drops the generation", to -> to.phase = Phase.FAILED);
        } else if (setup.central() && state.log.queued() == 0) {
            steps.add(JOB, "seals (GenerationWriter.seal)", to -> to.phase = Phase.SEALED);
        } else if (!setup.central()) {
            merge();
        }
    }

    /** What a node has left behind that went down since may be there, or may not. */
    private void merge() {
        steps.add(JOB, "merges, and seals (Gatherer.complete)", to -> {
            to.log = state.log.merged();
            if (setup.inPlace()) {
                to.store(to.log.put(), to.log.putLate());
            }
            to.phase = Phase.SEALED;
        });
        for (int node = 0; node < 2; node++) {
            if (state.nodes[node] == Node.KILLED && state.log.own(node).held() != 0) {
                steps.add(JOB, "misses a node's log (Gatherer.complete)", to -> to.fail(Failure.NODE_LOG_LOST));
            }
        }
    }
}

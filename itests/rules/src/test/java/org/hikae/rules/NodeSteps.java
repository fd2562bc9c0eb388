package org.hikae.rules;

import org.hikae.rules.State.Failure;
import org.hikae.rules.State.Node;
import org.hikae.rules.State.Phase;

/** How nodes come and go: {@code CacheControlUnit}. */
final class NodeSteps {

    private static final String[] NAMES = {"N1", "N2"};

    private final Steps steps;
    private final State state;
    private final int node;

    NodeSteps(Steps steps, int node) {
        this.steps = steps;
        this.state = steps.state();
        this.node = node;
    }

    void find() {
        if (state.nodes[node] == Node.ABSENT) {
            join();
        } else if (state.isUp(node) && state.kills > 0 && !state.over()) {
            steps.add(NAMES[node], "goes down", to -> {
                to.kills--;
                to.nodes[node] = Node.KILLED;
            });
        } else if (state.nodes[node] == Node.KILLED && state.left <= node) {
            steps.add(
                    NAMES[node],
                    "is fenced, and asked for the last time (CacheControl.lost)",
                    to -> lose(steps, to, node));
        }
    }

    /** With the session in force, as long as it is so anywhere. */
    private void join() {
        boolean underSession =
                state.phase == Phase.COPYING && !steps.setup().lacks(Shortcut.R9_ADMITTED_WITHOUT_SESSION);
        steps.add(NAMES[node], "joins (CacheControl.admit)", to -> {
            to.nodes[node] = Node.UP;
            to.inForce |= underSession ? 1 << node : 0;
        });
    }

    /** Its last receipt: what it alone has of the log is lost with it ({@code NodeLog.lost}). */
    static void lose(Steps steps, State to, int node) {
        Log.Own own = to.log.own(node);
        to.nodes[node] = Node.LOST;
        to.inForce &= ~(1 << node);
        to.log = to.log.own(node, Log.Own.EMPTY);
        if (own.held() != 0 && !steps.setup().lacks(Shortcut.R9_SEALED_WITHOUT_RECEIPT)) {
            to.fail(Failure.NODE_LOG_LOST);
        }
    }
}

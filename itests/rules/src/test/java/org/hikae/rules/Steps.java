package org.hikae.rules;

import java.util.function.Consumer;

/** What can happen next, in one state. */
final class Steps {

    /**
     * Something that can happen.
     *
     * @param who does it
     * @param what it does, with the method that the step stands for
     */
    record Step(String who, String what, State next) {
        @Override
        public String toString() {
            return who + " " + what;
        }
    }

    private final Setup setup;
    private final State state;
    private final Consumer<Step> found;

    Steps(Setup setup, State state, Consumer<Step> found) {
        this.setup = setup;
        this.state = state;
        this.found = found;
    }

    Setup setup() {
        return setup;
    }

    State state() {
        return state;
    }

    /** @param change makes the next state from a copy of this one */
    void add(String who, String what, Consumer<State> change) {
        State next = state.copy();
        change.accept(next);
        found.accept(new Step(who, what, next));
    }

    /** All that can happen next, in an order that is always the same. */
    void find() {
        for (int node = 0; node < 2; node++) {
            new WriterSteps(this, node).find();
            new NodeSteps(this, node).find();
        }
        for (int copier = 0; copier < 2; copier++) {
            new CopierSteps(this, copier).find();
        }
        new LogSteps(this).find();
        new ManagerSteps(this).find();
    }
}

package org.hikae.rules;

import org.hikae.rules.State.Failure;

/** A guest's write through the door of a node: {@code SharedDisk.change}, {@code BeforeImages}, {@code SessionNodeLog}. */
final class WriterSteps {

    private static final String[] NAMES = {"N1", "N2"};

    private final Steps steps;
    private final Setup setup;
    private final State state;
    private final int node;
    private final Writer writer;

    WriterSteps(Steps steps, int node) {
        this.steps = steps;
        this.setup = steps.setup();
        this.state = steps.state();
        this.node = node;
        this.writer = state.writers[node];
    }

    void find() {
        if (!state.isUp(node)) {
            return;
        }
        switch (writer.at()) {
            case OUTSIDE -> enter();
            case INSIDE -> findMissing();
            case READING -> read();
            case READ -> askAgain();
            case APPENDING -> append();
            case NUMBERED -> hold();
            case WRITING -> write();
        }
    }

    private void add(String what, Writer next) {
        steps.add(NAMES[node], what, to -> to.writers[node] = next);
    }

    private int run() {
        return setup.writes(node).get(writer.next());
    }

    private void enter() {
        if (writer.next() < setup.writes(node).size()) {
            add("lets a write in (Gate.enter)", writer.inside(state.isInForce(node), run()));
        }
    }

    private void findMissing() {
        int held = setup.central() ? state.log.held() : state.log.own(node).held();
        int uncopied = Blocks.uncopied(Blocks.wanted(run(), setup.wanted()), state.published);
        int missing = state.failed() ? 0 : Blocks.unlogged(uncopied, held);
        boolean numbered = !setup.central() && setup.lacks(Shortcut.R6_NUMBER_BEFORE_READ);
        steps.add(NAMES[node], "asks what must be logged (Session.missing)", to -> {
            to.writers[node] = missing == 0
                    ? writer.writing(run())
                    : writer.found(missing, numbered ? state.log.numbers() + 1 : 0);
            to.log = missing != 0 && numbered ? state.log.counting() : state.log;
        });
    }

    private void read() {
        add("reads a block (BeforeImages.read)", writer.read(Blocks.lowest(writer.left()), state.disk));
    }

    private void askAgain() {
        int missing = setup.lacks(Shortcut.R7_NOT_ASKED_AGAIN)
                ? writer.toLog()
                : Blocks.uncopied(writer.toLog(), state.published);
        add(
                "asks what is copied by now (SessionNodeLog.append)",
                missing == 0 ? writer.writing(run()) : writer.appending(missing));
    }

    private void append() {
        if (setup.central()) {
            send();
        } else if (writer.number() != 0) {
            hold();
        } else {
            number();
        }
        if (state.faults > 0) {
            steps.add(NAMES[node], "cannot log (NodeLog.unlogged)", to -> {
                to.faults--;
                to.writers[node] = writer.writing(run());
                if (!setup.lacks(Shortcut.R9_UNLOGGED_NOT_SAID)) {
                    to.fail(Failure.UNLOGGED);
                }
            });
        }
    }

    /** The answer is waited for: to the node it is one step. */
    private void send() {
        if (!setup.lacks(Shortcut.R6_WRITTEN_BEFORE_ACKNOWLEDGED)) {
            steps.add(NAMES[node], "has its record taken (CentralGatherer.append)", to -> {
                to.log = state.log.take(writer.toLog(), writer.late());
                to.writers[node] = writer.writing(run());
            });
        } else if (state.log.own(node).sent() == 0) {
            steps.add(NAMES[node], "sends its record, and does not wait", to -> {
                to.log = state.log.own(node, state.log.own(node).sending(writer.toLog(), writer.late()));
                to.writers[node] = writer.writing(run());
            });
        }
    }

    private void number() {
        boolean inAdvance = setup.lacks(Shortcut.R6_NUMBERS_IN_ADVANCE);
        steps.add(NAMES[node], "takes a number (Session.nextNumber)", to -> {
            to.log = state.log.counting();
            to.writers[node] = writer.numbered(inAdvance ? 8 * node + to.log.numbers() : to.log.numbers());
        });
    }

    private void hold() {
        steps.add(NAMES[node], "holds its record (NodeRecords.append)", to -> {
            Log.Own own = state.log.own(node).add(writer.toLog(), writer.late(), writer.number());
            to.log = state.log.own(node, own);
            to.writers[node] = writer.writing(run());
        });
    }

    private void write() {
        int block = Blocks.lowest(writer.left());
        steps.add(NAMES[node], block == Blocks.FIRST ? "writes block 0" : "writes block 1", to -> {
            to.disk |= block;
            to.writers[node] = writer.wrote(block);
        });
    }
}

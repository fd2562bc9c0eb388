package org.hikae.rules;

import org.hikae.api.media.LogPlace;
import org.hikae.rules.Copier.At;

/** A worker: {@code BackUpWorker}, {@code DiskChunks} and the generation's {@code BlockWriter}. */
final class CopierSteps {

    private static final String[] NAMES = {"worker 1", "worker 2"};

    private final Steps steps;
    private final Setup setup;
    private final State state;
    private final int index;
    private final Copier copier;

    CopierSteps(Steps steps, int index) {
        this.steps = steps;
        this.setup = steps.setup();
        this.state = steps.state();
        this.index = index;
        this.copier = state.copiers[index];
    }

    void find() {
        boolean lost = !state.isUp(setup.copierNode(index));
        if (lost && copier.at() != At.GONE) {
            giveBack();
        }
        switch (copier.at()) {
            case IDLE -> {
                if (!lost && !state.failed()) {
                    deal();
                }
            }
            case DEALT -> askWhatToCopy();
            case READING -> {
                if (!lost) {
                    read();
                }
            }
            case READ -> write();
            case LOOKED -> storeAs("writes what was not listed", copier.left());
            case WRITTEN -> publish(At.PUBLISHED);
            case PUBLISHED -> add("has done its frame", Copier.IDLE);
            case GONE -> {
                // Nothing follows.
            }
        }
    }

    private void add(String what, Copier next) {
        steps.add(NAMES[index], what, to -> to.copiers[index] = next);
    }

    /** What was published is not read again (R7); what was only written may be. */
    private void giveBack() {
        boolean done = copier.at() == At.PUBLISHED && !setup.lacks(Shortcut.R7_PUBLISHED_READ_AGAIN);
        int position = setup.chunks().indexOf(copier.chunk());
        steps.add(NAMES[index], "is gone with its node (DiskChunks.giveBack)", to -> {
            to.queue |= position < 0 || done ? 0 : 1 << position;
            to.copiers[index] = Copier.GONE;
        });
    }

    private void deal() {
        if (state.queue != 0) {
            int bit = Blocks.lowest(state.queue);
            int chunk = setup.chunks().get(Integer.numberOfTrailingZeros(bit));
            steps.add(NAMES[index], "is dealt a frame (DiskChunks.next)", to -> {
                to.queue &= ~bit;
                to.copiers[index] = Copier.dealt(chunk);
            });
        }
    }

    private void askWhatToCopy() {
        if (state.failed()) {
            add("stops (Copied.check)", Copier.GONE);
            return;
        }
        int toCopy = copier.chunk();
        if (setup.place == LogPlace.MEDIUM) {
            toCopy = Blocks.unlogged(toCopy, state.log.held());
        }
        if (setup.lacks(Shortcut.R8_LISTED_ASKED_BEFORE_READ)) {
            toCopy &= ~state.log.put();
        }
        add("asks what need be copied (LogSession.toCopy)", copier.reading(toCopy));
    }

    private void read() {
        add("reads a block", copier.read(Blocks.lowest(copier.left()), state.disk));
    }

    /** In place, what the log has put there by now is dropped, and nothing comes between (R8). */
    private void write() {
        if (setup.lacks(Shortcut.R7_PUBLISHED_BEFORE_WRITTEN) && (state.published & copier.toCopy()) == 0) {
            publish(At.READ);
            return;
        }
        int blocks = copier.toCopy();
        if (setup.inPlace() && !setup.lacks(Shortcut.R8_LISTED_ASKED_BEFORE_READ)) {
            blocks &= ~state.log.put();
        }
        if (setup.inPlace() && setup.lacks(Shortcut.R8_WITHOUT_LATCH)) {
            add("looks what is listed", copier.looked(blocks));
        } else {
            storeAs("writes its frame (BlockWriter.write)", blocks);
        }
    }

    private void storeAs(String what, int blocks) {
        steps.add(NAMES[index], what, to -> {
            to.store(blocks, copier.late());
            to.copiers[index] = copier.at(At.WRITTEN);
        });
    }

    private void publish(At next) {
        steps.add(NAMES[index], "says what is copied (LogSession.copied)", to -> {
            to.published |= copier.toCopy();
            to.copiers[index] = copier.at(next);
        });
    }
}

package org.hikae.tapekit;

import java.io.IOException;
import java.util.function.Function;

/**
 * Something that goes wrong, and when: with the first call of its kind, unless the methods here say otherwise. It happens to
 * each call that fits, until {@link #times} are over or {@link Faults#clear}. Thread-safe; said before it is added.
 */
public final class Fault {

    /** What happens. */
    enum Effect {
        EXCEPTION,
        HANG,
        EARLY_WARNING,
        END_OF_MEDIUM
    }

    private final Call.Step step;
    private final Effect effect;
    private final Function<Call, IOException> exception;

    private int drive = -1;
    private String barcode;
    private long from;
    private long to = Long.MAX_VALUE;
    private boolean late;
    /** Calls that are let pass; guarded by this. */
    private long skip;
    /** How often it may still happen; guarded by this. */
    private long left = Long.MAX_VALUE;

    Fault(Call.Step step, Effect effect, Function<Call, IOException> exception) {
        this.step = step;
        this.effect = effect;
        this.exception = exception;
    }

    /** Only in the drive of that number. */
    public Fault onDrive(int number) {
        drive = number;
        return this;
    }

    /** Only to that cartridge. */
    public Fault onCartridge(String code) {
        barcode = code;
        return this;
    }

    /** Only at that position. */
    public Fault at(long position) {
        return between(position, position + 1);
    }

    /**
     * Only at some positions.
     *
     * @param first the first of them
     * @param end the first that is none of them
     */
    public Fault between(long first, long end) {
        from = first;
        to = end;
        return this;
    }

    /** Not to the first so many calls that fit. */
    public synchronized Fault after(long calls) {
        skip = calls;
        return this;
    }

    /** Only so many times. */
    public synchronized Fault times(long count) {
        left = count;
        return this;
    }

    /** After it was done: only the answer is an exception. */
    public Fault late() {
        late = true;
        return this;
    }

    boolean isLate() {
        return late;
    }

    Effect effect() {
        return effect;
    }

    IOException exception(Call call) {
        return exception.apply(call);
    }

    /** Whether it happens to a call; counts those that fit. */
    synchronized boolean meets(Call call) {
        if (call.step() != step || left <= 0 || drive >= 0 && drive != call.drive()) {
            return false;
        } else if (barcode != null && !barcode.equals(call.barcode())) {
            return false;
        } else if ((from > 0 || to < Long.MAX_VALUE) && (call.position() < from || call.position() >= to)) {
            return false;
        } else if (skip > 0) {
            skip--;
            return false;
        }
        left--;
        return true;
    }
}

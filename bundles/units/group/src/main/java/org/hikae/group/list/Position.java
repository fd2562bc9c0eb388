package org.hikae.group.list;

import java.util.function.Consumer;

/**
 * How far a line has been matched on the way down to a directory: this is the name that comes next. Each is there once, so
 * that they are compared by identity.
 */
final class Position {

    private final Line line;
    private final int index;
    /** Null at the end of the line. */
    private final Position next;

    private Position(Line line, int index) {
        this.line = line;
        this.index = index;
        this.next = index + 1 < line.names().size() ? new Position(line, index + 1) : null;
    }

    /** The beginning of a line that has names. */
    static Position of(Line line) {
        return new Position(line, 0);
    }

    Line line() {
        return line;
    }

    int number() {
        return line.number();
    }

    Glob name() {
        return line.names().get(index);
    }

    boolean isAnyDepth() {
        return name() == Glob.ANY_DEPTH;
    }

    /** Where the line has come to after a name that this one matches; null if all of it has matched then. */
    Position next() {
        return next;
    }

    /** Itself, and what comes after it if there may be no name for it. */
    void open(Consumer<Position> positions) {
        positions.accept(this);
        if (isAnyDepth()) {
            next.open(positions);
        }
    }

    int index() {
        return index;
    }
}

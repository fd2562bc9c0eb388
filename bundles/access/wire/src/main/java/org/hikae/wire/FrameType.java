package org.hikae.wire;

import java.util.Arrays;
import java.util.Optional;

/** What a frame says: first those of the client, then those of the platform. */
public enum FrameType {
    /** Begins a conversation: a {@link Request}. */
    REQUEST('R', 8 << 20),
    /** A line for the shell that the request asked for. */
    LINE('L', 1 << 20),
    /** The words of an unfinished line, to be completed: a {@link Words}. */
    COMPLETE('T', 1 << 20),
    /** Standard input, no more than was wanted. */
    INPUT('I', 1 << 16),
    /** Standard input has ended. */
    INPUT_END('Z', 0),
    /** Ctrl-C. */
    CANCEL('C', 0),
    /** The terminal's new width, in four bytes. */
    WIDTH('V', 4),

    /** Standard output. */
    OUTPUT('O', 1 << 16),
    /** Standard error. */
    ERROR('E', 1 << 16),
    /** So many bytes of standard input are wanted, in four bytes. */
    WANT('W', 4),
    /** The command waits for the job of that number, in eight bytes, which goes on when the client is lost; 0: for several. */
    JOB('J', 8),
    /** The command, or the line, has ended: its exit code, in four bytes. */
    EXIT('X', 4),
    /** The ways to complete a line: a {@link Words}. */
    CANDIDATES('D', 1 << 20),
    /** The platform is ending: the request, or the line, was not and will not be carried out here. */
    CLOSING('Q', 0);

    final byte code;
    final int limit;

    FrameType(char code, int limit) {
        this.code = (byte) code;
        this.limit = limit;
    }

    /** How many bytes a frame of this type can hold. */
    public int limit() {
        return limit;
    }

    static Optional<FrameType> of(byte code) {
        return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
    }
}

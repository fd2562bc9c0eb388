package org.hikae.tape.store.registry;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.hikae.tape.format.PackedInput;
import org.hikae.tape.format.PackedOutput;
import org.hikae.tape.format.Table;

/**
 * What is known of a copy of an object.
 *
 * @param number of the copy in the registry, never given twice
 * @param session that has written it
 * @param object as its table names it
 * @param pool that it was written to
 * @param written when it was committed
 * @param proven when it was read back and right; null: never
 * @param problem why it cannot be relied upon; null: nothing is known
 * @param forgotten whether it was given up: then it is not taken in again
 * @param have bytes that the known extents have; with all that are stored the copy is whole
 */
public record CopyFacts(
        long number,
        UUID session,
        Table.StoredObject object,
        String pool,
        Instant written,
        Instant proven,
        String problem,
        boolean forgotten,
        long have) {

    private static final long NEVER = Long.MIN_VALUE;

    public boolean isWhole() {
        return have == object.stored();
    }

    public boolean isListed() {
        return !forgotten && isWhole();
    }

    /** Whether an object of the same name has the same content. */
    boolean isSame(Table.StoredObject other) {
        return object.length() == other.length() && Arrays.equals(object.sha256(), other.sha256());
    }

    CopyFacts having(long bytes) {
        return new CopyFacts(number, session, object, pool, written, proven, problem, forgotten, bytes);
    }

    CopyFacts gone() {
        return new CopyFacts(number, session, object, pool, written, proven, problem, true, 0);
    }

    /** Read as it was written: whatever was doubted before. */
    CopyFacts proven(Instant when) {
        return new CopyFacts(number, session, object, pool, written, when, null, forgotten, have);
    }

    /** Nothing bad is known, but what it was proven on may have suffered since. */
    CopyFacts unproven() {
        return new CopyFacts(number, session, object, pool, written, null, problem, forgotten, have);
    }

    CopyFacts doubted(String why) {
        return new CopyFacts(number, session, object, pool, written, proven, why, forgotten, have);
    }

    byte[] encode() {
        return new PackedOutput()
                .putId(session)
                .putLong(object.object())
                .putId(object.medium())
                .putText(object.mediumName())
                .putText(object.name())
                .putLong(object.length())
                .putBytes(object.sha256())
                .putLong(object.stored())
                .putText(pool)
                .putLong(written.toEpochMilli())
                .putLong(proven == null ? NEVER : proven.toEpochMilli())
                .putText(problem)
                .putByte(forgotten ? 1 : 0)
                .putLong(have)
                .toBytes();
    }

    static CopyFacts decode(long number, byte[] bytes) throws IOException {
        PackedInput in = new PackedInput(bytes);
        UUID session = in.takeId();
        Table.StoredObject object = new Table.StoredObject(
                in.takeLong(), in.takeId(), in.takeText(), in.takeText(), in.takeLong(), in.takeBytes(), in.takeLong());
        String pool = in.takeText();
        Instant written = Instant.ofEpochMilli(in.takeLong());
        long proven = in.takeLong();
        String problem = in.takeText();
        boolean forgotten = in.takeByte() != 0;
        return new CopyFacts(
                number,
                session,
                object,
                pool,
                written,
                proven == NEVER ? null : Instant.ofEpochMilli(proven),
                problem,
                forgotten,
                in.takeLong());
    }
}

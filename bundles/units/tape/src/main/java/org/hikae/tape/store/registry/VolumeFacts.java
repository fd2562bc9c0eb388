package org.hikae.tape.store.registry;

import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import org.hikae.tape.format.PackedInput;
import org.hikae.tape.format.PackedOutput;
import org.hikae.tape.mount.Label;

/**
 * What is known of a cartridge.
 *
 * @param label as it is on it
 * @param tail position behind its last table, or behind the label: there is more written
 * @param bytes of objects on it, with what the records need, of objects that are needed no longer too
 * @param writing whether more is written to it
 * @param known whether all that was on it when its end was seen last is known
 * @param abandoned whether it was given up, to be overwritten
 * @param lastWritten null: never
 * @param note what is to be said of it, a sentence; null: nothing
 * @param hidden what could not be read of it and may have been a table, a sentence; null: nothing
 * @param lost whether it was declared lost for good: nothing on it is relied upon, unless it is found again
 */
public record VolumeFacts(
        Label label,
        long tail,
        long bytes,
        Writing writing,
        boolean known,
        boolean abandoned,
        Instant lastWritten,
        String note,
        String hidden,
        boolean lost) {

    /** Position behind the label and its filemark. */
    public static final long BEGINNING = 2;

    /** When a cartridge was labelled whose label nobody has read. */
    public static final Instant NEVER_SEEN = Instant.EPOCH;

    private static final long NEVER = Long.MIN_VALUE;

    /** Whether more is written. The order is that of gravity. */
    public enum Writing {
        OPEN,
        /** Its end was met, or what is behind its last table may be needed. */
        FULL,
        /** It could not be written, or its end could not be read. */
        DAMAGED
    }

    /** Of a cartridge with nothing but a label. */
    public static VolumeFacts fresh(Label label) {
        return new VolumeFacts(label, BEGINNING, 0, Writing.OPEN, true, false, null, null, null, false);
    }

    /** Of a cartridge of which the label alone is known. */
    static VolumeFacts unread(Label label) {
        return new VolumeFacts(label, BEGINNING, 0, Writing.OPEN, false, false, null, null, null, false);
    }

    public UUID id() {
        return label.volume();
    }

    /** Whether nothing but the label was ever written to it. */
    public boolean isUnwritten() {
        return tail == BEGINNING && lastWritten == null && writing == Writing.OPEN;
    }

    /** With a tail that moved behind another table. */
    VolumeFacts withTable(long newTail, Instant when) {
        Instant last = lastWritten == null || when.isAfter(lastWritten) ? when : lastWritten;
        return new VolumeFacts(
                label, Math.max(tail, newTail), bytes, writing, known, abandoned, last, note, hidden, lost);
    }

    VolumeFacts withMore(long moreBytes) {
        return new VolumeFacts(
                label, tail, bytes + moreBytes, writing, known, abandoned, lastWritten, note, hidden, lost);
    }

    /** Nothing more is written to it, why ever; it does not get better by that. */
    VolumeFacts closed(Writing how, String why) {
        return how.compareTo(writing) <= 0
                ? this
                : new VolumeFacts(label, tail, bytes, how, known, abandoned, lastWritten, why, hidden, lost);
    }

    VolumeFacts read(String unreadable) {
        return new VolumeFacts(label, tail, bytes, writing, true, abandoned, lastWritten, note, unreadable, lost);
    }

    /** There may be more behind its last known table. */
    VolumeFacts unlearned() {
        return new VolumeFacts(label, tail, bytes, writing, false, abandoned, lastWritten, note, hidden, lost);
    }

    /** Of a cartridge that others name, and that nobody will see any more. */
    static VolumeFacts neverSeen(UUID volume, String barcode, UUID home) {
        return unread(new Label(volume, barcode, null, home, NEVER_SEEN)).declaredLost();
    }

    /**
     * Of one that was lost and was found again. What its last records are may be known from other cartridges alone, or it was damaged:
     * what was never to be written to again is not now.
     */
    VolumeFacts foundAgain(Label found) {
        String why = writing == Writing.OPEN ? null : note;
        return new VolumeFacts(found, BEGINNING, 0, writing, false, false, null, why, null, false);
    }

    /** What is known of it is what was known when it was there: should it come back, all of it is read anew. */
    VolumeFacts declaredLost() {
        return new VolumeFacts(label, tail, bytes, writing, false, abandoned, lastWritten, note, hidden, true);
    }

    VolumeFacts givenUp() {
        return new VolumeFacts(label, tail, bytes, writing, known, true, lastWritten, note, hidden, lost);
    }

    byte[] encode() {
        return new PackedOutput()
                .putText(label.barcode())
                .putText(label.pool())
                .putId(label.home())
                .putLong(label.labelled().getEpochSecond())
                .putInt(label.labelled().getNano())
                .putLong(tail)
                .putLong(bytes)
                .putByte(writing.ordinal())
                .putByte((known ? 1 : 0) | (abandoned ? 2 : 0) | (lost ? 4 : 0))
                .putLong(lastWritten == null ? NEVER : lastWritten.toEpochMilli())
                .putText(note)
                .putText(hidden)
                .toBytes();
    }

    static VolumeFacts decode(UUID id, byte[] bytes) throws IOException {
        PackedInput in = new PackedInput(bytes);
        Label label = new Label(
                id, in.takeText(), in.takeText(), in.takeId(), Instant.ofEpochSecond(in.takeLong(), in.takeInt()));
        long tail = in.takeLong();
        long size = in.takeLong();
        Writing writing = Writing.values()[in.takeByte()];
        int flags = in.takeByte();
        long last = in.takeLong();
        Instant lastWritten = last == NEVER ? null : Instant.ofEpochMilli(last);
        return new VolumeFacts(
                label,
                tail,
                size,
                writing,
                (flags & 1) != 0,
                (flags & 2) != 0,
                lastWritten,
                in.takeText(),
                in.takeText(),
                (flags & 4) != 0);
    }
}

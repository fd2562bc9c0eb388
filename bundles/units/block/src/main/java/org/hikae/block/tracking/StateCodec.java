package org.hikae.block.tracking;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hikae.block.tracking.TrackingState.Origin;
import org.hikae.block.tracking.TrackingState.Points;
import org.hikae.block.tracking.TrackingState.StoredMark;

/** The state as bytes and back. */
final class StateCodec {

    static final String MAGIC = "HIKAETRS";
    /** Version 1 has neither the start of a lineage nor the reason of its end. */
    static final int VERSION = 2;
    /** More than any state has: a mark needs some hundred bytes. */
    static final int MAX_BYTES = 64 << 20;

    private StateCodec() {}

    static byte[] encode(TrackingState state) {
        Writer out = new Writer();
        out.number(state.nextFile()).flag(state.clean()).number(state.resume());
        out.number(state.log()).number(state.logFrom());
        out.number(state.carried()).number(state.carriedEpoch());
        write(out, state.origin());
        write(out, state.stamp());
        out.number(state.points().floor()).number(state.points().taken());
        out.list(state.points().kept(), out::number);
        out.list(state.sets(), set -> out.number(set.file())
                .number(set.epochs().first())
                .number(set.epochs().last()));
        out.list(state.marks(), mark -> out.text(mark.name())
                .instant(mark.time())
                .uuid(mark.lineage())
                .number(mark.epoch()));
        out.text(state.origin().start()).text(state.ended());
        return Sealed.seal(MAGIC, VERSION, out.toByteArray());
    }

    private static void write(Writer out, Origin origin) {
        out.uuid(origin.disk()).number(origin.blockSize()).uuid(origin.lineage());
        out.instant(origin.began()).text(origin.reason());
    }

    private static void write(Writer out, DiskStamp stamp) {
        out.text(stamp.device()).text(stamp.file()).number(stamp.size()).text(stamp.traces());
    }

    static TrackingState decode(String name, byte[] bytes) throws DamagedException {
        Reader in = new Reader(Sealed.open(name, MAGIC, VERSION, bytes));
        boolean first = Sealed.version(bytes) == 1;
        try {
            long nextFile = in.number();
            boolean clean = in.flag();
            long resume = in.number();
            long log = in.number();
            long logFrom = in.number();
            long carried = in.number();
            long carriedEpoch = in.number();
            Origin origin = new Origin(in.uuid(), (int) in.number(), in.uuid(), in.instant(), in.text(), "");
            DiskStamp stamp = DiskStamp.of(in.text(), in.text(), in.number(), in.text());
            Points points = new Points(in.number(), in.number(), new TreeSet<>(in.list(in::number)));
            List<SavedSet> sets = in.list(() -> new SavedSet(in.number(), new Span(in.number(), in.number())));
            List<StoredMark> marks = in.list(() -> new StoredMark(in.text(), in.instant(), in.uuid(), in.number()));
            Origin whole = first ? origin : origin.from(in.text());
            String ended = first ? "" : in.text();
            return new TrackingState(
                    whole,
                    stamp,
                    clean,
                    resume,
                    points,
                    log,
                    logFrom,
                    carried,
                    carriedEpoch,
                    nextFile,
                    sets,
                    marks,
                    ended);
        } catch (BufferUnderflowException | IllegalArgumentException | DateTimeException e) {
            throw new DamagedException("its file " + name + " is damaged: it makes no sense");
        }
    }

    /** Fields one after the other. */
    private static final class Writer extends ByteArrayOutputStream {

        Writer() {
            writeBytes(new byte[Sealed.HEADER]);
        }

        Writer number(long value) {
            writeBytes(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(value)
                    .array());
            return this;
        }

        Writer flag(boolean value) {
            write(value ? 1 : 0);
            return this;
        }

        Writer text(String value) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            number(bytes.length).writeBytes(bytes);
            return this;
        }

        Writer instant(Instant value) {
            return number(value.getEpochSecond()).number(value.getNano());
        }

        /** Its bytes in the order in which it is written down. */
        Writer uuid(UUID value) {
            writeBytes(ByteBuffer.allocate(16)
                    .putLong(value.getMostSignificantBits())
                    .putLong(value.getLeastSignificantBits())
                    .array());
            return this;
        }

        <T> void list(Collection<T> values, Consumer<T> each) {
            number(values.size());
            values.forEach(each);
        }
    }

    /** The same fields back; what is no such field throws one of the exceptions that are caught above. */
    private static final class Reader {

        private final ByteBuffer in;

        Reader(ByteBuffer in) {
            this.in = in;
        }

        long number() {
            return in.getLong();
        }

        boolean flag() {
            return in.get() != 0;
        }

        String text() {
            byte[] bytes = new byte[count()];
            in.get(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }

        Instant instant() {
            return Instant.ofEpochSecond(in.getLong(), in.getLong());
        }

        UUID uuid() {
            ByteBuffer bytes = in.slice(in.position(), 16);
            in.position(in.position() + 16);
            return new UUID(bytes.getLong(), bytes.getLong());
        }

        <T> List<T> list(Supplier<T> each) {
            int count = count();
            List<T> values = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                values.add(each.get());
            }
            return values;
        }

        /** Never more than there are bytes left. */
        private int count() {
            long count = number();
            if (count < 0 || count > in.remaining()) {
                throw new IllegalArgumentException("not a length: " + count);
            }
            return (int) count;
        }
    }
}

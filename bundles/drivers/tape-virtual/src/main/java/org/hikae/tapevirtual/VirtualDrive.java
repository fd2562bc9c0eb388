package org.hikae.tapevirtual;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.Set;
import org.hikae.api.tape.spi.EndOfDataException;
import org.hikae.api.tape.spi.EndOfMediumException;
import org.hikae.api.tape.spi.ReadRecords;
import org.hikae.api.tape.spi.RecordLengthException;
import org.hikae.api.tape.spi.RecordLimits;
import org.hikae.api.tape.spi.TapeAlert;
import org.hikae.api.tape.spi.TapeAlert.Severity;
import org.hikae.api.tape.spi.TapeDrive;
import org.hikae.api.tape.spi.TapeLibrary.Place;
import org.hikae.api.tape.spi.TapeMediumException;
import org.hikae.api.tape.spi.WriteProtectedException;
import org.hikae.api.tape.spi.Written;

/** A drive for cartridges that are files. */
public final class VirtualDrive implements TapeDrive {

    private static final RecordLimits LIMITS = new RecordLimits(1, TapWords.LONGEST, 1);

    private final Place place;
    private final Loading loading;
    private final Settings settings;
    private final Turn turn = new Turn();
    private final Alerts alerts = new Alerts();
    private final Meter meter;

    VirtualDrive(Places places, Place place, Settings settings, Passing passing) {
        this.place = place;
        this.loading = new Loading(places, place, turn);
        this.settings = settings;
        this.meter = new Meter(settings.times(), passing, turn);
    }

    /** Something that is done as one thing that can be cancelled. */
    @FunctionalInterface
    private interface Work<T> {
        T run() throws IOException;
    }

    /** What is done with the head. */
    @FunctionalInterface
    private interface Use<T> {
        T of(Head head) throws IOException;
    }

    private <T> T inTurn(Work<T> work) throws IOException {
        turn.begin();
        try {
            return work.run();
        } catch (ClosedByInterruptException e) {
            throw interrupted(e);
        } finally {
            turn.end();
        }
    }

    private <T> T use(Use<T> use) throws IOException {
        return inTurn(() -> {
            try {
                return use.of(loading.head());
            } catch (TapeMediumException e) {
                alerts.add(Severity.WARNING, e.getMessage());
                throw e;
            }
        });
    }

    private static InterruptedIOException interrupted(ClosedByInterruptException e) {
        InterruptedIOException interrupted = new InterruptedIOException("interrupted while the drive was at work");
        interrupted.initCause(e);
        return interrupted;
    }

    /** What the drive has done. Thread-safe. */
    public Figures figures() {
        return meter.figures();
    }

    @Override
    public String description() {
        return switch (settings.simulate()) {
            case NONE -> "virtual drive";
            case LTO9 -> "virtual drive with the times of LTO-9";
        };
    }

    @Override
    public RecordLimits limits() {
        return LIMITS;
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.LOCATE);
    }

    @Override
    public boolean isLoaded() throws IOException {
        return loading.isLoaded();
    }

    @Override
    public void load() throws IOException {
        inTurn(() -> {
            if (loading.isLoaded()) {
                rewind(loading.head());
            } else {
                loading.load();
                meter.loaded();
            }
            return null;
        });
    }

    @Override
    public void unload() throws IOException {
        inTurn(() -> {
            if (loading.isLoaded()) {
                long offset = loading.head().offset();
                loading.head().force();
                loading.unload();
                meter.unloaded(offset);
            }
            return null;
        });
    }

    @Override
    public boolean isWriteProtected() throws IOException {
        return use(head -> loading.isWriteProtected());
    }

    @Override
    public void rewind() throws IOException {
        use(head -> {
            rewind(head);
            return null;
        });
    }

    private void rewind(Head head) throws IOException {
        long from = head.offset();
        head.rewind();
        meter.located(from, 0);
    }

    @Override
    public Written write(List<ByteBuffer> records) throws IOException {
        for (ByteBuffer record : records) {
            if (!LIMITS.allow(record.remaining())) {
                throw new IllegalArgumentException("a record of " + record.remaining() + " bytes; they have "
                        + LIMITS.least() + " to " + LIMITS.most());
            }
        }
        return use(head -> {
            checkWritable();
            int room = room(head.offset(), records);
            if (room > 0) {
                long from = head.offset();
                head.write(records.subList(0, room));
                records.subList(0, room).forEach(record -> record.position(record.limit()));
                meter.written(head.offset() - from);
            }
            boolean near = room < records.size() || head.offset() >= settings.capacity() - settings.reserve();
            return new Written(room, near);
        });
    }

    /** How many of the records there is room for. */
    private int room(long offset, List<ByteBuffer> records) {
        long end = offset;
        int count = 0;
        for (ByteBuffer record : records) {
            end += TapWords.span(record.remaining());
            if (end > settings.capacity()) {
                break;
            }
            count++;
        }
        return count;
    }

    @Override
    public void writeFilemarks(int count) throws IOException {
        if (count < 0) {
            throw new IllegalArgumentException("not a number of filemarks: " + count);
        }
        use(head -> {
            checkWritable();
            if (count > 0) {
                if (head.offset() + (long) count * TapWords.WORD > settings.capacity()) {
                    throw new EndOfMediumException("there is no room for a filemark at the end of the tape");
                }
                head.writeFilemarks(count);
            }
            head.force();
            meter.stopped(head.offset());
            return null;
        });
    }

    private void checkWritable() throws IOException {
        if (loading.isWriteProtected()) {
            alerts.add(Severity.WARNING, "the cartridge in " + place + " is write-protected, and was to be written");
            throw new WriteProtectedException("the cartridge in " + place + " is write-protected");
        }
    }

    @Override
    public long settled() throws IOException {
        return use(Head::settled);
    }

    @Override
    public ReadRecords read(List<ByteBuffer> into) throws IOException {
        return use(head -> {
            int count = 0;
            for (ByteBuffer buffer : into) {
                turn.check();
                TapObject next = head.next();
                switch (next.kind()) {
                    case RECORD -> readRecord(head, next, buffer);
                    case FILEMARK -> {
                        head.pass(next);
                        return new ReadRecords(count, ReadRecords.End.FILEMARK);
                    }
                    case END -> {
                        return new ReadRecords(count, ReadRecords.End.DATA);
                    }
                    case BAD -> {
                        head.pass(next);
                        throw new TapeMediumException(
                                "the record at position " + (head.position() - 1) + " is damaged");
                    }
                    case LOST -> throw head.lost();
                }
                count++;
            }
            return new ReadRecords(count, ReadRecords.End.NONE);
        });
    }

    private void readRecord(Head head, TapObject record, ByteBuffer into) throws IOException {
        if (record.length() > into.remaining()) {
            head.pass(record);
            throw new RecordLengthException("the record at position " + (head.position() - 1) + " has "
                    + record.length() + " bytes, and there is room for " + into.remaining());
        }
        head.read(record, into);
        into.flip();
        meter.read(record.length());
    }

    @Override
    public long spaceFilemarks(long count) throws IOException {
        return space(count, true);
    }

    @Override
    public long spaceRecords(long count) throws IOException {
        return space(count, false);
    }

    /** Passes filemarks and what lies between them, or records up to and with a filemark; returns how many of the one kind. */
    private long space(long count, boolean filemarks) throws IOException {
        checkCount(count);
        return use(head -> {
            long from = head.offset();
            long passed = 0;
            while (passed < count) {
                TapObject next = passable(head);
                if (next == null) {
                    break;
                }
                head.pass(next);
                boolean filemark = next.kind() == TapObject.Kind.FILEMARK;
                if (filemark == filemarks) {
                    passed++;
                } else if (filemark) {
                    break;
                }
            }
            meter.located(from, head.offset());
            return passed;
        });
    }

    /** What comes next; null at the end of data. */
    private TapObject passable(Head head) throws IOException {
        turn.check();
        TapObject next = head.next();
        if (next.kind() == TapObject.Kind.LOST) {
            throw head.lost();
        }
        return next.isPassable() ? next : null;
    }

    private static void checkCount(long count) {
        if (count < 0) {
            throw new IllegalArgumentException("not a number of objects: " + count);
        }
    }

    @Override
    public void spaceToEnd() throws IOException {
        use(head -> {
            move(head, Long.MAX_VALUE);
            return null;
        });
    }

    @Override
    public void locate(long target) throws IOException {
        if (target < 0) {
            throw new IllegalArgumentException("not a position: " + target);
        }
        use(head -> {
            move(head, target);
            if (head.position() < target) {
                throw new EndOfDataException(
                        "position " + target + " is behind the end of data, which is at " + head.position());
            }
            return null;
        });
    }

    private void move(Head head, long target) throws IOException {
        long from = head.offset();
        try {
            head.move(target);
        } finally {
            meter.located(from, head.offset());
        }
    }

    @Override
    public long position() throws IOException {
        return use(Head::position);
    }

    @Override
    public void compress(boolean on) throws IOException {
        loading.head();
    }

    @Override
    public List<TapeAlert> alerts() {
        return alerts.take();
    }

    @Override
    public void cancel() {
        turn.cancel();
    }

    /** Does something with the cartridge as long as it is not loaded, here or elsewhere. */
    void whileNotLoaded(Loading.Action action) throws IOException {
        loading.whileNotLoaded(action);
    }

    @Override
    public void close() throws IOException {
        turn.cancel();
        loading.close();
    }
}

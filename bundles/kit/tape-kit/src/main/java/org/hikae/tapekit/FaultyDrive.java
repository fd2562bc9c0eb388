package org.hikae.tapekit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.hikae.api.tape.spi.ReadRecords;
import org.hikae.api.tape.spi.RecordLimits;
import org.hikae.api.tape.spi.TapeAlert;
import org.hikae.api.tape.spi.TapeDrive;
import org.hikae.api.tape.spi.TapeMediumException;
import org.hikae.api.tape.spi.Written;

/**
 * A drive with faults. It keeps some records in a buffer before they are on the tape, as real drives do: a write error loses
 * some of them.
 */
public final class FaultyDrive implements TapeDrive {

    private final TapeDrive drive;
    private final int number;
    private final Faults faults;
    private final RecordBuffer buffer;
    private final Supplier<String> cartridge;

    private volatile String barcode;
    /** Whether a call is under way; guarded by this. */
    private boolean busy;

    private volatile boolean cancelled;

    /**
     * @param number of the drive, for {@link Fault#onDrive}
     * @param buffered number of records that are kept in the drive, at most
     * @param cartridge asked for the barcode of what is loaded; may give null
     */
    public FaultyDrive(TapeDrive drive, int number, Faults faults, int buffered, Supplier<String> cartridge) {
        this.drive = drive;
        this.number = number;
        this.faults = faults;
        this.buffer = new RecordBuffer(drive, buffered);
        this.cartridge = cartridge;
    }

    /** What is done with the drive. */
    @FunctionalInterface
    private interface Use<T> {
        T of() throws IOException;
    }

    private synchronized void begin(boolean begins) {
        busy = begins;
        cancelled = false;
    }

    private <T> T use(Call.Step step, Use<T> use) throws IOException {
        begin(true);
        try {
            before(step);
            T result = use.of();
            faults.after(call(step));
            return result;
        } finally {
            begin(false);
        }
    }

    private void before(Call.Step step) throws IOException {
        faults.before(call(step), () -> cancelled);
    }

    private Call call(Call.Step step) throws IOException {
        faults.checkDrive(number);
        return new Call(step, number, barcode, drive.isLoaded() ? drive.position() + buffer.size() : -1);
    }

    /** Everything that the drive has not settled is lost, as when its power fails. */
    public void loseBuffer() {
        buffer.clear();
    }

    @Override
    public String description() {
        return drive.description();
    }

    @Override
    public RecordLimits limits() {
        return drive.limits();
    }

    @Override
    public Set<Capability> capabilities() {
        return drive.capabilities();
    }

    @Override
    public boolean isLoaded() throws IOException {
        faults.checkDrive(number);
        return drive.isLoaded();
    }

    @Override
    public void load() throws IOException {
        barcode = cartridge.get();
        use(Call.Step.LOAD, () -> {
            flush();
            drive.load();
            return null;
        });
    }

    @Override
    public void unload() throws IOException {
        use(Call.Step.UNLOAD, () -> {
            flush();
            drive.unload();
            return null;
        });
        barcode = null;
    }

    @Override
    public boolean isWriteProtected() throws IOException {
        faults.checkDrive(number);
        return drive.isWriteProtected();
    }

    @Override
    public void rewind() throws IOException {
        use(Call.Step.REWIND, () -> {
            flush();
            drive.rewind();
            return null;
        });
    }

    @Override
    public Written write(List<ByteBuffer> records) throws IOException {
        begin(true);
        try {
            checkWritable(records);
            boolean warning = false;
            int count = 0;
            for (ByteBuffer record : records) {
                Written written = write(record);
                warning |= written.earlyWarning();
                if (written.records() == 0) {
                    break;
                }
                count++;
            }
            return new Written(count, warning || count < records.size());
        } finally {
            begin(false);
        }
    }

    /** What the drive would refuse as a whole must not be found out in the middle, nor later. */
    private void checkWritable(List<ByteBuffer> records) throws IOException {
        for (ByteBuffer record : records) {
            if (!drive.limits().allow(record.remaining())) {
                throw new IllegalArgumentException("a record of " + record.remaining() + " bytes");
            }
        }
        faults.checkDrive(number);
        if (drive.isWriteProtected()) {
            drive.write(records);
        }
    }

    private Written write(ByteBuffer record) throws IOException {
        Call call = call(Call.Step.WRITE);
        try {
            faults.before(call, () -> cancelled);
        } catch (TapeMediumException e) {
            loseSome(e);
            throw e;
        }
        if (faults.meets(Fault.Effect.END_OF_MEDIUM, call)) {
            flush();
            return new Written(0, true);
        }
        Written written = buffer.add(record);
        faults.after(call);
        return faults.meets(Fault.Effect.EARLY_WARNING, call) ? new Written(written.records(), true) : written;
    }

    private void loseSome(IOException failure) {
        try {
            buffer.flush(faults.part(buffer.size()));
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        buffer.clear();
    }

    private void flush() throws IOException {
        buffer.flush(buffer.size());
        buffer.moved();
    }

    @Override
    public void writeFilemarks(int count) throws IOException {
        begin(true);
        try {
            Call call = call(Call.Step.FILEMARKS);
            try {
                faults.before(call, () -> cancelled);
            } catch (TapeMediumException e) {
                loseSome(e);
                throw e;
            }
            buffer.flush(buffer.size());
            drive.writeFilemarks(count);
            faults.after(call);
        } finally {
            begin(false);
        }
    }

    @Override
    public long settled() throws IOException {
        faults.checkDrive(number);
        return Math.min(drive.settled(), drive.position());
    }

    @Override
    public ReadRecords read(List<ByteBuffer> into) throws IOException {
        begin(true);
        try {
            flush();
            int count = 0;
            for (ByteBuffer one : into) {
                ReadRecords read = read(one);
                if (read.end() != ReadRecords.End.NONE) {
                    return new ReadRecords(count, read.end());
                }
                count++;
            }
            return new ReadRecords(count, ReadRecords.End.NONE);
        } finally {
            begin(false);
        }
    }

    private ReadRecords read(ByteBuffer into) throws IOException {
        Call call = call(Call.Step.READ);
        int start = into.position();
        int limit = into.limit();
        ReadRecords read = drive.read(List.of(into));
        if (read.records() > 0) {
            // Now that it is known to be a record. The head is behind it, as that of a drive that passes over what it
            // cannot read.
            try {
                faults.before(call, () -> cancelled);
            } catch (IOException e) {
                into.limit(limit).position(start);
                throw e;
            }
            faults.after(call);
        }
        return read;
    }

    @Override
    public long spaceFilemarks(long count) throws IOException {
        return use(Call.Step.SPACE, () -> {
            flush();
            return drive.spaceFilemarks(count);
        });
    }

    @Override
    public long spaceRecords(long count) throws IOException {
        return use(Call.Step.SPACE, () -> {
            flush();
            return drive.spaceRecords(count);
        });
    }

    @Override
    public void spaceToEnd() throws IOException {
        use(Call.Step.SPACE, () -> {
            flush();
            drive.spaceToEnd();
            return null;
        });
    }

    @Override
    public void locate(long position) throws IOException {
        use(Call.Step.LOCATE, () -> {
            flush();
            drive.locate(position);
            return null;
        });
    }

    @Override
    public long position() throws IOException {
        faults.checkDrive(number);
        return drive.position() + buffer.size();
    }

    @Override
    public void compress(boolean on) throws IOException {
        faults.checkDrive(number);
        drive.compress(on);
    }

    @Override
    public List<TapeAlert> alerts() throws IOException {
        faults.checkDrive(number);
        return drive.alerts();
    }

    @Override
    public void cancel() {
        synchronized (this) {
            cancelled |= busy;
        }
        faults.wake();
        drive.cancel();
    }

    @Override
    public void close() throws IOException {
        cancel();
        drive.close();
    }
}

package org.hikae.tape.mount;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.hikae.api.tape.spi.ReadRecords;
import org.hikae.api.tape.spi.RecordLimits;
import org.hikae.api.tape.spi.TapeAlert;
import org.hikae.api.tape.spi.TapeDrive;
import org.hikae.api.tape.spi.Written;

/**
 * A drive while somebody has it: after that nothing reaches it any more, what is mounted for reading is not written, and what the
 * driver throws beyond its contract comes out as an exception that users can read.
 */
final class GuardedDrive implements TapeDrive {

    private final Bay bay;
    private final TapeDrive drive;
    private final boolean writable;
    private volatile boolean closed;
    /** When what the driver does now was begun, nanoseconds; 0: it does nothing. */
    private volatile long begun;

    GuardedDrive(Bay bay, boolean writable) {
        this.bay = bay;
        this.drive = bay.drive;
        this.writable = writable;
    }

    /** Asks the driver to end what it does, if it does it for longer than this. */
    void cancelIfLonger(Duration limit) {
        long since = begun;
        if (since != 0 && System.nanoTime() - since > limit.toNanos()) {
            drive.cancel();
        }
    }

    /**
     * From now on nothing reaches the drive; waits for what it does.
     *
     * @return whether it has ended
     */
    boolean end(Duration grace) {
        closed = true;
        boolean ended = bay.calm(grace);
        if (ended) {
            bay.busy.unlock();
        }
        return ended;
    }

    /** Whether the driver still does something. */
    boolean isBusy() {
        return bay.busy.isLocked();
    }

    private <T> T call(String activity, DriverCalls.Call<T> call) throws IOException {
        return bay.alone(() -> {
            check();
            String before = bay.activity();
            bay.activity(activity);
            begun = System.nanoTime() | 1;
            try {
                return call.run();
            } catch (IllegalArgumentException | UnsupportedOperationException e) {
                throw e; // what the contract says of records and places that are none
            } catch (RuntimeException | LinkageError e) {
                throw new IOException(bay + ": its driver failed with " + e, e);
            } finally {
                begun = 0;
                bay.activity(before);
            }
        });
    }

    private void run(String activity, DriverCalls.Step step) throws IOException {
        call(activity, () -> {
            step.run();
            return null;
        });
    }

    private void check() throws IOException {
        if (closed) {
            throw new IllegalStateException(bay + " was let go");
        }
        String problem = bay.library.gone();
        if (problem != null) {
            throw new IOException(bay + ": " + problem);
        }
    }

    private void checkWritable() {
        if (!writable) {
            throw new IllegalStateException("the cartridge in " + bay + " was mounted to be read");
        }
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
        return call(bay.activity(), drive::isLoaded);
    }

    @Override
    public void load() {
        throw notHere();
    }

    @Override
    public void unload() {
        throw notHere();
    }

    @Override
    public void close() {
        throw notHere();
    }

    private IllegalStateException notHere() {
        return new IllegalStateException(bay + " is loaded and unloaded by those who give it");
    }

    @Override
    public boolean isWriteProtected() throws IOException {
        return call(bay.activity(), drive::isWriteProtected);
    }

    @Override
    public void rewind() throws IOException {
        run("rewinding", drive::rewind);
    }

    @Override
    public Written write(List<ByteBuffer> records) throws IOException {
        checkWritable();
        return call("writing", () -> {
            Exchange.forget(bay);
            return drive.write(records);
        });
    }

    @Override
    public void writeFilemarks(int count) throws IOException {
        checkWritable();
        run("writing", () -> {
            Exchange.forget(bay);
            drive.writeFilemarks(count);
        });
    }

    @Override
    public long settled() throws IOException {
        return call(bay.activity(), drive::settled);
    }

    @Override
    public ReadRecords read(List<ByteBuffer> into) throws IOException {
        return call("reading", () -> drive.read(into));
    }

    @Override
    public long spaceFilemarks(long count) throws IOException {
        return call("locating", () -> drive.spaceFilemarks(count));
    }

    @Override
    public long spaceRecords(long count) throws IOException {
        return call("locating", () -> drive.spaceRecords(count));
    }

    @Override
    public void spaceToEnd() throws IOException {
        run("locating", drive::spaceToEnd);
    }

    @Override
    public void locate(long position) throws IOException {
        run("locating", () -> drive.locate(position));
    }

    @Override
    public long position() throws IOException {
        return call(bay.activity(), drive::position);
    }

    @Override
    public void compress(boolean on) throws IOException {
        run(bay.activity(), () -> drive.compress(on));
    }

    @Override
    public List<TapeAlert> alerts() throws IOException {
        List<TapeAlert> alerts = call(bay.activity(), drive::alerts);
        bay.note(alerts);
        return alerts;
    }

    @Override
    public void cancel() {
        if (!closed) {
            drive.cancel();
        }
    }
}

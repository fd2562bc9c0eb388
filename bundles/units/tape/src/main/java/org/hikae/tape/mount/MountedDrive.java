package org.hikae.tape.mount;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.hikae.api.tape.spi.EndOfDataException;
import org.hikae.api.tape.spi.TapeDrive;
import org.hikae.api.tape.spi.TapeDrive.Capability;

/** A cartridge in a drive, as its user has it. */
final class MountedDrive implements Mounted {

    private final Bay bay;
    private final Request request;
    private final DriveQueue queue;
    private final Exchange exchange;
    private final GuardedDrive drive;
    private final Duration grace;
    private final Consumer<Contents> told;
    private final AtomicBoolean closed = new AtomicBoolean();

    private volatile Contents contents;

    /** @param told of what was written to the beginning of the cartridge */
    MountedDrive(
            Bay bay, Request request, DriveQueue queue, Exchange exchange, Duration grace, Consumer<Contents> told) {
        this.bay = bay;
        this.request = request;
        this.queue = queue;
        this.exchange = exchange;
        this.grace = grace;
        this.told = told;
        this.contents = bay.contents;
        this.drive = new GuardedDrive(bay, request.purpose != Mounts.Purpose.READ);
        bay.guard = drive;
    }

    @Override
    public String barcode() {
        return request.barcode;
    }

    @Override
    public String library() {
        return bay.library.name();
    }

    @Override
    public Contents contents() {
        return contents;
    }

    @Override
    public void wrote(Contents now) {
        contents = now;
        told.accept(now);
    }

    @Override
    public TapeDrive drive() {
        return drive;
    }

    @Override
    public void seek(long position) throws IOException {
        if (position == 0) {
            drive.rewind();
        } else if (drive.capabilities().contains(Capability.LOCATE)) {
            drive.locate(position);
        } else {
            spaceTo(position);
        }
    }

    private void spaceTo(long position) throws IOException {
        long at = drive.position();
        if (at > position) {
            drive.rewind();
            at = 0;
        }
        while (at < position) {
            drive.spaceRecords(position - at);
            long now = drive.position();
            if (now == at) {
                throw new EndOfDataException(
                        "the data of cartridge " + barcode() + " end at position " + at + ", before " + position);
            }
            at = now;
        }
    }

    @Override
    public boolean isWanted() {
        return !closed.get() && queue.isWanted(bay);
    }

    @Override
    public void idle(boolean now) {
        queue.idle(request, now);
    }

    @Override
    public void suspect(String why) {
        if (!closed.get()) {
            queue.suspect(bay, why);
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        BooleanSupplier hung = null;
        try {
            if (!drive.end(grace)) {
                hung = drive::isBusy;
            } else if (bay.library.gone() == null) {
                exchange.noteAlerts(bay);
            }
        } catch (HungException e) {
            hung = e::lasts;
        } finally {
            bay.guard = null;
            queue.release(request, hung);
        }
    }
}

package org.hikae.tape.mount;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.hikae.api.tape.spi.TapeAlert;
import org.hikae.api.tape.spi.TapeDrive;
import org.hikae.api.tape.spi.TapeLibrary.Kind;
import org.hikae.api.tape.spi.TapeLibrary.Place;

/** A drive of a library, and who uses it. */
final class Bay {

    private static final int KEPT_ALERTS = 10;

    /** A call that was cancelled before it was begun is cancelled again after that time. */
    private static final long CANCEL_AGAIN = TimeUnit.SECONDS.toNanos(1);

    final Library library;
    final Place place;
    /** As the driver gave it; used by the holder alone. */
    final TapeDrive drive;

    /** Held while the driver does something with the drive: it is used by one thread at a time. */
    final ReentrantLock busy = new ReentrantLock();

    /** Who uses it; null: nobody. Guarded by the {@link DriveQueue}, as all up to the next blank line. */
    Request holder;
    /** When the holder got it, nanoseconds. */
    long held;
    /** When the cartridge that is in it came, nanoseconds: how long it has been somebody's turn. */
    long since;
    /** How long the last change of cartridges took, nanoseconds. */
    long change;
    /** When it was let go, nanoseconds. */
    long used;
    /** Why it is not the first choice; null: it is. */
    String suspicion;
    /** Whether it still does what it was told to end; null: it does not. */
    BooleanSupplier hung;

    /** What was read at the beginning of the cartridge that is in it, and has stayed loaded since; null: not known. The holder's. */
    Contents contents;
    /** Barcode of the cartridge that {@link #contents} is of. The holder's. */
    String contentsOf;

    /** What the driver says of the drive. */
    final String description;

    /** The drive as its holder has it; null: nobody has it. */
    volatile GuardedDrive guard;

    private volatile String activity = "idle";
    private final Deque<String> alerts = new ArrayDeque<>();

    Bay(Library library, int number, TapeDrive drive, String description) {
        this.library = library;
        this.place = new Place(Kind.DRIVE, number);
        this.drive = drive;
        this.description = description;
    }

    /** Barcode of the cartridge in it; null: none. */
    String barcode() {
        return library.barcodeAt(place);
    }

    /** Whether it can be used at all. */
    boolean isAlive() {
        if (hung != null && !hung.getAsBoolean()) {
            hung = null;
        }
        return hung == null && library.problem() == null;
    }

    /** Asks the driver something, alone. */
    <T> T alone(DriverCalls.Call<T> call) throws IOException {
        busy.lock();
        try {
            return call.run();
        } finally {
            busy.unlock();
        }
    }

    /**
     * Waits until the driver does nothing, cancelling what it does.
     *
     * @return whether that is so, and {@link #busy} is held
     */
    boolean calm(Duration grace) {
        boolean interrupted = false;
        boolean calm = busy.tryLock();
        long end = System.nanoTime() + grace.toNanos();
        while (!calm && end - System.nanoTime() > 0) {
            drive.cancel();
            try {
                calm = busy.tryLock(Math.min(end - System.nanoTime(), CANCEL_AGAIN), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return calm;
    }

    void activity(String activity) {
        this.activity = activity;
    }

    String activity() {
        return activity;
    }

    void note(List<TapeAlert> more) {
        more.forEach(alert -> note(alert.severity().name().toLowerCase(Locale.ROOT) + ": " + alert.text()));
    }

    void note(String alert) {
        synchronized (alerts) {
            alerts.addLast(alert);
            if (alerts.size() > KEPT_ALERTS) {
                alerts.removeFirst();
            }
        }
    }

    List<String> alerts() {
        synchronized (alerts) {
            return List.copyOf(alerts);
        }
    }

    /** Such as "drive 0 of library 'vault'". */
    @Override
    public String toString() {
        return place + " of library '" + library.name() + "'";
    }
}

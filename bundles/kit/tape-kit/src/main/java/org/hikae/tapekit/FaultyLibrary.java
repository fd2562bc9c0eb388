package org.hikae.tapekit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.api.tape.spi.TapeLibrary;

/** A library with faults, whose drives are {@link FaultyDrive}s. Thread-safe. */
public final class FaultyLibrary implements TapeLibrary {

    /** Records that a drive keeps before they are on the tape. */
    private static final int BUFFERED = 8;

    private final TapeLibrary library;
    private final Faults faults;
    private final Map<Integer, FaultyDrive> drives = new ConcurrentHashMap<>();

    private volatile boolean closed;

    public FaultyLibrary(TapeLibrary library, Faults faults) {
        this.library = library;
        this.faults = faults;
    }

    @Override
    public List<Element> inventory() throws IOException {
        return library.inventory();
    }

    @Override
    public void move(Place from, Place to) throws IOException {
        int drive = from.kind() == Kind.DRIVE ? from.number() : to.kind() == Kind.DRIVE ? to.number() : -1;
        Call call = new Call(Call.Step.MOVE, drive, barcode(from), -1);
        faults.before(call, () -> closed);
        library.move(from, to);
        faults.after(call);
    }

    @Override
    public FaultyDrive drive(int number) throws IOException {
        FaultyDrive drive = drives.get(number);
        if (drive != null) {
            return drive;
        }
        FaultyDrive made = new FaultyDrive(
                library.drive(number), number, faults, BUFFERED, () -> barcodeUnchecked(new Place(Kind.DRIVE, number)));
        FaultyDrive earlier = drives.putIfAbsent(number, made);
        return earlier == null ? made : earlier;
    }

    private String barcodeUnchecked(Place place) {
        try {
            return barcode(place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String barcode(Place place) throws IOException {
        for (Element element : library.inventory()) {
            if (element.place().equals(place)) {
                return element.barcode();
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        for (FaultyDrive drive : drives.values()) {
            drive.cancel();
        }
        faults.wake();
        library.close();
    }
}

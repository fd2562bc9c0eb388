package org.hikae.tapevirtual;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.tape.spi.TapeLibrary;
import org.hikae.io.FirstFailure;

/**
 * A library that is a folder. Several processes may have it open; a drive is used by one of them as long as a cartridge is
 * loaded in it.
 */
public final class VirtualLibrary implements TapeLibrary {

    static final String LOCK = ".lock";

    private final Path folder;
    private final Places places;
    private final List<VirtualDrive> drives = new ArrayList<>();
    private final Passing passing;
    private final Times times;

    private volatile boolean closed;

    /** @param folder without symbolic links */
    VirtualLibrary(Path folder, Settings settings, Passing passing) {
        this.folder = folder;
        this.places = new Places(folder, settings);
        this.passing = passing;
        this.times = settings.times();
        for (int i = 0; i < settings.drives(); i++) {
            drives.add(new VirtualDrive(places, new Place(Kind.DRIVE, i), settings, passing));
        }
    }

    @Override
    public List<Element> inventory() throws IOException {
        try (FolderLock lock = lock()) {
            return places.inventory();
        }
    }

    @Override
    public void move(Place from, Place to) throws IOException {
        try (FolderLock lock = lock()) {
            if (from.kind() == Kind.DRIVE) {
                drive(from.number()).whileNotLoaded(() -> places.move(from, to));
            } else {
                places.move(from, to);
            }
            passing.pass(times.robot(), this::checkOpen);
        }
    }

    @Override
    public VirtualDrive drive(int number) throws IOException {
        checkOpen();
        if (number < 0 || number >= drives.size()) {
            throw new IOException("there is no drive " + number + ": there are " + drives.size() + ", from 0");
        }
        return drives.get(number);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        FirstFailure failures = new FirstFailure();
        for (VirtualDrive drive : drives) {
            failures.collect(drive::close);
        }
        failures.end();
    }

    private FolderLock lock() throws IOException {
        checkOpen();
        return FolderLock.await(folder.resolve(LOCK));
    }

    private void checkOpen() throws InterruptedIOException {
        if (closed) {
            throw new InterruptedIOException("the library " + folder + " was closed");
        }
    }
}

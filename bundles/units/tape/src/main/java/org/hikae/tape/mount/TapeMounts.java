package org.hikae.tape.mount;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.api.tape.spi.TapeLibrary.Element;
import org.hikae.api.tape.spi.TapeLibrary.Kind;
import org.hikae.api.tape.spi.TapeLibrary.Place;

/** Mounts cartridges of the libraries that are there now. Thread-safe. */
final class TapeMounts implements Mounts {

    private final DriveQueue queue;
    private final Waiting waiting;
    private final Lookout lookout;
    private final Sightings sightings;
    private final Exchange exchange;
    private final Limits limits;
    private final InstantSource clock;
    private final LongSupplier nanos;

    TapeMounts(
            DriveQueue queue,
            Waiting waiting,
            Lookout lookout,
            Sightings sightings,
            DriverCalls calls,
            Limits limits,
            InstantSource clock,
            LongSupplier nanos) {
        this.queue = queue;
        this.waiting = waiting;
        this.lookout = lookout;
        this.sightings = sightings;
        this.exchange = new Exchange(calls, limits);
        this.limits = limits;
        this.clock = clock;
        this.nanos = nanos;
    }

    @Override
    public Mounted mount(String barcode, UUID volume, Purpose purpose, Progress progress) throws IOException {
        checkOne(barcode);
        Request request = new Request(barcode, purpose);
        queue.enter(request);
        try {
            while (true) {
                Bay bay = waiting.awaitDrive(request, progress);
                if (prepare(bay, request, progress)) {
                    check(bay, request, volume);
                    return new MountedDrive(
                            bay, request, queue, exchange, limits.grace(), now -> saw(request, bay, now, null));
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            queue.leave(request);
            throw e;
        }
    }

    /** Nobody knows which of several would be loaded. */
    private void checkOne(String barcode) throws TwinException {
        if (places(barcode).size() < 2) {
            return;
        }
        // it may be one that was carried from one library to another
        lookout.refresh();
        List<String> places = places(barcode);
        if (places.size() > 1) {
            throw new TwinException(barcode, places);
        }
    }

    /** Where cartridges of a barcode are, for people. */
    private List<String> places(String barcode) {
        List<String> places = new ArrayList<>();
        for (Library library : queue.libraries()) {
            if (library.problem() == null) {
                library.findAll(barcode).forEach(place -> places.add(place + " of library '" + library.name() + "'"));
            }
        }
        return places;
    }

    /** @return whether the cartridge is ready; if not, another drive is to be found */
    private boolean prepare(Bay bay, Request request, Progress progress) throws IOException {
        try {
            if (!queue.suits(request)) {
                return leave(bay, request, progress);
            }
            long begun = nanos.getAsLong();
            if (exchange.ready(bay, request.barcode, request.purpose != Purpose.READ, progress)) {
                queue.begin(request, nanos.getAsLong() - begun);
            }
            bay.activity("idle");
            saw(request, bay, bay.contents, null);
            // Another drive could: so it was not the cartridge.
            request.failed.forEach(queue::suspect);
            return true;
        } catch (HungException e) {
            queue.fail(request, e.getMessage(), e::lasts);
        } catch (InterruptedIOException | StuckException e) {
            throw e;
        } catch (IOException e) {
            failed(bay, request, e);
        }
        return false;
    }

    /** The cartridge is in a drive that has failed with it, or is not the first choice: another one is to get it. */
    private boolean leave(Bay bay, Request request, Progress progress) throws IOException {
        String why = request.failed.getOrDefault(bay, queue.suspicion(bay));
        try {
            exchange.putAway(bay, progress);
        } catch (HungException e) {
            throw e;
        } catch (IOException e) {
            throw new StuckException("cartridge " + request.barcode + " cannot be taken out of " + bay + " (" + why
                    + "): " + Reason.of(e));
        }
        queue.fail(request, why, null);
        return false;
    }

    private void failed(Bay bay, Request request, IOException failure) {
        Exchange.forget(bay);
        String why = Reason.of(failure);
        boolean its = request.barcode.equals(bay.barcode());
        if (its && bay.library.bays().size() > 1) {
            why += freed(bay);
        } else if (!its) {
            // It was the drive, the robot, or the cartridge that was in it before.
            queue.suspect(bay, why);
        }
        if (its && bay.library.problem() == null) {
            request.blamed++;
        }
        queue.fail(request, why, null);
        if (request.blamed == bay.library.bays().size()) {
            saw(request, bay, null, why);
        }
    }

    /** Takes a cartridge out with which the drive has failed, for another drive to try; says how that went, if badly. */
    private String freed(Bay bay) {
        try {
            exchange.putAway(bay, Progress.NONE);
            return "";
        } catch (IOException e) {
            return "; and it cannot be taken out: " + Reason.of(e);
        }
    }

    private void saw(Request request, Bay bay, Contents contents, String problem) {
        sightings.put(new Sighting(request.barcode, bay.library.name(), contents, problem, clock.instant()));
    }

    private static void check(Bay bay, Request request, UUID volume) throws IOException {
        Contents found = bay.contents;
        String cartridge = "cartridge " + request.barcode + " in library '" + bay.library.name() + "' ";
        if (volume != null) {
            boolean right = found instanceof Contents.Labelled labelled
                    && labelled.label().volume().equals(volume);
            if (!right) {
                throw new SwappedException(cartridge + "is not the one that is expected: " + describe(found)
                        + "; bring the right one, or let it be looked at with 'tape inventory --relabel'");
            }
        } else if (request.purpose == Purpose.WRITE && found instanceof Contents.Foreign foreign) {
            throw new ForeignException(
                    cartridge + foreign.what() + ": it is not touched; 'tape label --force' makes it one of this home");
        }
    }

    private static String describe(Contents contents) {
        if (contents instanceof Contents.Labelled labelled) {
            Label label = labelled.label();
            return "it was labelled " + label.barcode() + " at " + label.labelled()
                    + (label.pool() == null ? "" : " for pool '" + label.pool() + "'");
        } else if (contents instanceof Contents.Foreign foreign) {
            return "it " + foreign.what();
        }
        return "it is blank";
    }

    /** Moves a cartridge that nobody uses to the station. */
    void export(String barcode, Progress progress) throws IOException {
        Request request = new Request(barcode, Purpose.READ);
        Library library = queue.reserve(request);
        BooleanSupplier hung = null;
        try {
            Place place = library.find(barcode);
            if (place != null && place.kind() == Kind.STATION) {
                throw new IOException("cartridge " + barcode + " is in the station of library '" + library.name()
                        + "' already: take it out there");
            }
            if (request.bay != null) {
                exchange.unload(request.bay, progress);
            }
            progress.phase("moving cartridge " + barcode + " to the station of library '" + library.name() + "'");
            library.moveTo(Kind.STATION, barcode, progress);
        } catch (HungException e) {
            hung = e::lasts;
            throw e;
        } finally {
            queue.free(request, request.bay == null ? null : hung);
        }
    }

    @Override
    public boolean isPresent(String barcode) {
        return queue.isLoadable(barcode);
    }

    @Override
    public List<Present> present() {
        lookout.settle();
        List<Present> present = new ArrayList<>();
        for (Library library : queue.libraries()) {
            if (library.problem() == null) {
                for (Element element : library.elements()) {
                    if (element.isFull() && !element.barcode().isEmpty()) {
                        present.add(present(library, element));
                    }
                }
            }
        }
        present.sort(Comparator.comparing(Present::barcode));
        return present;
    }

    private Present present(Library library, Element element) {
        return new Present(
                library.name(),
                element.barcode(),
                element.place(),
                library.isLoadable(element.place()),
                queue.isUsed(element.barcode()),
                sightings.of(element.barcode()).orElse(null));
    }

    @Override
    public List<String> awaited() {
        return waiting.awaited();
    }

    /** A cartridge cannot be taken out of a drive: no other can get it. */
    private static final class StuckException extends IOException {

        private static final long serialVersionUID = 1;

        StuckException(String message) {
            super(message);
        }
    }
}

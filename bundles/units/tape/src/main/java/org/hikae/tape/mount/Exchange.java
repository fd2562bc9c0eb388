package org.hikae.tape.mount;

import java.io.IOException;
import java.time.Duration;
import org.hikae.api.job.Progress;

/** Brings cartridges into a drive that one holds, and out of it. */
final class Exchange {

    private final DriverCalls calls;
    private final Limits limits;

    Exchange(DriverCalls calls, Limits limits) {
        this.calls = calls;
        this.limits = limits;
    }

    /**
     * Sees to it that a cartridge is in the drive, loaded, and looked at.
     *
     * @param again whether it is looked at even if it has been, and has not left since
     * @return whether it was not in the drive before
     */
    boolean ready(Bay bay, String barcode, boolean again, Progress progress) throws IOException {
        boolean change = !barcode.equals(bay.barcode());
        if (change) {
            if (bay.barcode() != null) {
                putAway(bay, progress);
            }
            bay.activity("fetching");
            progress.phase("fetching cartridge " + barcode + " into " + bay);
            bay.library.fetch(barcode, bay.place, progress);
        }
        boolean known = !change && barcode.equals(bay.contentsOf) && !again;
        if (!known || !isLoaded(bay, progress)) {
            load(bay, barcode, progress);
        }
        return change;
    }

    private boolean isLoaded(Bay bay, Progress progress) throws IOException {
        return call(bay, "asking " + bay + " whether it is loaded", limits.open(), bay.drive::isLoaded, progress);
    }

    private void load(Bay bay, String barcode, Progress progress) throws IOException {
        forget(bay);
        bay.activity("loading");
        progress.phase("loading cartridge " + barcode + " in " + bay);
        String what = "loading cartridge " + barcode + " in " + bay;
        run(bay, what, bay.drive::load, progress);
        bay.activity("reading");
        what = "reading the label of cartridge " + barcode + " in " + bay;
        bay.contents = call(bay, what, limits.operation(), () -> LabelReader.read(bay.drive), progress);
        bay.contentsOf = barcode;
    }

    /** Unloads what is in the drive, and brings it to its place. */
    void putAway(Bay bay, Progress progress) throws IOException {
        unload(bay, progress);
        bay.library.putAway(bay.place, progress);
    }

    /** Unloads what is in the drive, so that it can be moved. */
    void unload(Bay bay, Progress progress) throws IOException {
        forget(bay);
        bay.activity("unloading");
        progress.phase("unloading cartridge " + bay.barcode() + " from " + bay);
        String what = "unloading cartridge " + bay.barcode() + " from " + bay;
        run(bay, what, bay.drive::unload, progress);
    }

    /** What is in the drive is not known any more. */
    static void forget(Bay bay) {
        bay.contents = null;
        bay.contentsOf = null;
    }

    /** Asks the drive what it has to say; a drive that fails at that is not the worse for it. */
    void noteAlerts(Bay bay) throws HungException {
        try {
            bay.note(call(bay, "asking " + bay + " for alerts", limits.open(), bay.drive::alerts, Progress.NONE));
        } catch (HungException e) {
            throw e;
        } catch (IOException e) {
            bay.note(e.getMessage());
        }
    }

    private void run(Bay bay, String what, DriverCalls.Step step, Progress progress) throws IOException {
        DriverCalls.Call<Void> call = () -> {
            step.run();
            return null;
        };
        call(bay, what, limits.move(), call, progress);
    }

    private <T> T call(Bay bay, String what, Duration limit, DriverCalls.Call<T> call, Progress progress)
            throws IOException {
        return calls.call(what, limit, () -> bay.alone(call), bay.drive::cancel, progress);
    }
}

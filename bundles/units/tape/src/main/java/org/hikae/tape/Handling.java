package org.hikae.tape;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hikae.api.job.Progress;
import org.hikae.api.tape.CartridgeInfo;
import org.hikae.config.Configured;
import org.hikae.tape.home.TapeHome;
import org.hikae.tape.mount.CartridgeAbsentException;
import org.hikae.tape.mount.Contents;
import org.hikae.tape.mount.Label;
import org.hikae.tape.mount.Labeller;
import org.hikae.tape.mount.Libraries;
import org.hikae.tape.mount.LibraryHandle;
import org.hikae.tape.mount.Mounted;
import org.hikae.tape.mount.Mounts;
import org.hikae.tape.mount.Mounts.Purpose;
import org.hikae.tape.mount.Present;
import org.hikae.tape.mount.Sighting;
import org.hikae.tape.mount.Volumes;

/** What people do with cartridges: they look at them, label and erase them, bring them and take them away. Thread-safe. */
final class Handling {

    private final TapeHome home;
    private final LibraryRegistry registry;
    private final Libraries libraries;
    private final Mounts mounts;
    private final Volumes volumes;
    private final Labeller labeller;
    private final Cartridges cartridges;

    Handling(
            TapeHome home,
            LibraryRegistry registry,
            Libraries libraries,
            Volumes volumes,
            Labeller labeller,
            Cartridges cartridges) {
        this.home = home;
        this.registry = registry;
        this.libraries = libraries;
        this.mounts = libraries.mounts();
        this.volumes = volumes;
        this.labeller = labeller;
        this.cartridges = cartridges;
    }

    /** @see org.hikae.api.tape.Tapes#inventory */
    List<CartridgeInfo> inventory(String library, boolean relabel, Progress progress) throws IOException {
        List<CartridgeInfo> found = new ArrayList<>();
        each(library, handle -> {
            libraries.look(handle, progress);
            for (Present present : in(handle)) {
                if (present.loadable() && (relabel || cartridges.isNew(present))) {
                    look(present.barcode(), progress);
                }
            }
            for (Present present : in(handle)) {
                found.add(cartridges.get(present.barcode()));
            }
        });
        return found;
    }

    private interface Step {
        void run(LibraryHandle handle) throws IOException;
    }

    /** One that fails does not keep the others from being done; it is an error all the same. */
    private void each(String library, Step step) throws IOException {
        IOException failure = null;
        for (LibraryHandle handle : registry.handles(library)) {
            try {
                step.run(handle);
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private List<Present> in(LibraryHandle handle) {
        return mounts.present().stream()
                .filter(present -> present.library().equals(handle.name()))
                .toList();
    }

    /** Reads whose a cartridge is; one that cannot be read is remembered as such. */
    private void look(String barcode, Progress progress) throws IOException {
        try (Mounted mounted = mounts.mount(barcode, null, Purpose.READ, progress)) {
            takeIn(mounted);
        } catch (CartridgeAbsentException e) {
            progress.phase(e.getMessage()); // somebody has taken it out
        } catch (IOException e) {
            if (libraries.seen(barcode).map(Sighting::problem).isEmpty()) {
                throw e;
            }
            progress.phase("cartridge " + barcode + " cannot be read: " + e.getMessage());
        }
    }

    /** A cartridge that a killed platform has labelled, and did not come to remember. */
    private void takeIn(Mounted mounted) throws IOException {
        Optional<Label> label = mounted.label().filter(found -> found.home().equals(home.id()));
        if (label.isPresent() && isUnwritten(label.get()) && Labeller.isEmpty(mounted)) {
            volumes.labelled(label.get());
        }
    }

    private boolean isUnwritten(Label label) throws IOException {
        return volumes.volume(label.volume())
                .map(known -> known.writtenBytes() == 0 && known.lastWritten() == null)
                .orElse(true);
    }

    /** @see org.hikae.api.tape.Tapes#label */
    CartridgeInfo label(String barcode, String pool, boolean force, Progress progress) throws IOException {
        if (!Configured.isName(pool)) {
            throw new IOException("'" + pool + "' cannot be the name of a pool: use a letter or digit, then up to 62"
                    + " letters, digits, dots, dashes and underscores");
        }
        try (Mounted mounted = mount(barcode, force, progress)) {
            labeller.label(mounted, pool, force, progress);
        }
        return cartridges.get(barcode);
    }

    /** @see org.hikae.api.tape.Tapes#erase */
    CartridgeInfo erase(String barcode, boolean force, Progress progress) throws IOException {
        try (Mounted mounted = mount(barcode, force, progress)) {
            labeller.erase(mounted, force, progress);
        }
        return cartridges.get(barcode);
    }

    /** Nobody waits for a cartridge to be labelled: whoever says that has it at hand. */
    private Mounted mount(String barcode, boolean force, Progress progress) throws IOException {
        CartridgeInfo known = cartridges.get(barcode);
        if (!mounts.isPresent(barcode)) {
            throw new IOException("cartridge " + barcode
                    + (known.library() == null
                            ? " is in no library that can be used: put it into a station and run 'tape import'"
                            : " is in the station of library '" + known.library() + "': run 'tape import'"));
        }
        return mounts.mount(barcode, null, force ? Purpose.LABEL : Purpose.WRITE, progress);
    }

    /** @see org.hikae.api.tape.Tapes#lose */
    void lose(String barcode, boolean force) throws IOException {
        registry.refresh();
        Set<UUID> there = new HashSet<>();
        for (Present present : mounts.present()) {
            if (present.barcode().equals(barcode)) {
                other(present).ifPresent(there::add);
            }
        }
        volumes.lose(barcode, there, force);
    }

    /** @see org.hikae.api.tape.Tapes#loseRest */
    void loseRest(String barcode) throws IOException {
        volumes.loseRest(barcode);
    }

    /** Which cartridge one of that barcode is that is in a library; empty if it is seen to be none that could be lost. */
    private static Optional<UUID> other(Present present) throws IOException {
        Contents contents = present.seen() == null ? null : present.seen().contents();
        if (contents == null || contents instanceof Contents.Foreign foreign && foreign.damaged()) {
            throw new IOException("cartridge " + present.barcode() + " is in library '" + present.library()
                    + "', so it is not lost: take it out with 'tape export' first if it cannot be read");
        }
        return contents instanceof Contents.Labelled labelled
                ? Optional.of(labelled.label().volume())
                : Optional.empty();
    }

    /** @see org.hikae.api.tape.Tapes#export */
    CartridgeInfo export(String barcode, Progress progress) throws IOException {
        cartridges.get(barcode);
        libraries.export(barcode, progress);
        return cartridges.get(barcode);
    }

    /** @see org.hikae.api.tape.Tapes#importAll */
    List<CartridgeInfo> importAll(String library, Progress progress) throws IOException {
        List<String> moved = new ArrayList<>();
        each(library, handle -> {
            for (String barcode : libraries.importAll(handle, progress)) {
                look(barcode, progress);
                moved.add(barcode);
            }
        });
        if (moved.isEmpty()) {
            throw new IOException("there is nothing in "
                    + (library == null ? "any station" : "the station of library '" + library + "'")
                    + ": put cartridges there, then import them");
        }
        List<CartridgeInfo> found = new ArrayList<>();
        for (String barcode : moved) {
            found.add(cartridges.get(barcode));
        }
        return found;
    }
}

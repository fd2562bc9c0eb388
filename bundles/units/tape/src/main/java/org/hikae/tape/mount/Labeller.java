package org.hikae.tape.mount;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.api.tape.CartridgeInfo.State;
import org.hikae.api.tape.TapeObject;
import org.hikae.api.tape.spi.TapeDrive;
import org.hikae.tape.mount.Volumes.Volume;

/**
 * Writes labels, and never over what is needed.
 *
 * <p>First the store gives up what it knows of the cartridge, and remembers which label it is to get; then that is written, then the
 * store learns of it. So after a kill the cartridge is as it was, or blank, or has a label that the store knows; and the store relies on
 * nothing that is not there. Thread-safe, as long as
 * each cartridge is mounted for one thread.
 */
public final class Labeller {

    /** Position of the first record behind a label and its filemark. */
    public static final long DATA = 2;

    private final UUID home;
    private final Volumes volumes;
    private final VolumeReader reader;
    private final InstantSource clock;

    /** @param home id of the home whose labels are written */
    public Labeller(UUID home, Volumes volumes, VolumeReader reader, InstantSource clock) {
        this.home = home;
        this.volumes = volumes;
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * Makes a mounted cartridge one of a pool; durable when this returns.
     *
     * @param mounted for {@code WRITE}, or for {@code LABEL} with {@code force}; the head is anywhere after
     * @param pool null: scratch
     * @param force also if there is something foreign on it, or something of this home that is not needed
     * @throws ForeignException if something foreign is on it, without {@code force}
     * @throws IOException if something on it is needed, it is not known whether it is, or the label cannot be written
     */
    public Label label(Mounted mounted, String pool, boolean force, Progress progress) throws IOException {
        Optional<Label> old = mounted.label();
        if (isOurs(mounted, force)) {
            boolean empty = LabelReader.isEmptyBehind(mounted);
            Optional<Volume> volume = empty ? volumes.volume(old.get().volume()) : learned(mounted, progress);
            refuseNeeded(mounted.barcode(), volume);
            if (!force && !isFree(volume, empty)) {
                throw new IOException("cartridge " + mounted.barcode()
                        + " is damaged, or has something of this home on it that is not needed any more;"
                        + " it is not labelled again without --force");
            }
        }
        return write(mounted, pool);
    }

    /** Whether nothing speaks against writing over it, as far as nothing is needed. */
    private static boolean isFree(Optional<Volume> volume, boolean empty) {
        State state = volume.map(Volume::state).orElse(null);
        return state == State.SCRATCH || empty && state != State.DAMAGED;
    }

    /**
     * Makes a mounted cartridge scratch; durable when this returns.
     *
     * @param mounted for {@code WRITE}, or for {@code LABEL} with {@code force}; the head is anywhere after
     * @param force also if something on it is needed, is not known, or is foreign
     * @throws ForeignException if something foreign is on it, without {@code force}
     * @throws IOException as {@link #label}
     */
    public Label erase(Mounted mounted, boolean force, Progress progress) throws IOException {
        if (isOurs(mounted, force) && !force) {
            refuseNeeded(mounted.barcode(), learned(mounted, progress));
        }
        return write(mounted, null);
    }

    /**
     * Whether nothing is behind the label of a mounted cartridge; the head is anywhere after.
     *
     * @throws IOException if this cannot be read: then something is
     */
    public static boolean isEmpty(Mounted mounted) throws IOException {
        return LabelReader.isEmptyBehind(mounted);
    }

    /** Whether it has a label of this home, or of one that it knows. */
    private boolean isOurs(Mounted mounted, boolean force) throws IOException {
        String cartridge = "cartridge " + mounted.barcode();
        if (mounted.contents() instanceof Contents.Foreign foreign && !force) {
            throw new ForeignException(cartridge + " " + foreign.what() + ": it is not touched without --force");
        } else if (mounted.label().isEmpty()) {
            return false;
        }
        Label label = mounted.label().get();
        if (label.home().equals(home) || volumes.volume(label.volume()).isPresent()) {
            return true;
        } else if (!force) {
            throw new ForeignException(cartridge + " was labelled by another home at " + label.labelled()
                    + ": 'catalog rebuild --from tape' makes known what is on it; it is not touched without --force");
        }
        return false;
    }

    /** What is known of it after having looked. */
    private Optional<Volume> learned(Mounted mounted, Progress progress) throws IOException {
        try {
            reader.learn(mounted, progress);
        } catch (IOException e) {
            throw new IOException(
                    "it cannot be said whether what is on cartridge " + mounted.barcode() + " is needed: "
                            + Reason.of(e) + "; 'tape erase --force' erases it all the same",
                    e);
        }
        return volumes.volume(mounted.label().orElseThrow().volume());
    }

    private void refuseNeeded(String barcode, Optional<Volume> volume) throws IOException {
        if (volume.isPresent() && volume.get().pending()) {
            throw new IOException("cartridge " + barcode
                    + " has parts of objects that are being written, or go on on a cartridge that was not read yet:"
                    + " wait until they are written, or bring what 'catalog rebuild --from tape' says is missing;"
                    + " 'tape erase --force' gives them up");
        }
        if (volume.isEmpty() || volume.get().objects() == 0) {
            return;
        }
        List<TapeObject> objects = volumes.objects(volume.get().label().volume());
        long alone = objects.stream().filter(each -> each.others() == 0).count();
        String such = objects.isEmpty()
                ? ""
                : ", such as " + objects.get(0).name() + " of medium '"
                        + objects.get(0).mediumName() + "'";
        throw new IOException("cartridge " + barcode + " has " + volume.get().objects() + " objects that are needed"
                + such + (alone == 0 ? "; all have other copies on tape" : "; " + alone + " have no other copy on tape")
                + ": remove their generations first; 'tape erase --force' gives these copies up");
    }

    /**
     * Later than the label before, and than all tables that are known, whatever the clocks say: so it is seen that what these list is not
     * missing, but was written over.
     */
    private Instant after(Optional<Label> old) throws IOException {
        Instant labelled = old.map(Label::labelled).orElse(Instant.MIN);
        Instant written = volumes.newestTable();
        Instant least = (labelled.isAfter(written) ? labelled : written).plusMillis(1);
        Instant now = clock.instant();
        return now.isAfter(least) ? now : least;
    }

    private Label write(Mounted mounted, String pool) throws IOException {
        TapeDrive drive = mounted.drive();
        String cartridge = "cartridge " + mounted.barcode();
        if (drive.isWriteProtected()) {
            throw new IOException(cartridge + " is write-protected: take it out and switch the protection off");
        }
        Optional<Label> old = mounted.label();
        Label label = new Label(UUID.randomUUID(), mounted.barcode(), pool, home, after(old));
        byte[] record = LabelCodec.encode(label, drive.limits());
        if (old.isPresent()) {
            volumes.abandon(old.get().volume());
        }
        volumes.labelling(label, old.map(Label::volume).orElse(null));
        drive.rewind();
        if (drive.write(List.of(ByteBuffer.wrap(record))).records() != 1) {
            throw new IOException(cartridge + " has no room for a label");
        }
        drive.writeFilemarks(1);
        Contents found = LabelReader.read(drive);
        mounted.wrote(found);
        if (!found.equals(new Contents.Labelled(label))) {
            throw new IOException("the label of " + cartridge
                    + " does not read as it was written: cartridge or drive is damaged; try another drive");
        }
        volumes.labelled(label);
        return label;
    }
}

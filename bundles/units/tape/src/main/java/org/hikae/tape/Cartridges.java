package org.hikae.tape;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hikae.api.tape.CartridgeInfo;
import org.hikae.api.tape.CartridgeInfo.State;
import org.hikae.api.tape.TapeObject;
import org.hikae.tape.mount.Contents;
import org.hikae.tape.mount.Label;
import org.hikae.tape.mount.Mounts;
import org.hikae.tape.mount.Present;
import org.hikae.tape.mount.Sighting;
import org.hikae.tape.mount.TwinException;
import org.hikae.tape.mount.Volumes;
import org.hikae.tape.mount.Volumes.Volume;
import org.hikae.tape.store.registry.VolumeFacts;

/** All cartridges: what is in the libraries, joined with what is known of them. Waits for no drive. Thread-safe. */
final class Cartridges {

    private final UUID home;
    private final Mounts mounts;
    private final Volumes volumes;

    Cartridges(UUID home, Mounts mounts, Volumes volumes) {
        this.home = home;
        this.mounts = mounts;
        this.volumes = volumes;
    }

    /** By barcode. */
    List<CartridgeInfo> list() throws IOException {
        Map<String, List<Present>> present = present();
        Map<String, List<Volume>> known = volumes.volumes().stream()
                .collect(Collectors.groupingBy(volume -> volume.label().barcode()));
        TreeSet<String> barcodes = new TreeSet<>(present.keySet());
        barcodes.addAll(known.keySet());
        List<CartridgeInfo> list = new ArrayList<>();
        for (String barcode : barcodes) {
            list.add(info(barcode, present.getOrDefault(barcode, List.of()), known.getOrDefault(barcode, List.of())));
        }
        return list;
    }

    private Map<String, List<Present>> present() {
        return mounts.present().stream()
                .collect(Collectors.groupingBy(Present::barcode, TreeMap::new, Collectors.toList()));
    }

    /** Of several of one barcode none is loaded. */
    private CartridgeInfo info(String barcode, List<Present> present, List<Volume> known) throws IOException {
        CartridgeInfo info =
                info(barcode, present.stream().reduce(Cartridges::better).orElse(null), known);
        if (present.size() < 2) {
            return info;
        }
        String twins = TwinException.describe(
                barcode,
                present.stream()
                        .map(each -> each.place() + " of library '" + each.library() + "'")
                        .toList());
        return new CartridgeInfo(
                barcode,
                info.volume(),
                info.pool(),
                info.state(),
                info.library(),
                info.place(),
                info.writtenBytes(),
                info.neededBytes(),
                info.objects(),
                info.labelled(),
                info.lastWritten(),
                twins);
    }

    /** Of two with the same barcode, the one that is mounted when it is asked for. */
    private static Present better(Present one, Present other) {
        return one.loadable() || !other.loadable() ? one : other;
    }

    /** @throws IOException if there is no cartridge of that barcode */
    CartridgeInfo get(String barcode) throws IOException {
        List<Volume> known = known(barcode);
        List<Present> present = present().getOrDefault(barcode, List.of());
        if (present.isEmpty() && known.isEmpty()) {
            throw none(barcode);
        }
        return info(barcode, present, known);
    }

    private List<Volume> known(String barcode) throws IOException {
        return volumes.volumes().stream()
                .filter(volume -> volume.label().barcode().equals(barcode))
                .toList();
    }

    static IOException none(String barcode) {
        return new IOException(
                "there is no cartridge " + barcode + "; see 'tape list', or 'tape inventory' if it was put in lately");
    }

    /** @throws IOException if there is no cartridge of that barcode */
    List<TapeObject> objects(String barcode) throws IOException {
        UUID volume = get(barcode).volume();
        return volume == null ? List.of() : volumes.objects(volume);
    }

    /** Whether nothing has been seen or is known of a cartridge, or what was seen could not be read. */
    boolean isNew(Present present) throws IOException {
        Sighting seen = present.seen();
        return seen == null ? known(present.barcode()).isEmpty() : seen.problem() != null;
    }

    /**
     * @param present where it is; null: in no library
     * @param known the volumes that have that barcode; more than one if another cartridge has got it
     */
    private CartridgeInfo info(String barcode, Present present, List<Volume> known) throws IOException {
        Sighting seen = present == null ? null : present.seen();
        Optional<Volume> latest =
                known.stream().max(Comparator.comparing(volume -> volume.label().labelled()));
        // What was labelled after it was seen is what the label says.
        boolean stale = seen == null
                || latest.isPresent() && latest.get().label().labelled().isAfter(seen.seen());
        if (stale || seen.problem() != null && latest.isPresent()) {
            String problem = stale ? null : "it could not be read: " + seen.problem();
            return latest.isPresent()
                    ? info(barcode, present, latest.get(), problem)
                    : bare(barcode, present, State.UNKNOWN, null);
        } else if (seen.problem() != null) {
            return bare(barcode, present, State.DAMAGED, "it could not be read: " + seen.problem());
        }
        if (seen.contents() instanceof Contents.Labelled labelled) {
            return labelled(barcode, present, labelled.label(), latest);
        } else if (latest.isPresent() && latest.get().objects() > 0) {
            return bare(barcode, present, State.FOREIGN, swapped(latest.get()));
        }
        return seen.contents() instanceof Contents.Foreign foreign
                ? bare(barcode, present, State.FOREIGN, "it " + foreign.what())
                : bare(barcode, present, State.SCRATCH, null);
    }

    private CartridgeInfo labelled(String barcode, Present present, Label label, Optional<Volume> latest)
            throws IOException {
        Optional<Volume> volume = volumes.volume(label.volume());
        if (volume.isPresent()) {
            String note = label.barcode().equals(barcode) ? null : "its label says that it is " + label.barcode();
            return info(barcode, present, volume.get(), note);
        } else if (latest.isPresent() && latest.get().objects() > 0) {
            return bare(barcode, present, State.FOREIGN, swapped(latest.get()));
        } else if (label.home().equals(home)) {
            String note =
                    "this home has labelled it and does not know what is on it; 'catalog rebuild --from tape' reads it";
            return of(barcode, present, label, State.UNKNOWN, note);
        }
        String note = "another home has labelled it; 'catalog rebuild --from tape' makes known what is on it";
        return of(barcode, present, label, State.FOREIGN, note);
    }

    private static String swapped(Volume expected) {
        return "it is not the cartridge that is known by this barcode, on which are " + expected.objects()
                + " objects that are needed: bring that one";
    }

    private CartridgeInfo info(String barcode, Present present, Volume volume, String more) throws IOException {
        String note = more == null ? volume.note() : volume.note() == null ? more : volume.note() + "; " + more;
        if (volume.state() == State.LOST && present != null) {
            note = "it was declared lost, and is here; 'catalog rebuild --from tape' reads it";
        }
        return new CartridgeInfo(
                barcode,
                volume.label().volume(),
                volume.label().pool(),
                state(present, volume),
                present == null ? null : present.library(),
                present == null ? null : present.place(),
                volume.writtenBytes(),
                volume.neededBytes(),
                volume.objects(),
                labelled(volume),
                lastWritten(volume),
                note);
    }

    private static State state(Present present, Volume volume) {
        return switch (volume.state()) {
            case DAMAGED -> State.DAMAGED;
            case LOST -> present == null ? State.LOST : State.UNKNOWN;
            default -> present == null ? State.OFF_SITE : volume.state();
        };
    }

    /** Nobody has read the label of one that was lost before. */
    private static Instant labelled(Volume volume) {
        Instant labelled = volume.label().labelled();
        return labelled.equals(VolumeFacts.NEVER_SEEN) ? null : labelled;
    }

    /** The table of what was written last may be on the cartridge that its session went on to. */
    private Instant lastWritten(Volume volume) throws IOException {
        if (volume.lastWritten() != null || volume.objects() == 0) {
            return volume.lastWritten();
        }
        return volumes.objects(volume.label().volume()).stream()
                .map(TapeObject::written)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private static CartridgeInfo bare(String barcode, Present present, State state, String note) {
        return new CartridgeInfo(
                barcode, null, null, state, present.library(), present.place(), 0, 0, 0, null, null, note);
    }

    private static CartridgeInfo of(String barcode, Present present, Label label, State state, String note) {
        return new CartridgeInfo(
                barcode,
                label.volume(),
                label.pool(),
                state,
                present.library(),
                present.place(),
                0,
                0,
                0,
                label.labelled(),
                null,
                note);
    }
}

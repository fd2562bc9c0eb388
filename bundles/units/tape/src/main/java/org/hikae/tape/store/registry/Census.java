package org.hikae.tape.store.registry;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hikae.tape.format.PackedInput;
import org.hikae.tape.format.PackedOutput;
import org.hikae.tape.format.Table;

/**
 * The newest that a home's tables say of which cartridges there are: with it is known what is missing.
 *
 * @param home whose tables these are
 * @param listed when the newest table with a list was written
 * @param volumes that list
 * @param lost those that this table says are lost for good
 * @param newest when the newest table of all was written
 * @param goesOn whether the session left the cartridge of that table for another one
 * @param barcode of the cartridge of that table
 */
record Census(
        UUID home,
        Instant listed,
        List<Table.Volume> volumes,
        List<Table.Volume> lost,
        Instant newest,
        boolean goesOn,
        String barcode) {

    static Census none(UUID home) {
        return new Census(home, Instant.MIN, List.of(), List.of(), Instant.MIN, false, "");
    }

    /**
     * With what another table says.
     *
     * @param found whether it was found; what this home writes itself goes on where it knows
     */
    Census with(Table table, boolean found, String on) {
        boolean newer = !table.written().isBefore(newest);
        boolean lists = !table.volumes().isEmpty() && !table.written().isBefore(listed);
        return new Census(
                home,
                lists ? table.written() : listed,
                lists ? table.volumes() : volumes,
                lists ? table.lost() : lost,
                newer ? table.written() : newest,
                newer ? found && table.goesOn() : goesOn,
                newer ? on : barcode);
    }

    byte[] encode() {
        PackedOutput out = new PackedOutput().putLong(millis(listed)).putLong(millis(newest));
        out.putByte(goesOn ? 1 : 0).putText(barcode);
        put(out, volumes);
        put(out, lost);
        volumes.forEach(volume -> out.putLong(volume.tail()));
        return out.toBytes();
    }

    private static void put(PackedOutput out, List<Table.Volume> volumes) {
        out.putInt(volumes.size());
        volumes.forEach(volume -> out.putId(volume.volume()).putText(volume.barcode()));
    }

    static Census decode(UUID home, byte[] bytes) throws IOException {
        PackedInput in = new PackedInput(bytes);
        Instant listed = instant(in.takeLong());
        Instant newest = instant(in.takeLong());
        boolean goesOn = in.takeByte() != 0;
        String barcode = in.takeText();
        List<Table.Volume> volumes = volumes(in);
        List<Table.Volume> lost = in.isAtEnd() ? List.of() : volumes(in);
        if (!in.isAtEnd()) {
            for (int i = 0; i < volumes.size(); i++) {
                Table.Volume volume = volumes.get(i);
                volumes.set(i, new Table.Volume(volume.volume(), volume.barcode(), in.takeLong()));
            }
        }
        return new Census(home, listed, List.copyOf(volumes), lost, newest, goesOn, barcode);
    }

    private static List<Table.Volume> volumes(PackedInput in) throws IOException {
        List<Table.Volume> volumes = new ArrayList<>();
        for (int left = in.takeCount(20); left > 0; left--) {
            volumes.add(new Table.Volume(in.takeId(), in.takeText(), 0));
        }
        return volumes;
    }

    private static long millis(Instant instant) {
        return instant.equals(Instant.MIN) ? Long.MIN_VALUE : instant.toEpochMilli();
    }

    private static Instant instant(long millis) {
        return millis == Long.MIN_VALUE ? Instant.MIN : Instant.ofEpochMilli(millis);
    }
}

package org.hikae.shell.command;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hikae.api.disk.InPlaceMounts;
import org.hikae.api.disk.InPlaceStatus;
import org.hikae.shell.call.Services;
import org.hikae.shell.text.ByteCount;
import org.hikae.shell.text.Json;

/** How generations look that stand in for disks. */
final class InPlaceViews {

    private InPlaceViews() {}

    /** All of them, by disk. */
    static Map<String, InPlaceStatus> all(Services services) {
        List<InPlaceStatus> found =
                services.find(InPlaceMounts.class).map(InPlaceMounts::list).orElse(List.of());
        return found.stream().collect(Collectors.toMap(InPlaceStatus::disk, Function.identity()));
    }

    /** How far it is, for a column: {@code data@3, 39%}, or {@code data@3} if that is not known; null for null. */
    static String brief(InPlaceStatus status) {
        if (status == null) {
            return null;
        }
        return status.presentBytes() < 0 ? status.generation() : status.generation() + ", " + percent(status) + "%";
    }

    /** {@code data@3, and is brought back}. */
    static String what(InPlaceStatus status) {
        return status.generation() + (status.restore() ? ", and is brought back" : ", as far as it is asked for");
    }

    /** {@code 100 MiB of 256 MiB, 39%}; null if that is not known. */
    static String brought(InPlaceStatus status) {
        if (status.presentBytes() < 0) {
            return null;
        }
        return ByteCount.show(status.presentBytes()) + " of " + ByteCount.show(status.bytes()) + ", " + percent(status)
                + "%";
    }

    /** 100 only if all of it is there. */
    private static long percent(InPlaceStatus status) {
        return status.bytes() == 0 ? 100 : (long) (100.0 * status.presentBytes() / status.bytes());
    }

    /** Whether the disk can still be what it was, and how. */
    static String oldContent(InPlaceStatus status) {
        String to = status.generation().startsWith(status.disk() + "@") ? "" : " --to " + status.disk();
        return status.untouched()
                ? "can be had back: 'generation unmount " + status.generation() + " --in-place" + to + "'"
                : "cannot be had back, since the disk was written to";
    }

    /** Null for null. */
    static Json json(InPlaceStatus status) {
        return status == null
                ? null
                : new Json()
                        .put("disk", status.disk())
                        .put("generation", status.generation())
                        .put("restore", status.restore())
                        .put("bytes", status.bytes())
                        .known("presentBytes", status.presentBytes())
                        .put("untouched", status.untouched())
                        .put("problem", status.problem());
    }
}

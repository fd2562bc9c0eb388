package org.hikae.backup;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hikae.api.backup.TapePolicy;
import org.hikae.api.job.Job;
import org.hikae.api.job.Progress;
import org.hikae.api.tape.CartridgeInfo;
import org.hikae.api.tape.LibraryStatus;
import org.hikae.api.tape.TapeObject;
import org.hikae.api.tape.Tapes;

/** Starts the jobs that handle cartridges: a robot may take minutes, and a drive be in use for hours. */
final class CartridgeJobs {

    private final TapeUnits units;

    CartridgeJobs(TapeUnits units) {
        this.units = units;
    }

    /** What is done to a cartridge. */
    @FunctionalInterface
    private interface Handling {
        CartridgeInfo run(Tapes tapes, Progress progress) throws IOException;
    }

    Job inventory(String library, boolean relabel) throws IOException {
        checkLibrary(library);
        return units.jobs()
                .start(
                        "inventory",
                        subject(library),
                        progress -> several(units.tapes().inventory(library, relabel, progress)));
    }

    Job importAll(String library) throws IOException {
        checkLibrary(library);
        return units.jobs()
                .start(
                        "import",
                        subject(library),
                        progress -> several(units.tapes().importAll(library, progress)));
    }

    Job label(String barcode, String pool, boolean force) throws IOException {
        TapePolicy.checkPool(pool);
        return one("label", barcode, (tapes, progress) -> tapes.label(barcode, pool, force, progress));
    }

    Job erase(String barcode, boolean force) throws IOException {
        units.tapes().cartridge(barcode);
        return units.jobs().start("erase", barcode, progress -> {
            Tapes tapes = units.tapes();
            List<TapeObject> before = tapes.objects(barcode);
            Map<String, Object> result = result(tapes.erase(barcode, force, progress));
            if (!before.isEmpty()) {
                result.put("givenUp", (long) before.size());
                result.put(
                        "nowhereElse",
                        before.stream().filter(each -> each.others() == 0).count());
            }
            return result;
        });
    }

    Job lose(String barcode, boolean force) throws IOException {
        units.tapes();
        return units.jobs().start("tape-lost", "cartridge " + barcode, progress -> new LoseSteps(units, barcode)
                .run(force, progress));
    }

    Job export(String barcode) throws IOException {
        return one("export", barcode, (tapes, progress) -> tapes.export(barcode, progress));
    }

    private Job one(String kind, String barcode, Handling handling) throws IOException {
        units.tapes().cartridge(barcode);
        return units.jobs().start(kind, barcode, progress -> result(handling.run(units.tapes(), progress)));
    }

    private void checkLibrary(String library) throws IOException {
        List<String> names =
                units.tapes().libraries().stream().map(LibraryStatus::name).toList();
        if (names.isEmpty()) {
            throw new IOException("there are no tape libraries; see 'tape library add --help'");
        } else if (library != null && !names.contains(library)) {
            throw new IOException("there is no tape library '" + library + "'; there are " + String.join(", ", names));
        }
    }

    private static String subject(String library) {
        return library == null ? "all libraries" : "library " + library;
    }

    private static Map<String, Object> several(List<CartridgeInfo> cartridges) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("number", (long) cartridges.size());
        result.put("cartridges", cartridges.stream().map(CartridgeInfo::barcode).collect(Collectors.joining(", ")));
        return result;
    }

    private static Map<String, Object> result(CartridgeInfo cartridge) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("cartridge", cartridge.barcode());
        if (cartridge.pool() != null) {
            result.put("pool", cartridge.pool());
        }
        if (cartridge.place() != null) {
            result.put("library", cartridge.library());
            result.put("place", cartridge.place().toString());
        }
        return result;
    }
}

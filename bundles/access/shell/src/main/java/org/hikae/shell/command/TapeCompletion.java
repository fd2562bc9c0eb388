package org.hikae.shell.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.hikae.api.media.Media;
import org.hikae.api.media.MediumStatus;
import org.hikae.api.tape.CartridgeInfo;
import org.hikae.api.tape.LibraryStatus;
import org.hikae.api.tape.Tapes;
import org.hikae.shell.call.Services;

/** The names of libraries, cartridges and pools. */
final class TapeCompletion {

    /** Stands for the first medium that will do. */
    static final String AUTO = "auto";

    private TapeCompletion() {}

    /** Nothing without tape control. */
    static List<String> names(String label, Services services) throws IOException {
        Tapes tapes = services.find(Tapes.class).orElse(null);
        return switch (label) {
            case "MEDIUM|auto|none" -> buffers(services);
            case "SOURCE" -> List.of(CatalogCommand.TAPE);
            case "BARCODE" -> barcodes(tapes);
            case "GENERATION|BARCODE" -> both(Completion.generations(services), barcodes(tapes));
            case "POOL" -> pools(tapes);
            case "LIBRARY" ->
                tapes == null
                        ? List.of()
                        : tapes.libraries().stream().map(LibraryStatus::name).toList();
            case "LIBRARY-DRIVER" -> tapes == null ? List.of() : tapes.drivers();
            default -> throw new IllegalArgumentException(label);
        };
    }

    private static List<String> both(List<String> one, List<String> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    private static List<String> buffers(Services services) {
        List<String> names = new ArrayList<>(List.of(AUTO, "none"));
        services.find(Media.class)
                .ifPresent(
                        media -> media.list().stream().map(MediumStatus::name).forEach(names::add));
        return names;
    }

    private static List<String> barcodes(Tapes tapes) throws IOException {
        return tapes == null
                ? List.of()
                : tapes.cartridges().stream().map(CartridgeInfo::barcode).toList();
    }

    private static List<String> pools(Tapes tapes) throws IOException {
        List<String> pools = new ArrayList<>(List.of(Tapes.DEFAULT_POOL));
        if (tapes != null) {
            tapes.cartridges().stream()
                    .map(CartridgeInfo::pool)
                    .filter(Objects::nonNull)
                    .forEach(pools::add);
        }
        return pools;
    }
}

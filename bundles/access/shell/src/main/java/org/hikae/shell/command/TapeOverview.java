package org.hikae.shell.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.hikae.api.job.Reason;
import org.hikae.api.tape.BufferStatus;
import org.hikae.api.tape.CartridgeInfo;
import org.hikae.api.tape.LibraryStatus;
import org.hikae.api.tape.Tapes;
import org.hikae.api.tape.spi.TapeLibrary.Element;
import org.hikae.shell.call.Services;

/** How tapes stand, as far as all of the platform is looked at. */
final class TapeOverview {

    private final BiConsumer<String, String> problems;

    /** @param problems told of what is wrong: with what, and how */
    private TapeOverview(BiConsumer<String, String> problems) {
        this.problems = problems;
    }

    /**
     * The libraries; none without tape control.
     *
     * @param problems told of what is wrong: with what, and how
     */
    static List<LibraryStatus> of(Services services, BiConsumer<String, String> problems) {
        return services.find(Tapes.class)
                .map(tapes -> new TapeOverview(problems).look(tapes))
                .orElse(List.of());
    }

    private List<LibraryStatus> look(Tapes tapes) {
        List<LibraryStatus> libraries = libraries(tapes, problem -> problems.accept("tape libraries", problem));
        libraries.forEach(each -> tell("tape library " + each.name(), each.problem()));
        twins(libraries);
        cartridges(tapes).stream()
                .filter(each -> each.state() == CartridgeInfo.State.DAMAGED && each.neededBytes() > 0)
                .forEach(each -> tell(
                        "cartridge " + each.barcode(),
                        "it is damaged, and has what is needed"
                                + (each.note() == null ? "" : ": " + each.note()) + "; see 'tape info "
                                + each.barcode() + "'"));
        if (!libraries.isEmpty()) {
            buffer(tapes);
        }
        return libraries;
    }

    /** By their barcodes cartridges are told apart. */
    private void twins(List<LibraryStatus> libraries) {
        libraries.stream()
                .flatMap(library -> library.elements().stream())
                .filter(element ->
                        element.barcode() != null && !element.barcode().isEmpty())
                .collect(Collectors.groupingBy(Element::barcode, TreeMap::new, Collectors.counting()))
                .forEach((barcode, number) -> tell(
                        "cartridge " + barcode,
                        number == 1
                                ? null
                                : "there are " + number
                                        + " of that barcode, and none of them is loaded; see 'tape info " + barcode
                                        + "'"));
    }

    /** @param problem told why they cannot be listed */
    static List<LibraryStatus> libraries(Tapes tapes, Consumer<String> problem) {
        try {
            return tapes.libraries();
        } catch (IOException e) {
            problem.accept(Reason.of(e));
            return List.of();
        }
    }

    private List<CartridgeInfo> cartridges(Tapes tapes) {
        try {
            return tapes.cartridges();
        } catch (IOException e) {
            tell("cartridges", Reason.of(e));
            return new ArrayList<>();
        }
    }

    private void buffer(Tapes tapes) {
        try {
            BufferStatus buffer = tapes.buffer();
            // Who has chosen no medium for it does not miss it where there is none.
            tell("tape buffer", buffer.chosen().equals(TapeCompletion.AUTO) ? null : buffer.problem());
            tell("tapes", buffer.waiting());
        } catch (IOException e) {
            tell("tape buffer", Reason.of(e));
        }
    }

    private void tell(String what, String problem) {
        if (problem != null) {
            problems.accept(what, problem);
        }
    }
}

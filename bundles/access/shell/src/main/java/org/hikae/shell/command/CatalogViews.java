package org.hikae.shell.command;

import java.util.List;
import java.util.Locale;
import org.hikae.api.catalog.KnownGeneration;
import org.hikae.api.media.GenerationInfo;
import org.hikae.shell.call.Call;
import org.hikae.shell.text.ByteCount;
import org.hikae.shell.text.Json;
import org.hikae.shell.text.Times;

/** How generations look that the catalog knows: where they are comes first. */
final class CatalogViews {

    private CatalogViews() {}

    /** @param generations those to list */
    static Listing<KnownGeneration> listing(Call call, List<KnownGeneration> generations) {
        Listing<KnownGeneration> listing = new Listing<>(CatalogViews::json)
                .text("ID", known -> known.info().id())
                .word("STATE", CatalogViews::state)
                .word("KIND", known -> GenerationViews.kind(known.info()))
                .text("PARENT", known -> known.info().parent());
        if (generations.stream().anyMatch(known -> known.info().group() != null)) {
            listing.text("GROUP", known -> known.info().groupName());
        }
        return listing.word(
                        "INSTANT",
                        known ->
                                Times.show(known.info().instant(), call.caller().zone()))
                .number("STORED", known -> stored(known.info()))
                .text("MEDIUM", known -> known.info().medium())
                .word("SEEN", known -> Times.show(known.seen(), call.caller().zone()))
                .wrong("PROBLEM", known -> known.info().problem());
    }

    private static String state(KnownGeneration known) {
        return known.state().name().toLowerCase(Locale.ROOT);
    }

    private static String stored(GenerationInfo info) {
        return ByteCount.showOrDash(GenerationViews.known(info, info.storedBytes()));
    }

    private static Json json(KnownGeneration known) {
        return GenerationViews.json(known.info()).put("state", state(known)).put("seen", known.seen());
    }
}

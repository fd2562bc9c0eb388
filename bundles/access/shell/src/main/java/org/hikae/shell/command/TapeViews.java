package org.hikae.shell.command;

import java.util.List;
import java.util.Locale;
import org.hikae.api.backup.GenerationOnTape;
import org.hikae.api.tape.BufferStatus;
import org.hikae.api.tape.CartridgeInfo;
import org.hikae.api.tape.TapeObject;
import org.hikae.shell.call.Call;
import org.hikae.shell.text.ByteCount;
import org.hikae.shell.text.Cell;
import org.hikae.shell.text.Json;
import org.hikae.shell.text.Style;
import org.hikae.shell.text.Table;
import org.hikae.shell.text.TimeSpan;
import org.hikae.shell.text.Times;

/** How tapes look. */
final class TapeViews {

    private TapeViews() {}

    static Listing<CartridgeInfo> cartridges(Call call) {
        return new Listing<CartridgeInfo>(TapeViews::json)
                .text("BARCODE", CartridgeInfo::barcode)
                .text("POOL", CartridgeInfo::pool)
                .column("STATE", Table.Kind.WORD, TapeViews::state)
                .text("LIBRARY", CartridgeInfo::library)
                .word("PLACE", cartridge -> Details.text(cartridge.place()))
                .number("WRITTEN", cartridge -> ByteCount.show(cartridge.writtenBytes()))
                .number("NEEDED", cartridge -> ByteCount.show(cartridge.neededBytes()))
                .word(
                        "LAST",
                        cartridge -> Times.show(
                                cartridge.lastWritten(), call.caller().zone()))
                .wrong("NOTE", CartridgeInfo::note);
    }

    static String word(CartridgeInfo.State state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Cell state(CartridgeInfo cartridge) {
        Style style =
                switch (cartridge.state()) {
                    case SCRATCH, APPENDABLE, FULL -> Style.PLAIN;
                    case UNKNOWN, EXPIRED, FOREIGN, OFF_SITE -> Style.WARNING;
                    case DAMAGED, LOST -> Style.BAD;
                };
        return new Cell(word(cartridge.state()), style);
    }

    static Json json(CartridgeInfo cartridge) {
        return new Json()
                .put("barcode", cartridge.barcode())
                .put("volume", cartridge.volume())
                .put("pool", cartridge.pool())
                .put("state", word(cartridge.state()))
                .put("library", cartridge.library())
                .put("place", cartridge.place())
                .put("writtenBytes", cartridge.writtenBytes())
                .put("neededBytes", cartridge.neededBytes())
                .put("objects", cartridge.objects())
                .put("labelled", cartridge.labelled())
                .put("lastWritten", cartridge.lastWritten())
                .put("note", cartridge.note());
    }

    static Details details(CartridgeInfo cartridge, Call call) {
        return new Details()
                .put("cartridge", cartridge.barcode())
                .put("volume", Details.text(cartridge.volume()))
                .put("pool", cartridge.pool())
                .put("state", state(cartridge))
                .put("library", cartridge.library())
                .put("place", Details.text(cartridge.place()))
                .bytes("written", cartridge.writtenBytes())
                .bytes("needed", cartridge.neededBytes())
                .put("objects", Integer.toString(cartridge.objects()))
                .put("labelled", Times.show(cartridge.labelled(), call.caller().zone()))
                .put(
                        "last written",
                        Times.show(cartridge.lastWritten(), call.caller().zone()))
                .put("note", cartridge.note());
    }

    static Listing<TapeObject> objects(Call call) {
        return new Listing<TapeObject>(TapeViews::json)
                .text("OBJECT", TapeObject::name)
                .text("MEDIUM", TapeObject::mediumName)
                .number("SIZE", object -> ByteCount.show(object.length()))
                .number("HERE", object -> ByteCount.show(object.here()))
                .word(
                        "WRITTEN",
                        object -> Times.show(object.written(), call.caller().zone()))
                .word(
                        "PROVEN",
                        object -> Times.show(object.proven(), call.caller().zone()))
                .wrong("PROBLEM", TapeObject::problem);
    }

    private static Json json(TapeObject object) {
        return new Json()
                .put("object", object.name())
                .put("medium", object.mediumName())
                .put("mediumId", object.medium())
                .put("length", object.length())
                .put("here", object.here())
                .put("written", object.written())
                .put("proven", object.proven())
                .put("problem", object.problem())
                .put("otherCopies", object.others());
    }

    static Listing<GenerationOnTape> generations(Call call, List<GenerationOnTape> generations) {
        Listing<GenerationOnTape> listing = new Listing<GenerationOnTape>(TapeViews::json)
                .text("ID", GenerationOnTape::generation)
                .text("POOL", each -> String.join(", ", each.pools()))
                .text("CARTRIDGES", each -> String.join(", ", each.cartridges()))
                .number("ON TAPE", each -> ByteCount.show(each.bytes()))
                .word(
                        "WRITTEN",
                        each -> Times.show(each.written(), call.caller().zone()))
                .word("PROVEN", each -> Times.show(each.proven(), call.caller().zone()));
        if (generations.stream().anyMatch(each -> each.missing() > 0)) {
            listing.number("MISSING", each -> each.missing() == 0 ? null : Integer.toString(each.missing()));
        }
        return listing.wrong("PROBLEM", GenerationOnTape::problem);
    }

    private static Json json(GenerationOnTape generation) {
        return new Json()
                .put("id", generation.generation())
                .put("pools", generation.pools())
                .put("cartridges", generation.cartridges())
                .put("bytes", generation.bytes())
                .put("missing", generation.missing())
                .put("written", generation.written())
                .put("proven", generation.proven())
                .put("problem", generation.problem());
    }

    static Json json(BufferStatus buffer) {
        return new Json()
                .put("chosen", buffer.chosen())
                .put("medium", buffer.medium())
                .put("bytes", buffer.bytes())
                .put("usedBytes", buffer.usedBytes())
                .put("hits", buffer.hits())
                .put("misses", buffer.misses())
                .put("bypassedBytes", buffer.bypassed())
                .put("waiting", buffer.waiting())
                .put("patienceSeconds", buffer.patience().toSeconds())
                .put("problem", buffer.problem());
    }

    static Details details(BufferStatus buffer) {
        return new Details()
                .put("chosen", buffer.chosen())
                .put("on medium", buffer.medium() == null ? "(none)" : buffer.medium())
                .bytes("size", buffer.bytes())
                .bytes("used", buffer.usedBytes())
                .put("found in it", Long.toString(buffer.hits()))
                .put("read from tape", Long.toString(buffer.misses()))
                .bytes("read past it", buffer.bypassed())
                .put("patience", TimeSpan.show(buffer.patience()))
                .put("waiting", buffer.waiting())
                .problem(buffer.problem());
    }
}

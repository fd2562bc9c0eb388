package org.hikae.shell.command;

import java.io.IOException;
import java.util.List;
import org.hikae.api.backup.Drill;
import org.hikae.api.disk.TrackingPoint;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationSurvey;
import org.hikae.api.media.Layout;
import org.hikae.shell.call.Call;
import org.hikae.shell.text.ByteCount;
import org.hikae.shell.text.Cell;
import org.hikae.shell.text.Json;
import org.hikae.shell.text.Style;
import org.hikae.shell.text.Table;
import org.hikae.shell.text.Times;

/** How generations look. */
final class GenerationViews {

    private GenerationViews() {}

    /** @param generations those to list */
    static Listing<GenerationInfo> listing(Call call, List<GenerationInfo> generations) throws IOException {
        GenerationNotes notes = GenerationNotes.of(call.services());
        Listing<GenerationInfo> listing = new Listing<GenerationInfo>(each -> notes.addTo(json(each), each.id()))
                .text("ID", GenerationInfo::id)
                .word("KIND", GenerationViews::kind)
                .text("PARENT", GenerationInfo::parent);
        if (generations.stream().anyMatch(each -> each.group() != null)) {
            listing.text("GROUP", GenerationInfo::groupName);
        }
        listing.word(
                        "INSTANT",
                        generation ->
                                Times.show(generation.instant(), call.caller().zone()))
                .number("SIZE", generation -> shown(generation, generation.size()))
                .number("DATA", generation -> shown(generation, generation.dataBytes()))
                .number("STORED", generation -> shown(generation, generation.storedBytes()))
                .text("MEDIUM", GenerationInfo::medium);
        if (generations.stream().anyMatch(each -> Layout.IMAGE.text().equals(each.layout()))) {
            listing.word("LAYOUT", GenerationInfo::layout);
        }
        List<String> ids = generations.stream().map(GenerationInfo::id).toList();
        if (ids.stream().map(notes::where).anyMatch(where -> where != null && !where.equals("disk"))) {
            listing.word("WHERE", each -> notes.where(each.id()));
        }
        if (ids.stream().anyMatch(notes::isMounted)) {
            listing.word("MOUNTED", each -> notes.isMounted(each.id()) ? "yes" : null);
        }
        if (ids.stream().anyMatch(id -> !notes.holders(id).isEmpty())) {
            listing.text("HELD", each -> String.join(", ", notes.holders(each.id())));
        }
        if (ids.stream().anyMatch(id -> notes.drill(id) != null)) {
            listing.column("PROVEN", Table.Kind.WORD, each -> proven(notes.drill(each.id()), call));
        }
        return listing.wrong("PROBLEM", GenerationInfo::problem);
    }

    /** The day, or that it could not be; a dash if nobody tried. */
    private static Cell proven(Drill drill, Call call) {
        if (drill == null) {
            return Cell.of(null);
        }
        String day = Times.day(drill.instant(), call.caller().zone());
        return drill.problem() == null ? new Cell(day, Style.GOOD) : new Cell("failed " + day, Style.BAD);
    }

    static String kind(GenerationInfo generation) {
        return generation.partial() ? "partial" : generation.kind();
    }

    /** A sentence for each medium that could not be looked at. */
    static List<String> unread(GenerationSurvey survey) {
        return survey.unread().stream()
                .map(medium -> "what is on medium '" + medium.medium() + "' is not known: " + medium.problem())
                .toList();
    }

    static Json json(GenerationInfo generation) {
        TrackingPoint point = generation.point();
        GenerationGroup group = generation.group();
        return new Json()
                .put("id", generation.id())
                .put("disk", generation.disk())
                .put("diskId", generation.diskId())
                .put("number", generation.number())
                .put("kind", generation.kind())
                .put("parent", generation.parent())
                .put("mark", generation.mark())
                .put("group", generation.groupName())
                .put("meta", group == null ? null : MetaOption.word(group.meta()))
                .put("groupList", group == null ? null : group.list())
                .put("lineage", point == null ? null : point.lineage())
                .put("epoch", point == null ? null : point.epoch())
                .put("instant", generation.instant())
                .put("format", generation.format())
                .known("size", known(generation, generation.size()))
                .known("blockSize", known(generation, generation.blockSize()))
                .known("blocks", known(generation, generation.blocks()))
                .known("ownBlocks", known(generation, generation.ownBlocks()))
                .known("dataBytes", known(generation, generation.dataBytes()))
                .known("storedBytes", known(generation, generation.storedBytes()))
                .known("loggedBlocks", known(generation, generation.loggedBlocks()))
                .put("layout", generation.layout())
                .put("placement", generation.placement())
                .put("medium", generation.medium())
                .put("logMedium", generation.logMedium())
                .known("pauseNanos", known(generation, generation.pauseNanos()))
                .put("problem", generation.problem());
    }

    /** Of a generation whose manifest cannot be read nothing is known but its name; its numbers say nothing. */
    static boolean isKnown(GenerationInfo generation) {
        return generation.blockSize() > 0;
    }

    /** The number; -1 if it is not known. */
    static long known(GenerationInfo generation, long number) {
        return isKnown(generation) ? number : -1;
    }

    private static String shown(GenerationInfo generation, long bytes) {
        return ByteCount.showOrDash(known(generation, bytes));
    }

    static String count(GenerationInfo generation, long number) {
        return isKnown(generation) ? Long.toString(number) : null;
    }
}

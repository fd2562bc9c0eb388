package org.hikae.shell.command;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.hikae.api.disk.TrackingPoint;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationSurvey;
import org.hikae.api.media.Layout;
import org.hikae.api.nbd.NbdServer;
import org.hikae.shell.call.Call;
import org.hikae.shell.text.ByteCount;
import org.hikae.shell.text.Json;
import org.hikae.shell.text.Times;

/** How generations look. */
final class GenerationViews {

    private GenerationViews() {}

    /** @param generations those to list */
    static Listing<GenerationInfo> listing(Call call, List<GenerationInfo> generations) {
        Set<String> mounted = mounted(call);
        Listing<GenerationInfo> listing = new Listing<GenerationInfo>(each -> json(each, mounted))
                .text("ID", GenerationInfo::id)
                .word("KIND", GenerationViews::kind)
                .text("PARENT", GenerationInfo::parent)
                .word(
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
        if (!mounted.isEmpty()) {
            listing.word("MOUNTED", each -> mounted.contains(each.id()) ? "yes" : null);
        }
        return listing.wrong("PROBLEM", GenerationInfo::problem);
    }

    /** With whether it is mounted. */
    static Json json(GenerationInfo generation, Set<String> mounted) {
        return json(generation).put("mounted", mounted.contains(generation.id()));
    }

    static Set<String> mounted(Call call) {
        return call.services().find(NbdServer.class).map(NbdServer::mounted).orElse(Set.of());
    }

    /** Null while nothing serves it. */
    static String uri(GenerationInfo generation, Call call) {
        return call.services()
                .find(NbdServer.class)
                .map(server -> server.uri(generation.id()))
                .orElse(null);
    }

    private static String kind(GenerationInfo generation) {
        return generation.partial() ? "partial" : generation.kind();
    }

    /** A sentence for each medium that could not be looked at. */
    static List<String> unread(GenerationSurvey survey) {
        return survey.unread().stream()
                .map(medium -> "what is on medium '" + medium.medium() + "' is not known: " + medium.problem())
                .toList();
    }

    /** @param chain the generation and all that it builds upon, the newest first */
    static Details details(List<GenerationInfo> chain, Call call) {
        GenerationInfo generation = chain.get(0);
        return new Details()
                .put("generation", generation.id())
                .put("kind", kind(generation))
                .put("builds upon", String.join(", ", ids(chain)))
                .put("since mark", generation.mark())
                .put("disk", generation.disk())
                .put("disk id", Details.text(generation.diskId()))
                .put(
                        "instant",
                        Times.showExactly(generation.instant(), call.caller().zone()))
                .put("format", generation.format())
                .bytes("size", known(generation, generation.size()))
                .bytes("block size", known(generation, generation.blockSize()))
                .put("blocks", count(generation, generation.blocks()))
                .put("blocks of its own", count(generation, generation.ownBlocks()))
                .bytes("data", known(generation, generation.dataBytes()))
                .bytes("stored", known(generation, generation.storedBytes()))
                .put("blocks from the log", count(generation, generation.loggedBlocks()))
                .put("layout", generation.layout())
                .put("log placement", generation.placement())
                .put("medium", generation.medium())
                .put("log medium", generation.logMedium())
                .put("pause", isKnown(generation) ? Times.show(Duration.ofNanos(generation.pauseNanos())) : null)
                .put("NBD", uri(generation, call))
                .problem(generation.problem());
    }

    private static List<String> ids(List<GenerationInfo> chain) {
        return chain.stream().skip(1).map(GenerationInfo::id).toList();
    }

    /** @param chain the generation and all that it builds upon, the newest first */
    static Json jsonOfChain(List<GenerationInfo> chain) {
        return json(chain.get(0)).put("chain", ids(chain));
    }

    static Json json(GenerationInfo generation) {
        TrackingPoint point = generation.point();
        return new Json()
                .put("id", generation.id())
                .put("disk", generation.disk())
                .put("diskId", generation.diskId())
                .put("number", generation.number())
                .put("kind", generation.kind())
                .put("parent", generation.parent())
                .put("mark", generation.mark())
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
    private static boolean isKnown(GenerationInfo generation) {
        return generation.blockSize() > 0;
    }

    /** The number; -1 if it is not known. */
    private static long known(GenerationInfo generation, long number) {
        return isKnown(generation) ? number : -1;
    }

    private static String shown(GenerationInfo generation, long bytes) {
        return ByteCount.showOrDash(known(generation, bytes));
    }

    private static String count(GenerationInfo generation, long number) {
        return isKnown(generation) ? Long.toString(number) : null;
    }
}

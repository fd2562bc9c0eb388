package org.hikae.shell.command;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.hikae.api.disk.TrackingPoint;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationSurvey;
import org.hikae.api.nbd.NbdServer;
import org.hikae.shell.call.Call;
import org.hikae.shell.text.ByteCount;
import org.hikae.shell.text.Json;
import org.hikae.shell.text.Times;

/** How generations look. */
final class GenerationViews {

    private GenerationViews() {}

    static Listing<GenerationInfo> listing(Call call) {
        Set<String> mounted = mounted(call);
        Listing<GenerationInfo> listing = new Listing<GenerationInfo>(each -> json(each, mounted))
                .text("ID", GenerationInfo::id)
                .word("KIND", GenerationViews::kind)
                .text("PARENT", GenerationInfo::parent)
                .text(
                        "INSTANT",
                        generation ->
                                Times.show(generation.instant(), call.caller().zone()))
                .number("SIZE", generation -> ByteCount.show(generation.size()))
                .number("DATA", generation -> ByteCount.show(generation.dataBytes()))
                .number("STORED", generation -> ByteCount.show(generation.storedBytes()))
                .text("MEDIUM", GenerationInfo::medium);
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
                .put("disk id", text(generation.diskId()))
                .put(
                        "instant",
                        Times.showExactly(generation.instant(), call.caller().zone()))
                .put("format", generation.format())
                .bytes("size", generation.size())
                .bytes("block size", generation.blockSize())
                .put("blocks", Long.toString(generation.blocks()))
                .put("blocks of its own", Long.toString(generation.ownBlocks()))
                .bytes("data", generation.dataBytes())
                .bytes("stored", generation.storedBytes())
                .put("blocks from the log", Long.toString(generation.loggedBlocks()))
                .put("log placement", generation.placement())
                .put("medium", generation.medium())
                .put("log medium", generation.logMedium())
                .put("pause", Times.show(Duration.ofNanos(generation.pauseNanos())))
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
                .put("size", generation.size())
                .put("blockSize", generation.blockSize())
                .put("blocks", generation.blocks())
                .put("ownBlocks", generation.ownBlocks())
                .put("dataBytes", generation.dataBytes())
                .put("storedBytes", generation.storedBytes())
                .put("loggedBlocks", generation.loggedBlocks())
                .put("placement", generation.placement())
                .put("medium", generation.medium())
                .put("logMedium", generation.logMedium())
                .put("pauseNanos", generation.pauseNanos())
                .put("problem", generation.problem());
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }
}

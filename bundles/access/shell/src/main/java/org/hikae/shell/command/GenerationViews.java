package org.hikae.shell.command;

import java.time.Duration;
import org.hikae.api.media.GenerationInfo;
import org.hikae.shell.call.Call;
import org.hikae.shell.text.ByteCount;
import org.hikae.shell.text.Json;
import org.hikae.shell.text.Times;

/** How generations look. */
final class GenerationViews {

    private GenerationViews() {}

    static Listing<GenerationInfo> listing(Call call) {
        return new Listing<>(GenerationViews::json)
                .text("ID", GenerationInfo::id)
                .word("KIND", GenerationInfo::kind)
                .word(
                        "INSTANT",
                        generation ->
                                Times.show(generation.instant(), call.caller().zone()))
                .number("SIZE", generation -> shown(generation, generation.size()))
                .number("DATA", generation -> shown(generation, generation.dataBytes()))
                .number("STORED", generation -> shown(generation, generation.storedBytes()))
                .text("MEDIUM", GenerationInfo::medium)
                .wrong("PROBLEM", GenerationInfo::problem);
    }

    static Details details(GenerationInfo generation, Call call) {
        return new Details()
                .put("generation", generation.id())
                .put("kind", generation.kind())
                .put("disk", generation.disk())
                .put("disk id", Details.text(generation.diskId()))
                .put(
                        "instant",
                        Times.showExactly(generation.instant(), call.caller().zone()))
                .put("format", generation.format())
                .bytes("size", known(generation, generation.size()))
                .bytes("block size", known(generation, generation.blockSize()))
                .put("blocks", count(generation, generation.blocks()))
                .bytes("data", known(generation, generation.dataBytes()))
                .bytes("stored", known(generation, generation.storedBytes()))
                .put("blocks from the log", count(generation, generation.loggedBlocks()))
                .put("log placement", generation.placement())
                .put("medium", generation.medium())
                .put("log medium", generation.logMedium())
                .put("pause", isKnown(generation) ? Times.show(Duration.ofNanos(generation.pauseNanos())) : null)
                .problem(generation.problem());
    }

    static Json json(GenerationInfo generation) {
        return new Json()
                .put("id", generation.id())
                .put("disk", generation.disk())
                .put("diskId", generation.diskId())
                .put("number", generation.number())
                .put("kind", generation.kind())
                .put("instant", generation.instant())
                .put("format", generation.format())
                .known("size", known(generation, generation.size()))
                .known("blockSize", known(generation, generation.blockSize()))
                .known("blocks", known(generation, generation.blocks()))
                .known("dataBytes", known(generation, generation.dataBytes()))
                .known("storedBytes", known(generation, generation.storedBytes()))
                .known("loggedBlocks", known(generation, generation.loggedBlocks()))
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

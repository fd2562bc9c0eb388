package org.hikae.shell.command;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.hikae.api.backup.Drill;
import org.hikae.api.group.Meta;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.Generations;
import org.hikae.api.nbd.NbdServer;
import org.hikae.shell.call.Call;
import org.hikae.shell.text.ByteCount;
import org.hikae.shell.text.Cell;
import org.hikae.shell.text.Json;
import org.hikae.shell.text.Times;

/**
 * All that is known of a generation.
 *
 * @param chain the generation and all that it builds upon, the newest first
 */
record GenerationDetails(List<GenerationInfo> chain, GenerationNotes notes, ChainCost cost, Call call) {

    static GenerationDetails of(List<GenerationInfo> chain, Call call) throws IOException {
        return new GenerationDetails(
                chain, GenerationNotes.of(call.services()), ChainCost.of(chain, call.service(Generations.class)), call);
    }

    private GenerationInfo generation() {
        return chain.get(0);
    }

    private String id() {
        return generation().id();
    }

    private List<String> parents() {
        return chain.stream().skip(1).map(GenerationInfo::id).toList();
    }

    /** Null while nothing serves it. */
    private String uri() {
        return call.services()
                .find(NbdServer.class)
                .map(server -> server.uri(id()))
                .orElse(null);
    }

    Json json() {
        return notes.addTo(GenerationViews.json(generation()), id())
                .put("chain", parents())
                .known("chainStoredBytes", cost.storedBytes())
                .put("generationsAsked", cost.asked())
                .put("readProblem", cost.problem())
                .put("nbd", uri());
    }

    Details forPeople() {
        Details details = new Details()
                .put("generation", id())
                .put("kind", GenerationViews.kind(generation()))
                .put("builds upon", String.join(", ", parents()))
                .put("chain", cost.show());
        addContent(details);
        addPlace(details);
        if (cost.problem() != null) {
            details.put("reading", Cell.problem(cost.problem()));
        }
        return details.put("held", String.join(", ", notes.holders(id())))
                .put("proven", proven())
                .put("NBD", uri())
                .problem(generation().problem());
    }

    private void addContent(Details details) {
        GenerationInfo it = generation();
        if (it.group() != null) {
            addGroup(details, it.group());
        }
        details.put("since mark", it.mark())
                .put("disk", it.disk())
                .put("disk id", Details.text(it.diskId()))
                .put("instant", Times.showExactly(it.instant(), call.caller().zone()))
                .put("format", it.format())
                .bytes("size", GenerationViews.known(it, it.size()))
                .bytes("block size", GenerationViews.known(it, it.blockSize()))
                .put("blocks", GenerationViews.count(it, it.blocks()))
                .put("blocks of its own", GenerationViews.count(it, it.ownBlocks()))
                .bytes("data", GenerationViews.known(it, it.dataBytes()));
    }

    private static void addGroup(Details details, GenerationGroup group) {
        details.put("group", group.name()).put("names of", group.meta() == Meta.ALL ? "all files" : "its files");
        group.list().forEach(line -> details.put("list", line));
    }

    private void addPlace(Details details) {
        GenerationInfo it = generation();
        Duration pause = GenerationViews.isKnown(it) ? Duration.ofNanos(it.pauseNanos()) : null;
        details.bytes("stored", GenerationViews.known(it, it.storedBytes()))
                .put("blocks from the log", GenerationViews.count(it, it.loggedBlocks()))
                .put("layout", it.layout())
                .put("log placement", it.placement())
                .put("medium", it.medium())
                .put("log medium", it.logMedium())
                .put("data is on", notes.where(id()))
                .put("pause", pause == null ? null : Times.show(pause));
    }

    private Cell proven() {
        Drill drill = notes.drill(id());
        if (drill == null) {
            return Cell.of("never; see 'generation drill --help'");
        }
        String when = Times.show(drill.instant(), call.caller().zone());
        if (drill.problem() != null) {
            return Cell.problem(when + ", failed: " + drill.problem());
        }
        String checker = drill.checker() == null ? "no file system" : drill.checker();
        String files = drill.files() + (drill.files() == 1 ? " file" : " files");
        return Cell.of(when + ", " + checker + ", " + files + ", " + ByteCount.show(drill.bytes()));
    }
}

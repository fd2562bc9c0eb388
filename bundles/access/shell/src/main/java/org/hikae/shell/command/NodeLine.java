package org.hikae.shell.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hikae.api.node.Node;
import org.hikae.api.node.NodeStatistics;
import org.hikae.api.node.Nodes;
import org.hikae.shell.text.ByteCount;
import org.hikae.shell.text.Json;

/**
 * A node that is configured.
 *
 * @param node null while it is down
 */
record NodeLine(String name, Node node) {

    static final Listing<NodeLine> LISTING = new Listing<>(NodeLine::json)
            .text("NAME", NodeLine::name)
            .word("STATE", NodeLine::state)
            .number("INCARNATION", line -> line.node == null ? null : Long.toString(line.node.incarnation()))
            .number("DISKS", line -> line.show(statistics -> Integer.toString(statistics.disks())))
            .number("READ", line -> line.show(statistics -> ByteCount.show(statistics.bytesRead())))
            .number("WRITTEN", line -> line.show(statistics -> ByteCount.show(statistics.bytesWritten())))
            .number("LOGGED", line -> line.show(statistics -> ByteCount.show(statistics.bytesLogged())))
            .number("CACHED", line -> line.show(statistics -> ByteCount.show(statistics.cachedBytes())))
            .number("DIRTY", line -> line.show(statistics -> ByteCount.show(statistics.dirtyBytes())));

    /** What programs are told of a node's life, by field. */
    private static final Map<String, Function<NodeStatistics, Object>> FIGURES = new LinkedHashMap<>();

    static {
        FIGURES.put("disks", NodeStatistics::disks);
        FIGURES.put("bytesRead", NodeStatistics::bytesRead);
        FIGURES.put("bytesWritten", NodeStatistics::bytesWritten);
        FIGURES.put("bytesLogged", NodeStatistics::bytesLogged);
        FIGURES.put("cacheBytes", NodeStatistics::cacheBytes);
        FIGURES.put("cachedBytes", NodeStatistics::cachedBytes);
        FIGURES.put("dirtyBytes", NodeStatistics::dirtyBytes);
        FIGURES.put("bytesHit", NodeStatistics::bytesHit);
        FIGURES.put("bytesWrittenOut", NodeStatistics::bytesWrittenOut);
        FIGURES.put("waits", NodeStatistics::waits);
        FIGURES.put("requests", NodeStatistics::requests);
        FIGURES.put("recalls", NodeStatistics::recalls);
    }

    /** Those that are up and those that are down, by name. */
    static List<NodeLine> all(Nodes nodes) {
        List<NodeLine> lines = new ArrayList<>();
        nodes.list().forEach(node -> lines.add(new NodeLine(node.name(), node)));
        nodes.down().forEach(name -> lines.add(new NodeLine(name, null)));
        lines.sort(Comparator.comparing(NodeLine::name));
        return lines;
    }

    private String state() {
        return node == null ? "down" : "up";
    }

    /** Null while it is down. */
    private String show(Function<NodeStatistics, String> figure) {
        return node == null ? null : figure.apply(node.statistics());
    }

    /** All figures are null while it is down. */
    private Json json() {
        Json json = new Json()
                .put("name", name)
                .put("state", state())
                .put("incarnation", node == null ? null : node.incarnation());
        NodeStatistics statistics = node == null ? null : node.statistics();
        FIGURES.forEach((name, figure) -> json.put(name, statistics == null ? null : figure.apply(statistics)));
        return json;
    }
}

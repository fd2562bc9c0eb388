package org.hikae.shell.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
            .number("LOGGED", line -> line.show(statistics -> ByteCount.show(statistics.bytesLogged())));

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

    private Json json() {
        NodeStatistics statistics = node == null ? null : node.statistics();
        return new Json()
                .put("name", name)
                .put("state", state())
                .put("incarnation", node == null ? null : node.incarnation())
                .put("disks", statistics == null ? null : statistics.disks())
                .put("bytesRead", statistics == null ? null : statistics.bytesRead())
                .put("bytesWritten", statistics == null ? null : statistics.bytesWritten())
                .put("bytesLogged", statistics == null ? null : statistics.bytesLogged());
    }
}

package org.hikae.shell.command;

import java.io.IOException;
import org.hikae.api.node.Node;
import org.hikae.api.node.NodeStatistics;
import org.hikae.api.node.Nodes;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.Thing;
import org.hikae.shell.text.ByteCount;
import org.hikae.shell.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "node", description = "The computers that read and write the shared disks.")
final class NodeCommand extends Thing {

    static final Listing<Node> LISTING = new Listing<>(NodeCommand::json)
            .text("NAME", Node::name)
            .number("INCARNATION", node -> Long.toString(node.incarnation()))
            .number("DISKS", node -> Integer.toString(node.statistics().disks()))
            .number("READ", node -> ByteCount.show(node.statistics().bytesRead()))
            .number("WRITTEN", node -> ByteCount.show(node.statistics().bytesWritten()))
            .number("LOGGED", node -> ByteCount.show(node.statistics().bytesLogged()));

    NodeCommand(Call call) {
        super(call);
    }

    @Command(name = "add", description = "Add a node to this platform.", footer = "  node add n2")
    void add(@Parameters(paramLabel = "NAME", description = "What to call it.") String name) throws IOException {
        call.say("node " + call.service(Nodes.class).add(name).name() + " is added");
    }

    @Command(
            name = "list",
            description = "List the nodes, and what each has done since its start.",
            footer = "  node list")
    void list(@Mixin JsonOption json) throws IOException {
        IgnoredFiles.note(call, IgnoredFiles.NODES);
        LISTING.print(call, json.on, call.service(Nodes.class).list(), "there are no nodes; see 'node add --help'");
    }

    @Command(
            name = "remove",
            description = "Remove a node. Its writes in flight end first.",
            footer = "  node remove n2")
    void remove(@Parameters(paramLabel = "NODE", description = "Name of the node.") String name) throws IOException {
        call.service(Nodes.class).remove(name);
        call.say("node " + name + " is removed");
    }

    @Command(
            name = "read",
            description = "Read bytes of a disk through a node.",
            footer = {
                "  node read n1 data --at 0 --length 1MiB --to head.bin",
                "  node read n1 data --at 4096 --length 512 --to -"
            })
    void read(
            @Parameters(paramLabel = "NODE", description = "Name of the node.") String node,
            @Parameters(paramLabel = "DISK", description = "Name of the disk.") String disk,
            @Option(names = "--at", paramLabel = "OFFSET", required = true, description = "Where on the disk to begin.")
                    ByteCount at,
            @Option(names = "--length", paramLabel = "N", required = true, description = "How much to read.")
                    ByteCount length,
            @Option(
                            names = "--to",
                            paramLabel = "FILE",
                            required = true,
                            description = "The file to write, replaced once all is read; - for standard output.")
                    String file)
            throws IOException {
        new Transfer(call, call.service(Nodes.class).get(node), disk).read(at.bytes(), length.bytes(), file);
    }

    @Command(
            name = "write",
            description = "Write bytes to a disk through a node.",
            footer = {"  node write n1 data --at 0 --from head.bin", "  node write n1 data --at 1MiB --from -"})
    void write(
            @Parameters(paramLabel = "NODE", description = "Name of the node.") String node,
            @Parameters(paramLabel = "DISK", description = "Name of the disk.") String disk,
            @Option(names = "--at", paramLabel = "OFFSET", required = true, description = "Where on the disk to begin.")
                    ByteCount at,
            @Option(
                            names = "--from",
                            paramLabel = "FILE",
                            required = true,
                            description = "The file to read, all of it; - for standard input.")
                    String file)
            throws IOException {
        new Transfer(call, call.service(Nodes.class).get(node), disk).write(at.bytes(), file);
    }

    @Command(
            name = "flush",
            description = "Make everything that a node has written durable on its disks.",
            footer = "  node flush n1")
    void flush(@Parameters(paramLabel = "NODE", description = "Name of the node.") String node) throws IOException {
        call.service(Nodes.class).get(node).flush();
        call.say("node " + node + " is flushed");
    }

    private static Json json(Node node) {
        NodeStatistics statistics = node.statistics();
        return new Json()
                .put("name", node.name())
                .put("incarnation", node.incarnation())
                .put("disks", statistics.disks())
                .put("bytesRead", statistics.bytesRead())
                .put("bytesWritten", statistics.bytesWritten())
                .put("bytesLogged", statistics.bytesLogged());
    }
}

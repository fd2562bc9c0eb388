package org.hikae.shell.command;

import java.io.IOException;
import java.util.List;
import org.hikae.api.node.Node;
import org.hikae.api.node.NodeSettings;
import org.hikae.api.node.Nodes;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.Thing;
import org.hikae.shell.call.UsageException;
import org.hikae.shell.text.ByteCount;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "node", description = "The computers that read and write the shared disks.")
final class NodeCommand extends Thing {

    private static final long SMALLEST_CACHE = 1 << 20;

    NodeCommand(Call call) {
        super(call);
    }

    @Command(
            name = "add",
            description = "Add a node to this platform.",
            footer = {"  node add n2", "  node add n2 --cache 256MiB"})
    void add(
            @Parameters(paramLabel = "NAME", description = "What to call it.") String name,
            @Option(
                            names = "--cache",
                            paramLabel = "SIZE",
                            description = "Memory for its write cache, at least 1MiB; 64MiB if not given.")
                    ByteCount cache,
            @Option(
                            names = "--temporary-log",
                            paramLabel = "DIR",
                            description =
                                    "Folder where the node keeps before-images while backups with --gather per-node run; one"
                                            + " in the home if not given.")
                    String temporaryLog)
            throws IOException {
        if (cache != null && cache.bytes() < SMALLEST_CACHE) {
            throw new UsageException("a write cache has at least 1MiB, not " + cache.bytes() + " bytes");
        }
        Node node = call.service(Nodes.class)
                .add(
                        name,
                        new NodeSettings(
                                cache == null ? 0 : cache.bytes(),
                                temporaryLog == null ? null : call.path(temporaryLog)));
        call.say("node " + node.name() + " is added");
    }

    @Command(
            name = "list",
            description = "List the nodes, whether they are up, and what each has done since its start.",
            footer = "  node list")
    void list(@Mixin JsonOption json) throws IOException {
        IgnoredFiles.note(call, IgnoredFiles.NODES);
        List<NodeLine> nodes = NodeLine.all(call.service(Nodes.class));
        NodeLine.LISTING.print(call, json.on, nodes, "there are no nodes; see 'node add --help'");
    }

    @Command(
            name = "kill",
            description =
                    "Take a node down as a loss of its power would: what it has not written to a disk is lost, and"
                            + " nothing else is. It stays configured.",
            footer = "  node kill n2")
    void kill(@Parameters(paramLabel = "NODE", description = "Name of the node.") String name) throws IOException {
        call.service(Nodes.class).kill(name);
        call.say("node " + name + " is down; see 'node start --help'");
    }

    @Command(name = "start", description = "Start a node that was killed.", footer = "  node start n2")
    void start(@Parameters(paramLabel = "DOWN-NODE", description = "Name of the node.") String name)
            throws IOException {
        Node node = call.service(Nodes.class).start(name);
        call.say("node " + name + " is up, as incarnation " + node.incarnation());
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
}

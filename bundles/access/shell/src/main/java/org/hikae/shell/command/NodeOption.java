package org.hikae.shell.command;

import java.io.IOException;
import org.hikae.shell.call.Call;
import picocli.CommandLine.Option;

/** Which node does what a command asks for. */
final class NodeOption {

    @Option(names = "--node", paramLabel = "NODE", description = "The node that does it; the first one if not given.")
    String name;

    /** The files of the shared file systems, as that node has them. */
    NodeFiles files(Call call) throws IOException {
        return NodeFiles.of(call.services(), name);
    }
}

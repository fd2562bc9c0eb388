package org.hikae.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.copy.CopyLimits;
import org.hikae.api.node.Node;
import org.hikae.api.node.Nodes;

/** The nodes that copy (a.12). */
final class Copiers {

    private Copiers() {}

    /**
     * Those that were chosen; all, if none was.
     *
     * @throws IOException if one is not there or is named twice, or a node has a limit and does not copy
     */
    static List<Node> of(BackupRequest request, Nodes nodes) throws IOException {
        List<Node> copiers = request.nodes().isEmpty() ? nodes.list() : named(request.nodes(), nodes);
        if (copiers.isEmpty()) {
            throw new IOException("no node is up that could copy disk '" + request.disk() + "': start one");
        }
        Set<String> names = copiers.stream().map(Node::name).collect(Collectors.toCollection(TreeSet::new));
        for (String limited : limited(request.limits())) {
            if (!names.contains(nodes.get(limited).name())) {
                throw new IOException("node '" + limited + "' has a limit and does not copy: "
                        + String.join(", ", names) + " do; name it among them, or leave its limit out");
            }
        }
        return copiers;
    }

    private static List<Node> named(List<String> names, Nodes nodes) throws IOException {
        Set<String> known = new HashSet<>();
        List<Node> copiers = new ArrayList<>();
        for (String name : names) {
            if (!known.add(name)) {
                throw new IOException("node '" + name + "' is named twice among those that copy: name it once; it has"
                        + " as many workers as there are for it");
            }
            copiers.add(nodes.get(name));
        }
        return copiers;
    }

    private static Set<String> limited(CopyLimits limits) {
        Set<String> names = new TreeSet<>(limits.nodeBytesPerSecond().keySet());
        names.addAll(limits.nodeWorkers().keySet());
        return names;
    }
}

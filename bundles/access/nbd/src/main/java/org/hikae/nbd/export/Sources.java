package org.hikae.nbd.export;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.disk.Disks;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.Generations;
import org.hikae.api.node.Node;
import org.hikae.api.node.Nodes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the platform has to export: disks and generations by the names that clients use. Thread-safe. */
final class Sources {

    private static final Logger LOG = LoggerFactory.getLogger(Sources.class);
    private static final String USUAL_NODE = "n1";

    private final Disks disks;
    private final Nodes nodes;
    /** Gives null while there is no such unit. */
    private final Supplier<Generations> generations;

    Sources(Disks disks, Nodes nodes, Supplier<Generations> generations) {
        this.disks = disks;
        this.nodes = nodes;
        this.generations = generations;
    }

    /**
     * What the name stands for: {@code DISK}, {@code NODE/DISK} or {@code DISK@N}.
     *
     * @throws IOException if it is no such name, or the platform has no such node
     */
    Source find(String name) throws IOException {
        if (name.isEmpty()) {
            throw new IOException("there is no default export: give the name of a disk or a generation");
        }
        int slash = name.indexOf('/');
        if (slash >= 0) {
            return onNode(nodes.get(name.substring(0, slash)), name.substring(slash + 1));
        } else if (name.indexOf('@') >= 0) {
            return new GenerationSource(name, generations());
        }
        return new DiskSource(name, usualNode(), name);
    }

    private Source onNode(Node node, String disk) throws IOException {
        boolean usual = node.equals(usualNode());
        return new DiskSource(usual ? disk : node.name() + "/" + disk, node, disk);
    }

    private Generations generations() throws IOException {
        Generations there = generations.get();
        if (there == null) {
            throw new IOException("there are no generations now, for their unit is not there");
        }
        return there;
    }

    /** The node that disks are exported through where none is named. */
    private Node usualNode() throws IOException {
        List<Node> all = nodes.list();
        if (all.isEmpty()) {
            throw new IOException("there is no node to go through; see 'node add --help'");
        }
        return all.stream()
                .filter(node -> node.name().equals(USUAL_NODE))
                .findFirst()
                .orElse(all.get(0));
    }

    List<DiskStatus> disks() {
        return disks.list();
    }

    /** The generations that can be found; that others cannot is no reason to hide these. */
    List<GenerationInfo> listGenerations() {
        Generations there = generations.get();
        try {
            return there == null ? List.of() : there.list();
        } catch (IOException e) {
            LOG.warn("Generations are not listed: {}", e.getMessage());
            return List.of();
        }
    }

    /** What can be opened, perhaps. */
    List<Catalogue.Entry> entries() {
        List<Catalogue.Entry> entries = new ArrayList<>();
        for (DiskStatus disk : disks()) {
            if (disk.problem() == null) {
                entries.add(new Catalogue.Entry(disk.name(), DiskSource.describe(disk.name())));
            }
        }
        for (GenerationInfo generation : listGenerations()) {
            if (generation.problem() == null) {
                entries.add(new Catalogue.Entry(generation.id(), GenerationSource.describe(generation)));
            }
        }
        return entries;
    }
}

package org.hikae.shell.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hikae.api.node.Node;
import org.hikae.api.node.NodeSettings;
import org.hikae.api.node.Nodes;

/** Nodes that all see one device, and one folder for each disk with a shared file system. */
final class FakeNodes implements Nodes {

    final MemoryDevice device = new MemoryDevice(3 << 20);
    final Map<String, Node> nodes = new TreeMap<>();
    final TreeSet<String> down = new TreeSet<>();
    final Map<String, NodeSettings> settings = new TreeMap<>();
    /** Bounds of caches, by node. */
    final Map<String, Long> caches = new TreeMap<>();
    /** By disk. */
    final Map<String, Path> folders = new TreeMap<>();

    final List<String> flushed = new ArrayList<>();

    FakeNodes() {
        add("n1", NodeSettings.USUAL);
    }

    @Override
    public List<Node> list() {
        return List.copyOf(nodes.values());
    }

    @Override
    public Node get(String name) throws IOException {
        if (!nodes.containsKey(name)) {
            throw new IOException("there is no node " + name);
        }
        return nodes.get(name);
    }

    @Override
    public Node add(String name, NodeSettings chosen) {
        settings.put(name, chosen);
        caches.put(name, chosen.cacheBytes() == 0 ? 64L << 20 : chosen.cacheBytes());
        nodes.put(name, new FakeNode(name, this));
        return nodes.get(name);
    }

    @Override
    public void kill(String name) throws IOException {
        get(name);
        nodes.remove(name);
        down.add(name);
    }

    @Override
    public Node start(String name) throws IOException {
        if (!down.remove(name)) {
            throw new IOException("there is no node " + name + " that is down");
        }
        return add(name, settings.get(name));
    }

    @Override
    public List<String> down() {
        return List.copyOf(down);
    }

    @Override
    public void remove(String name) throws IOException {
        get(name);
        nodes.remove(name);
    }
}

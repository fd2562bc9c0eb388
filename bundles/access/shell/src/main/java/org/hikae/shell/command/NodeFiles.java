package org.hikae.shell.command;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.api.node.Node;
import org.hikae.api.node.Nodes;
import org.hikae.shell.call.Services;

/** Files of shared file systems through one node. Each is opened when it is first asked for, and closed with this. */
final class NodeFiles implements Closeable {

    private final Node node;
    private final Map<String, FileSystem> open = new TreeMap<>();

    private NodeFiles(Node node) {
        this.node = node;
    }

    /** @param name of the node; null for the first one */
    static NodeFiles of(Services services, String name) throws IOException {
        Nodes nodes = services.get(Nodes.class);
        if (name != null) {
            return new NodeFiles(nodes.get(name));
        }
        List<Node> up = nodes.list();
        if (up.isEmpty()) {
            throw new IOException("no node is up; see 'node list'");
        }
        return new NodeFiles(up.get(0));
    }

    /** The file of a path, whether it is there or not. */
    Path at(DiskPath path) throws IOException {
        FileSystem fileSystem = open.get(path.disk());
        if (fileSystem == null) {
            fileSystem = node.fileSystem(path.disk());
            open.put(path.disk(), fileSystem);
        }
        try {
            return fileSystem.getPath(path.path());
        } catch (InvalidPathException e) {
            throw new IOException(path + " cannot be a path: " + e.getReason(), e);
        }
    }

    /** A file as people name it; of the machine's files, the path alone. */
    String show(Path file) {
        for (Map.Entry<String, FileSystem> each : open.entrySet()) {
            if (each.getValue().equals(file.getFileSystem())) {
                return each.getKey() + DiskPath.SEPARATOR + file;
            }
        }
        return file.toString();
    }

    /** Makes durable what the node has written: only then it is known that all could be written. */
    void flush() throws IOException {
        node.flush();
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (FileSystem fileSystem : open.values()) {
            try {
                fileSystem.close();
            } catch (IOException e) {
                failure = failure == null ? e : failure;
            }
        }
        open.clear();
        if (failure != null) {
            throw failure;
        }
    }
}

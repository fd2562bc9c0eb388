package org.hikae.api.node;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The nodes in this JVM, kept as OSGi configurations of the factory PID {@code org.hikae.node}. A platform that has
 * none configured has the node {@code n1}.
 */
@ProviderType
public interface Nodes {

    /** The nodes by name. */
    List<Node> list();

    /** @throws IOException if there is no such node */
    Node get(String name) throws IOException;

    /**
     * Adds a node, durably; it takes part in the backups under way at once (R9).
     *
     * @throws IOException if the name is taken or not allowed
     */
    default Node add(String name) throws IOException {
        return add(name, NodeSettings.USUAL);
    }

    /**
     * As {@link #add(String)}.
     *
     * @throws IOException if the name is taken or not allowed, there is not enough memory for the cache, or another node has
     *     the folder
     */
    Node add(String name, NodeSettings settings) throws IOException;

    /**
     * Takes a node down as a loss of its power would: what it has not written out is lost, and its writes in flight end; it
     * can write no more (R16). It stays configured, and {@link #start} brings it back.
     *
     * @throws IOException if there is no such node, or it is down
     */
    void kill(String name) throws IOException;

    /**
     * Starts a node that was killed, as a new incarnation.
     *
     * @throws IOException if there is no such node, or it is up
     */
    Node start(String name) throws IOException;

    /** The names of nodes that are configured and down. */
    List<String> down();

    /**
     * Removes a node. Its writes in flight end first, then it can write no more; backups under way go on with what it
     * has logged.
     *
     * @throws IOException if there is no such node, or it is the last one
     */
    void remove(String name) throws IOException;
}

package org.hikae.api.node;

import java.io.IOException;

/** The node was removed or taken down: it can neither read nor write any more. */
public class NodeGoneException extends IOException {

    private static final long serialVersionUID = 1;

    public NodeGoneException(String node) {
        super("node " + node + " is gone: it was removed or taken down");
    }
}

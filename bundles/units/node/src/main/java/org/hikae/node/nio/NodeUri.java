package org.hikae.node.nio;

import java.net.URI;
import java.net.URISyntaxException;

/** Addresses of files: {@code hikae://node@disk/directory/file}. */
final class NodeUri {

    static final String SCHEME = "hikae";

    private NodeUri() {}

    static String authority(String node, String disk) {
        return node + "@" + disk;
    }

    /** @param path absolute */
    static URI of(String authority, String path) {
        try {
            return new URI(SCHEME, authority, path, null, null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("no URI can be made of " + path, e);
        }
    }

    /** @throws IllegalArgumentException if it is not the address of a file in a node's file system */
    static void check(URI uri) {
        boolean ours = SCHEME.equalsIgnoreCase(uri.getScheme())
                && uri.getAuthority() != null
                && uri.getPath() != null
                && uri.getQuery() == null
                && uri.getFragment() == null;
        if (!ours) {
            throw new IllegalArgumentException(uri + " is not of the form " + SCHEME + "://NODE@DISK/PATH");
        }
    }
}

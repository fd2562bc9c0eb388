package org.hikae.api.node;

import java.nio.file.Path;

/**
 * What a node is made with.
 *
 * @param cacheBytes bound of its write cache in bytes, 1 MiB or more; 0: the usual one, 64 MiB
 * @param temporaryLog folder of its temporary log medium (31), absolute; null: a folder in the home
 */
public record NodeSettings(long cacheBytes, Path temporaryLog) {

    public static final NodeSettings USUAL = new NodeSettings(0, null);
}

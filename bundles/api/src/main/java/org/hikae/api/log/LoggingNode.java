package org.hikae.api.log;

import java.nio.file.Path;

/**
 * An incarnation of a node that takes part in a backup.
 *
 * @param temporary folder of the node's temporary log medium (31), which may not be there yet; its own alone
 */
public record LoggingNode(String name, long incarnation, Path temporary) {}

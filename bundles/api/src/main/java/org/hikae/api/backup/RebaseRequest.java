package org.hikae.api.backup;

/**
 * A chain to bring to another medium.
 *
 * @param generation id of the newest
 * @param medium name of the medium
 * @param merged true: as one full generation
 */
public record RebaseRequest(String generation, String medium, boolean merged) {}

package org.hikae.api.media;

import java.util.List;

/**
 * What an eviction has done (c.3).
 *
 * @param generation the generation whose data lies in the second tier alone now
 * @param bytes that were freed on its media
 * @param shared names of objects that stay since other generations, which are not evicted, have them too
 */
public record Eviction(String generation, long bytes, List<String> shared) {}

package org.hikae.api.media;

/**
 * Generations to make one of (a.10).
 *
 * @param from id of the oldest
 * @param to id of the newest, which builds upon the oldest, directly or not, or is the same; the result bears its name
 * @param medium name of the medium that the result goes to; null: the one that {@code to} is on
 */
public record MergeRequest(String from, String to, String medium) {}

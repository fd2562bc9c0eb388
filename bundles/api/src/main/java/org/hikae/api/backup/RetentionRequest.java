package org.hikae.api.backup;

/**
 * A {@link Retention} to keep to.
 *
 * @param disk name of the disk whose generations are meant, all those of other groups aside
 * @param group name of the group whose generations are meant; null: those of the whole disk
 * @param remove true: what is not kept, and upon which nothing builds that is, is removed; false: it stays, since it can become
 *     part of nothing
 */
public record RetentionRequest(String disk, String group, Retention keep, boolean remove) {}

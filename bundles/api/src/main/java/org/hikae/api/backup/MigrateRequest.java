package org.hikae.api.backup;

/**
 * A {@link TapePolicy} to keep to.
 *
 * @param disk name of the disk whose generations are meant; null: all generations
 * @param group name of the disk's group whose generations are meant, and of no other; null: those of the whole disk
 */
public record MigrateRequest(String disk, String group, TapePolicy policy) {

    public MigrateRequest {
        if (disk == null && group != null) {
            throw new IllegalArgumentException("group " + group + " is of no disk");
        }
    }
}

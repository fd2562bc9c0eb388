package org.hikae.node.nio;

import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;

/** A user, or a group. Two of the same number are the same, whatever they are called. */
sealed class Principal implements UserPrincipal {

    private final long id;
    private final String name;

    /** @param id 0 to 2^32-1 */
    Principal(long id, String name) {
        this.id = id;
        this.name = name;
    }

    long id() {
        return id;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Principal that && that.getClass() == getClass() && that.id == id;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id);
    }

    @Override
    public String toString() {
        return name;
    }

    /** A group. */
    static final class Group extends Principal implements GroupPrincipal {

        Group(long id, String name) {
            super(id, name);
        }
    }
}

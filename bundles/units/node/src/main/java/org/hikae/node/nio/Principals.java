package org.hikae.node.nio;

import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Objects;

/** Users and groups, which file systems know by number: found by the names that the system has for them, or by number. */
final class Principals extends UserPrincipalLookupService {

    private final SystemNames users;
    private final SystemNames groups;

    Principals(SystemNames users, SystemNames groups) {
        this.users = users;
        this.groups = groups;
    }

    static Principals ofSystem() {
        return new Principals(new SystemNames(Path.of("/etc/passwd")), new SystemNames(Path.of("/etc/group")));
    }

    Principal user(long id) {
        return new Principal(id, users.name(id).orElseGet(() -> Long.toString(id)));
    }

    Principal.Group group(long id) {
        return new Principal.Group(id, groups.name(id).orElseGet(() -> Long.toString(id)));
    }

    @Override
    public Principal lookupPrincipalByName(String name) throws UserPrincipalNotFoundException {
        return user(id(users, name));
    }

    @Override
    public Principal.Group lookupPrincipalByGroupName(String name) throws UserPrincipalNotFoundException {
        return group(id(groups, name));
    }

    private static long id(SystemNames names, String name) throws UserPrincipalNotFoundException {
        Long known = names.id(Objects.requireNonNull(name)).orElse(null);
        if (known != null) {
            return known;
        }
        if (!name.matches("[0-9]{1,10}") || Long.parseLong(name) >= 1L << 32) {
            throw new UserPrincipalNotFoundException(name);
        }
        return Long.parseLong(name);
    }

    /** @throws ProviderMismatchException if it is a user of another file system */
    static long id(UserPrincipal user) {
        if (Objects.requireNonNull(user) instanceof Principal ours && !(ours instanceof Principal.Group)) {
            return ours.id();
        }
        throw new ProviderMismatchException(user + " is no user of this file system");
    }

    /** @throws ProviderMismatchException if it is a group of another file system */
    static long id(GroupPrincipal group) {
        if (Objects.requireNonNull(group) instanceof Principal.Group ours) {
            return ours.id();
        }
        throw new ProviderMismatchException(group + " is no group of this file system");
    }
}

package org.hikae.node.nio;

import java.io.IOException;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.hikae.api.shared.AttributeChange;

/** Owner and permissions too. */
final class PosixView extends BasicView implements PosixFileAttributeView {

    PosixView(NodePath path, boolean follow) {
        super(path, follow);
    }

    @Override
    public String name() {
        return "posix";
    }

    @Override
    public void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
        change(AttributeChange.mode(Mode.bits(permissions)));
    }

    @Override
    public UserPrincipal getOwner() throws IOException {
        return readAttributes().owner();
    }

    @Override
    public void setOwner(UserPrincipal owner) throws IOException {
        change(AttributeChange.owner(Principals.id(owner), null));
    }

    @Override
    public void setGroup(GroupPrincipal group) throws IOException {
        change(AttributeChange.owner(null, Principals.id(group)));
    }
}

package org.hikae.node.nio;

import java.io.IOException;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.UserPrincipal;

/** The owner alone. */
record OwnerView(PosixView posix) implements FileOwnerAttributeView {

    @Override
    public String name() {
        return "owner";
    }

    @Override
    public UserPrincipal getOwner() throws IOException {
        return posix.getOwner();
    }

    @Override
    public void setOwner(UserPrincipal owner) throws IOException {
        posix.setOwner(owner);
    }
}

package org.hikae.node.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileName;

/** What users note on a file: its extended attributes {@code user.*}, without the prefix. */
final class UserView implements UserDefinedFileAttributeView {

    private static final String PREFIX = "user.";

    private final NodePath path;
    private final boolean follow;

    UserView(NodePath path, boolean follow) {
        this.path = path;
        this.follow = follow;
    }

    @Override
    public String name() {
        return "user";
    }

    @Override
    public List<String> list() throws IOException {
        return all().stream()
                .map(attribute -> attribute.name().toString())
                .filter(name -> name.startsWith(PREFIX))
                .map(name -> name.substring(PREFIX.length()))
                .toList();
    }

    private List<ExtendedAttribute> all() throws IOException {
        return path.getFileSystem().files().extendedAttributes(path, follow);
    }

    byte[] value(String name) throws IOException {
        for (ExtendedAttribute attribute : all()) {
            if (attribute.name().equals(full(name))) {
                return attribute.value().clone();
            }
        }
        throw new FileSystemException(path.toString(), null, "there is no attribute '" + name + "'");
    }

    private static FileName full(String name) {
        return FileName.parse(PREFIX + name);
    }

    @Override
    public int size(String name) throws IOException {
        return value(name).length;
    }

    @Override
    public int read(String name, ByteBuffer into) throws IOException {
        byte[] value = value(name);
        if (value.length > into.remaining()) {
            throw new FileSystemException(
                    path.toString(),
                    null,
                    "attribute '" + name + "' has " + value.length + " bytes, but the buffer has room for "
                            + into.remaining());
        }
        into.put(value);
        return value.length;
    }

    @Override
    public int write(String name, ByteBuffer value) throws IOException {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        path.getFileSystem().files().setExtendedAttribute(path, follow, full(name), bytes);
        value.position(value.limit());
        return bytes.length;
    }

    @Override
    public void delete(String name) throws IOException {
        path.getFileSystem().files().setExtendedAttribute(path, follow, full(name), null);
    }
}

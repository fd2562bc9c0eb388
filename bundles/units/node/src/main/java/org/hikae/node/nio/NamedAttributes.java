package org.hikae.node.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.hikae.api.shared.AttributeChange;

/** Reads and sets attributes of a file that are named as {@code view:attribute}. */
final class NamedAttributes {

    private final PosixView posix;
    private final UserView user;

    NamedAttributes(NodePath path, boolean follow) {
        this.posix = new PosixView(path, follow);
        this.user = new UserView(path, follow);
    }

    /** @throws UnsupportedOperationException if there is no such view */
    Map<String, Object> read(String attributes) throws IOException {
        String names = name(attributes);
        return switch (view(attributes)) {
            case "basic" -> read(AttributeNames.BASIC.pick(names));
            case "posix" -> read(AttributeNames.POSIX.pick(names));
            case "unix" -> read(AttributeNames.UNIX.pick(names));
            case "owner" -> owner(names);
            case "user" -> user(names);
            default -> throw noView(attributes);
        };
    }

    private Map<String, Object> read(Map<String, Function<FileStatus, Object>> wanted) throws IOException {
        FileStatus status = posix.readAttributes();
        Map<String, Object> values = new LinkedHashMap<>();
        wanted.forEach((name, attribute) -> values.put(name, attribute.apply(status)));
        return values;
    }

    private Map<String, Object> owner(String names) throws IOException {
        if (!names.equals("owner") && !names.equals("*")) {
            throw AttributeNames.unknown(names);
        }
        return Map.of("owner", posix.getOwner());
    }

    private Map<String, Object> user(String names) throws IOException {
        List<String> wanted = names.equals("*") ? user.list() : List.of(names.split(","));
        Map<String, Object> values = new LinkedHashMap<>();
        for (String name : wanted) {
            values.put(name, user.value(name));
        }
        return values;
    }

    /**
     * Sets one attribute.
     *
     * @throws UnsupportedOperationException if there is no such view
     * @throws IllegalArgumentException if the view has no such attribute, or it cannot be set
     */
    @SuppressWarnings("unchecked") // Files.setAttribute says what goes for each name; anything else fails as a cast
    void set(String attribute, Object value) throws IOException {
        switch (view(attribute) + ":" + name(attribute)) {
            case "basic:lastModifiedTime", "posix:lastModifiedTime", "unix:lastModifiedTime" ->
                posix.setTimes((FileTime) value, null, null);
            case "basic:lastAccessTime", "posix:lastAccessTime", "unix:lastAccessTime" ->
                posix.setTimes(null, (FileTime) value, null);
            case "basic:creationTime", "posix:creationTime", "unix:creationTime" ->
                posix.setTimes(null, null, (FileTime) value);
            case "posix:permissions", "unix:permissions" -> posix.setPermissions((Set<PosixFilePermission>) value);
            case "posix:owner", "unix:owner", "owner:owner" -> posix.setOwner((UserPrincipal) value);
            case "posix:group", "unix:group" -> posix.setGroup((GroupPrincipal) value);
            case "unix:mode" -> posix.change(AttributeChange.mode((Integer) value & Mode.CHANGEABLE));
            case "unix:uid" -> posix.change(AttributeChange.owner(Integer.toUnsignedLong((Integer) value), null));
            case "unix:gid" -> posix.change(AttributeChange.owner(null, Integer.toUnsignedLong((Integer) value)));
            default -> setOther(attribute, value);
        }
    }

    private void setOther(String attribute, Object value) throws IOException {
        switch (view(attribute)) {
            case "user" ->
                user.write(
                        name(attribute), value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : (ByteBuffer) value);
            case "basic", "posix", "unix", "owner" -> throw AttributeNames.unknown(name(attribute));
            default -> throw noView(attribute);
        }
    }

    private static String view(String attribute) {
        int colon = attribute.indexOf(':');
        return colon < 0 ? "basic" : attribute.substring(0, colon);
    }

    private static String name(String attribute) {
        return attribute.substring(attribute.indexOf(':') + 1);
    }

    private static UnsupportedOperationException noView(String attribute) {
        return new UnsupportedOperationException("there is no attribute view '" + view(attribute) + "'");
    }
}

package org.hikae.io;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Paths of a Unix from any bytes, whatever encoding the JVM takes names to be in. A path made from a string goes through
 * that encoding and cannot have all bytes; one made from a URI has the bytes that the URI's escapes name.
 */
public final class ExactPaths {

    private static final String ROOT = "file:///";
    private static final HexFormat ESCAPES = HexFormat.of().withUpperCase().withPrefix("%");

    private ExactPaths() {}

    /** Whether paths are bytes here. */
    public static boolean supported() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("unix");
    }

    /**
     * The path of a name in a folder.
     *
     * @param name at least one byte, none of them NUL or {@code /}; neither {@code .} nor {@code ..}
     * @throws IllegalArgumentException if it is no such name
     */
    public static Path child(Path folder, byte[] name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("not the name of a file");
        }
        return folder.resolve(absolute(name).getFileName());
    }

    /** Whether these bytes can be a name of a file, and nothing else. */
    public static boolean isName(byte[] name) {
        boolean dots = name.length <= 2;
        for (byte b : name) {
            if (b == 0 || b == '/') {
                return false;
            }
            dots &= b == '.';
        }
        return !dots;
    }

    /**
     * The path of these bytes, absolute or not, such as a symlink has. Of slashes that follow each other one is kept.
     *
     * @throws IllegalArgumentException if there are no bytes, or a NUL is among them
     */
    public static Path of(byte[] path) {
        if (path.length == 0) {
            throw new IllegalArgumentException("an empty path");
        } else if (path[0] == '/') {
            return Path.of(URI.create(ROOT + escaped(path, 1)));
        }
        Path absolute = absolute(path);
        return absolute.subpath(0, absolute.getNameCount());
    }

    private static Path absolute(byte[] relative) {
        return Path.of(URI.create(ROOT + escaped(relative, 0)));
    }

    private static String escaped(byte[] bytes, int from) {
        return ESCAPES.formatHex(bytes, from, bytes.length);
    }

    /** The bytes of a path, made absolute, without a slash at the end. */
    public static byte[] bytes(Path path) {
        byte[] uri = path.toUri().getRawPath().getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(uri.length);
        for (int i = 0; i < uri.length; i++) {
            if (uri[i] == '%') {
                bytes.write(Character.digit(uri[i + 1], 16) << 4 | Character.digit(uri[i + 2], 16));
                i += 2;
            } else if (uri[i] != '/' || i == 0 || i < uri.length - 1) {
                bytes.write(uri[i]);
            }
        }
        return bytes.toByteArray();
    }
}

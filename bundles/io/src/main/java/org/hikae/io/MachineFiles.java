package org.hikae.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;

/** The machine's own file system, where names are bytes whatever the JVM takes them for. */
public final class MachineFiles implements ExactFiles {

    private static final Path ROOT = Path.of("/");

    @Override
    public byte[] name(Path file) {
        Path name = file.getFileName();
        return bytes(name);
    }

    /** The bytes of a relative path. One that is ASCII is so in every encoding, and quick. */
    private static byte[] bytes(Path path) {
        String text = path.toString();
        if (text.chars().allMatch(character -> character < 0x80)) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
        byte[] absolute = ExactPaths.bytes(ROOT.resolve(path));
        byte[] bytes = path.isAbsolute() ? absolute : Arrays.copyOfRange(absolute, 1, absolute.length);
        return text.endsWith("/") && bytes.length > 0 ? slashed(bytes) : bytes;
    }

    /** A symlink may end with a slash, which makes it one to a folder. */
    private static byte[] slashed(byte[] bytes) {
        byte[] slashed = Arrays.copyOf(bytes, bytes.length + 1);
        slashed[bytes.length] = '/';
        return slashed;
    }

    @Override
    public Path child(Path folder, byte[] name) throws IOException {
        if (!ExactPaths.isName(name)) {
            throw new IOException("a file cannot have this name here");
        }
        return ExactPaths.child(folder, name);
    }

    @Override
    public byte[] target(Path symlink) throws IOException {
        return bytes(Files.readSymbolicLink(symlink));
    }

    @Override
    public void createSymlink(Path place, byte[] target) throws IOException {
        UnixFiles.createSymlink(place, target);
    }

    @Override
    public void createSpecial(Path place, FileType type, int major, int minor) throws IOException {
        UnixFiles.createSpecial(place, bits(type), major, minor);
    }

    private static int bits(FileType type) {
        return switch (type) {
            case CHARACTER_DEVICE -> UnixFiles.CHARACTER_DEVICE;
            case BLOCK_DEVICE -> UnixFiles.BLOCK_DEVICE;
            case FIFO -> UnixFiles.FIFO;
            case SOCKET -> UnixFiles.SOCKET;
            case REGULAR, DIRECTORY, SYMLINK -> throw new IllegalArgumentException("no special file: " + type);
        };
    }

    @Override
    public void setTimes(Path place, Instant accessed, Instant modified) throws IOException {
        UnixFiles.setTimes(place, accessed, modified);
    }

    @Override
    public void setExtendedAttribute(Path place, FileName name, byte[] value) throws IOException {
        UnixFiles.setExtendedAttribute(place, name.bytes(), value);
    }
}

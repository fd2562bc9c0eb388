package org.hikae.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where a socket of a home is: a file in it, {@code socket} for commands. Paths of sockets are limited to some 100 bytes;
 * where that is too short for a home, the socket is in a folder of its own under {@code /tmp}, and a file in the home,
 * {@code socket.path}, says where. Nobody else can have put that folder there: it is ours and closed to others, or it is
 * not used.
 */
public final class SocketPlace {
    private static final int LONGEST = 100;
    private static final String COMMANDS = "socket";

    private final Path home;
    private final String name;
    private final Path note;
    private final Path temporary;

    /**
     * The socket for commands.
     *
     * @param home its real path, so that clients and the platform mean the same
     */
    public SocketPlace(Path home) {
        this(home, COMMANDS);
    }

    /** @param name the file name of the socket */
    public SocketPlace(Path home, String name) {
        this(home, name, Path.of("/tmp"));
    }

    SocketPlace(Path home, String name, Path temporary) {
        this.home = home;
        this.name = name;
        this.note = home.resolve(name + ".path");
        this.temporary = temporary;
    }

    /** For the platform, which holds the lock of the home: a place where nothing is. What was there is stale. */
    public Path prepare() throws IOException {
        Path plain = home.resolve(name);
        Files.deleteIfExists(plain);
        Path noted = noted();
        boolean reuse = noted != null && isSafe(noted);
        if (reuse) {
            Files.deleteIfExists(noted);
        }
        if (fits(plain)) {
            forget();
            return plain;
        }
        return reuse ? noted : elsewhere();
    }

    private Path elsewhere() throws IOException {
        Path folder = Files.createTempDirectory(
                temporary, "hikae-", PosixFilePermissions.asFileAttribute(Ownership.PRIVATE_FOLDER));
        Path socket = folder.resolve(name);
        Path next = home.resolve(name + ".path.next");
        Files.writeString(next, socket.toString());
        Files.move(next, note, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return socket;
    }

    /**
     * For clients: where the socket is if there is one.
     *
     * @return null if there is none yet
     */
    public Path find() throws IOException {
        Path plain = home.resolve(name);
        if (fits(plain)) {
            return plain;
        }
        Path noted = noted();
        return noted != null && isSafe(noted) ? noted : null;
    }

    /** For the platform when it ends. */
    public void remove() throws IOException {
        Files.deleteIfExists(home.resolve(name));
        forget();
    }

    private void forget() throws IOException {
        Path noted = noted();
        if (noted != null && isSafe(noted)) {
            Files.deleteIfExists(noted);
            Files.deleteIfExists(noted.getParent());
        }
        Files.deleteIfExists(note);
    }

    private Path noted() throws IOException {
        try {
            Path noted = Path.of(new String(Files.readAllBytes(note), StandardCharsets.UTF_8));
            return noted.isAbsolute() && noted.endsWith(name) ? noted : null;
        } catch (NoSuchFileException | InvalidPathException e) {
            return null;
        }
    }

    private static boolean isSafe(Path socket) throws IOException {
        return Ownership.isPrivateFolder(socket.getParent());
    }

    private static boolean fits(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST;
    }
}

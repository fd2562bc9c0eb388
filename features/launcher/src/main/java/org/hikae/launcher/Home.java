package org.hikae.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hikae.wire.Ownership;

/**
 * The folder where a platform keeps its state. It is its owner's alone.
 *
 * @param folder its real path
 */
record Home(Path folder) {
    /** Counts up when a home of before cannot be used as it is. */
    static final int FORMAT = 1;

    private static final String VERSION = "version";

    /** What may lie in a folder that is about to become a home. */
    private static final Set<String> HARMLESS = Set.of("etc", "lock", "lost+found", "version.next");

    /** Opens the home at that place, and makes it if there is none. */
    static Home open(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            create(place);
        }
        Path folder = place.toRealPath();
        if (!Ownership.isOurs(folder)) {
            throw new IOException("The home " + folder + " belongs to another user: choose one of your own by --home");
        }
        if (!Files.exists(folder.resolve(VERSION))) {
            requireHarmless(folder);
        }
        if (Ownership.isOpenToOthers(folder)) {
            Files.setPosixFilePermissions(folder, Ownership.PRIVATE_FOLDER);
        }
        return new Home(folder);
    }

    private static void create(Path place) throws IOException {
        try {
            if (place.getParent() != null) {
                Files.createDirectories(place.getParent());
            }
            Files.createDirectory(place, PosixFilePermissions.asFileAttribute(Ownership.PRIVATE_FOLDER));
        } catch (FileAlreadyExistsException e) {
            // By another process, a moment ago; or it is no folder.
            if (!Files.isDirectory(place)) {
                throw new IOException("The home " + e.getMessage() + " is no folder: choose another one by --home", e);
            }
        } catch (IOException e) {
            throw new IOException(
                    "The home " + place + " cannot be made: " + Reason.of(e) + "; choose another one by --home", e);
        }
    }

    /** Nobody wants the state of a platform among other files, nor those closed to others. */
    private static void requireHarmless(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).toList();
            if (!HARMLESS.containsAll(names) && !names.contains(VERSION)) {
                throw new IOException("The folder " + folder
                        + " holds other files and is no home of Hikae: choose an empty or a new one by --home");
            }
        }
    }

    Path lock() {
        return folder.resolve("lock");
    }

    Path log() {
        return folder.resolve("log").resolve("hikae.log");
    }

    Path history() {
        return folder.resolve("history");
    }

    /** Called by who holds the lock, before anything else: makes sure that this code can use what is there. */
    void checkFormat() throws IOException {
        Path file = folder.resolve(VERSION);
        String text;
        try {
            text = Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            writeFormat(file);
            return;
        } catch (IOException e) {
            throw new IOException(
                    "The file " + file + ", which tells the format of the home, cannot be read: " + Reason.of(e)
                            + "; it should hold the number " + FORMAT,
                    e);
        }
        int format = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
        if (format > FORMAT) {
            throw new IOException("The home " + folder + " has the format " + format
                    + " of a newer Hikae, and this one knows formats up to " + FORMAT + ": use the newer one");
        }
        if (format < 1) {
            throw new IOException("The file " + file + " should hold a number, the format of the home: restore it");
        }
    }

    private void writeFormat(Path file) throws IOException {
        Path next = folder.resolve(VERSION + ".next");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            channel.write(StandardCharsets.US_ASCII.encode(FORMAT + "\n"));
            channel.force(true);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /** What to say when a file of the home cannot be written. */
    IOException cannotWrite(IOException e) {
        return new IOException(
                "The home " + folder + " cannot be written: " + Reason.of(e)
                        + "; make room or give it back its permissions, or choose another home by --home",
                e);
    }
}

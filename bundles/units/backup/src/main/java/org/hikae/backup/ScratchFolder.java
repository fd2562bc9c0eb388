package org.hikae.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.api.media.GenerationInfo;
import org.hikae.io.BufferedIo;
import org.hikae.io.DurableFiles;
import org.hikae.io.PrivateFiles;

/**
 * Where scratch files lie: in a folder of the home, or elsewhere; of those there is a note in that folder, so that what a
 * killed platform has left is deleted wherever it is. Thread-safe.
 */
final class ScratchFolder {

    /** What must be free besides what is copied, in bytes: the replay of a journal fills holes. */
    static final long SPARE_BYTES = 32L << 20;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String SUFFIX = ".scratch";
    private static final String NOTE = ".elsewhere";

    /** Those of this process, whichever instance has made them. */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path home;

    /** @param home of one platform at a time; made when it is needed */
    ScratchFolder(Path home) {
        this.home = home.toAbsolutePath();
    }

    /**
     * Makes a scratch file of the size of a generation.
     *
     * @param elsewhere absolute path of a folder; null: in the home
     * @param bytes how much will be written
     * @throws IOException if there is no room for so much
     */
    Scratch create(Path elsewhere, GenerationInfo generation, long bytes) throws IOException {
        DurableFiles.createFolders(home);
        Path folder = elsewhere == null ? home : elsewhere;
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < bytes || free - bytes < SPARE_BYTES) {
            throw new IOException("the file system of " + generation.id() + " is checked in a copy, for which " + folder
                    + " has no room: it takes up to " + (bytes + SPARE_BYTES) + " bytes, and " + free
                    + " are free; make room, or choose another folder with --scratch");
        }
        Path file = folder.resolve("hikae-drill-" + (RANDOM.nextLong() & Long.MAX_VALUE) + SUFFIX);
        OPEN.add(file);
        try {
            if (elsewhere != null) {
                write(note(file), file.toString());
            }
            PrivateFiles.create(file).close();
            return new Scratch(file, this, generation);
        } catch (IOException | RuntimeException e) {
            delete(file);
            throw e;
        }
    }

    /** Durably: what it tells of must not be there without it. */
    private void write(Path note, String text) throws IOException {
        try (FileChannel channel = PrivateFiles.create(note)) {
            BufferedIo.write(channel, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
            channel.force(true);
        }
        DurableFiles.forceFolder(home);
    }

    private Path note(Path file) {
        return home.resolve(file.getFileName() + NOTE);
    }

    void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
        Files.deleteIfExists(note(file));
        OPEN.remove(file);
    }

    /** Deletes what earlier processes have left. */
    void clean() throws IOException {
        if (!Files.isDirectory(home)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(home)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.endsWith(NOTE)) {
                    cleanElsewhere(file);
                } else if (name.endsWith(SUFFIX) && !OPEN.contains(file)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private void cleanElsewhere(Path note) throws IOException {
        if (OPEN.stream().anyMatch(open -> note.equals(note(open)))) {
            return;
        }
        Path file = told(note);
        if (file != null) {
            Files.deleteIfExists(file);
        }
        Files.delete(note);
    }

    /** Null if it tells of nothing that it may tell of: one that was damaged must not have anything else deleted. */
    private Path told(Path note) throws IOException {
        try {
            Path file = Path.of(new String(Files.readAllBytes(note), StandardCharsets.UTF_8));
            boolean own = note.equals(note(file)) && file.toString().endsWith(SUFFIX);
            return own ? file : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }
}

package org.hikae.media.medium;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The media that are folders. What a location means is its driver's affair, but one that is the absolute path of a folder
 * is taken for what it looks like. Paths are compared by where they lead to, so that links deceive nobody.
 */
final class Folders {

    private final SortedMap<String, Path> folders = new TreeMap<>();

    /** @param configured the configurations of media, by name */
    Folders(Map<String, Dictionary<String, Object>> configured) throws IOException {
        for (Map.Entry<String, Dictionary<String, Object>> entry : configured.entrySet()) {
            Path folder = folder(String.valueOf(entry.getValue().get("location")));
            if (folder != null) {
                folders.put(entry.getKey(), folder);
            }
        }
    }

    private static Path folder(String location) throws IOException {
        try {
            Path path = Path.of(location);
            return path.isAbsolute() && Files.isDirectory(path) ? path.toRealPath() : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /** The medium whose folder the file is or lies in, be it there or not. */
    Optional<String> around(Path file) throws IOException {
        Path real = real(file.toAbsolutePath().normalize());
        return first(real::startsWith);
    }

    /** @throws IOException if a new medium at that location would share files with another */
    void checkNew(String location) throws IOException {
        Path path;
        try {
            path = Path.of(location);
        } catch (InvalidPathException e) {
            return; // no file, or the driver says so
        }
        if (!path.isAbsolute()) {
            return;
        }
        Path real = real(path.normalize());
        refuse(first(real::equals), location + " is the folder of", "; it cannot be added twice");
        refuse(first(real::startsWith), location + " lies in the folder of", "; choose one of its own");
        refuse(first(folder -> folder.startsWith(real)), location + " has in it", "; choose a folder of its own");
    }

    private static void refuse(Optional<String> medium, String what, String todo) throws IOException {
        if (medium.isPresent()) {
            throw new IOException(what + " medium '" + medium.get() + "'" + todo);
        }
    }

    private Optional<String> first(Predicate<Path> matches) {
        return folders.entrySet().stream()
                .filter(entry -> matches.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Where the path leads to; what is not there yet cannot be a link. */
    private static Path real(Path path) throws IOException {
        if (Files.exists(path) || path.getParent() == null) {
            return path.toRealPath();
        }
        return real(path.getParent()).resolve(path.getFileName());
    }
}

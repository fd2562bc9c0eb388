package org.hikae.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hikae.api.media.Media;

/** Where nodes have their temporary logs (31): each in a folder of its own, and away from media. */
final class TemporaryLogFolders {

    private static final String ELSEWHERE = "; choose another folder with --temporary-log";

    private final Path root;

    /** @param root where nodes that name no folder of their own have them; maybe not there yet */
    TemporaryLogFolders(Path root) {
        this.root = root;
    }

    Path manager() {
        return root.resolve("manager");
    }

    /** @param chosen null: none is */
    Path of(String node, Path chosen) {
        return chosen != null ? chosen : root.resolve("nodes").resolve(node);
    }

    /**
     * Checks the folder of a new node. Paths are compared by where they lead to.
     *
     * @param chosen the folder that was asked for; null: none was
     * @param others the folders of the other nodes, by name
     * @param media null: there are none
     * @throws IOException if the folder is another node's, lies in or around it, lies in a medium, or is or lies in a
     *     file
     */
    void checkNew(String node, Path chosen, Map<String, Path> others, Media media) throws IOException {
        if (chosen != null && !chosen.isAbsolute()) {
            throw new IOException("the folder " + chosen
                    + " of a temporary log is not absolute: give its whole path, as a platform has no working folder");
        }
        Path folder = of(node, chosen);
        Path real = real(folder.normalize());
        checkNoFile(folder, real);
        Map<String, Path> all = new TreeMap<>(others);
        all.put("the manager", manager());
        for (Map.Entry<String, Path> other : all.entrySet()) {
            Path taken = real(other.getValue().toAbsolutePath().normalize());
            if (real.startsWith(taken) || taken.startsWith(real)) {
                throw new IOException("the folder " + folder + " is, lies in, or is around " + other.getValue()
                        + ", where " + other.getKey() + " has its temporary log" + ELSEWHERE);
            }
        }
        Optional<String> medium = media == null ? Optional.empty() : media.around(real);
        if (medium.isPresent()) {
            throw new IOException("the folder " + folder + " lies in medium '" + medium.get()
                    + "', which is for backups alone" + ELSEWHERE);
        }
    }

    /** A folder is made when it is needed; told now, a mistake is not found by a backup. */
    private static void checkNoFile(Path folder, Path real) throws IOException {
        Path there = real;
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            throw new IOException(folder + " cannot be a folder: " + there + " is a file" + ELSEWHERE);
        }
    }

    /** What is not there yet cannot be a link. */
    private static Path real(Path path) throws IOException {
        if (Files.exists(path) || path.getParent() == null) {
            return path.toRealPath();
        }
        return real(path.getParent()).resolve(path.getFileName());
    }
}

package org.hikae.shell.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.disk.Disks;
import org.hikae.shell.call.Services;

/** What a half-typed {@code DISK:PATH} may become: disks that nodes share files on, then the files, as the first node has them. */
final class DiskPathCompletion {

    private DiskPathCompletion() {}

    static List<String> candidates(Services services, String current) {
        int colon = current.indexOf(DiskPath.SEPARATOR);
        if (colon < 0) {
            return disks(services);
        }
        String disk = current.substring(0, colon + 1);
        String path = colon == current.length() - 1 ? "/" : current.substring(colon + 1);
        try (NodeFiles files = NodeFiles.of(services, null)) {
            Path root = files.at(DiskPath.parse(disk));
            Function<String, Path> folder = typed -> root.resolve(typed.replaceFirst("^/+", ""));
            return PathCompletion.candidates(folder, path).stream()
                    .filter(found -> found.startsWith("/"))
                    .map(found -> disk + found)
                    .toList();
        } catch (IOException e) {
            // There is nothing to offer; the command will say what is wrong.
            return List.of();
        }
    }

    private static List<String> disks(Services services) {
        Disks disks = services.find(Disks.class).orElse(null);
        if (disks == null) {
            return List.of();
        }
        List<String> shared = disks.sharedFormats();
        return disks.list().stream()
                .filter(disk -> shared.contains(disk.driver()))
                .map((DiskStatus disk) -> disk.name() + DiskPath.SEPARATOR + "/")
                .toList();
    }
}

package org.hikae.shell.command;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.disk.Disks;
import org.hikae.api.disk.Mark;
import org.hikae.api.disk.Marks;
import org.hikae.shell.call.Similar;

/** Finds things by name where a service only lists them. */
final class Find {

    private Find() {}

    /** @throws IOException if there is no such disk */
    static DiskStatus disk(Disks disks, String name) throws IOException {
        return byName("disk", disks.list(), DiskStatus::name, name, "disk list");
    }

    /** @throws IOException if the disk has no such mark */
    static Mark mark(Marks marks, String disk, String name) throws IOException {
        return byName("mark", marks.list(disk), Mark::name, name, "mark list " + disk);
    }

    private static <T> T byName(String kind, List<T> things, Function<T, String> nameOf, String name, String listing)
            throws IOException {
        for (T thing : things) {
            if (nameOf.apply(thing).equals(name)) {
                return thing;
            }
        }
        List<String> close = Similar.to(name, things.stream().map(nameOf).toList());
        String hint = close.isEmpty() ? "see '" + listing + "'" : "did you mean '" + close.get(0) + "'?";
        throw new IOException("there is no " + kind + " '" + name + "'; " + hint);
    }
}

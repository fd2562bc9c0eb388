package org.hikae.shell.command;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.disk.Disks;
import org.hikae.api.disk.Mark;
import org.hikae.api.disk.Marks;
import org.hikae.api.group.Group;
import org.hikae.api.group.Groups;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.tape.LibraryStatus;
import org.hikae.api.tape.Tapes;
import org.hikae.shell.call.Services;
import org.hikae.shell.call.Similar;

/** Finds things by name where a service only lists them. */
final class Find {

    private Find() {}

    /** @throws IOException if there is no such disk */
    static DiskStatus disk(Disks disks, String name) throws IOException {
        return byName("disk", disks.list(), DiskStatus::name, name, "disk list");
    }

    /**
     * Makes sure that a name is that of a disk: generations outlive their disks, but one that neither knows is a mistake.
     *
     * @param disk null: any
     * @throws IOException if there is no such disk, and no generation of it
     */
    static void diskOf(Services services, List<GenerationInfo> generations, String disk) throws IOException {
        if (disk != null && generations.stream().noneMatch(each -> disk.equals(each.disk()))) {
            disk(services.get(Disks.class), disk);
        }
    }

    /**
     * As {@link #diskOf}, of a group.
     *
     * @param group null: any
     */
    static void groupOf(Services services, List<GenerationInfo> generations, String group) throws IOException {
        if (group != null && generations.stream().noneMatch(each -> group.equals(each.groupName()))) {
            byName("group", services.get(Groups.class).list(), Group::name, group, "group list");
        }
    }

    /** @throws IOException if the disk has no such mark */
    static Mark mark(Marks marks, String disk, String name) throws IOException {
        return byName("mark", marks.list(disk), Mark::name, name, "mark list " + disk);
    }

    /** @throws IOException if there is no such library of tapes */
    static LibraryStatus library(Tapes tapes, String name) throws IOException {
        return byName("tape library", tapes.libraries(), LibraryStatus::name, name, "tape library list");
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

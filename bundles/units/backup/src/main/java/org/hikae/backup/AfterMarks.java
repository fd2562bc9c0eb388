package org.hikae.backup;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.hikae.api.disk.Disks;
import org.hikae.api.disk.Mark;
import org.hikae.api.disk.Marks;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.Generations;

/** Finds what a restore takes that leaves out what is older than a mark (a.11). */
final class AfterMarks {

    private final Generations generations;
    private final Disks disks;
    private final Marks marks;

    AfterMarks(Generations generations, Disks disks, Marks marks) {
        this.generations = generations;
        this.disks = disks;
        this.marks = marks;
    }

    /**
     * The newest generation that this one builds upon and that was not made after the mark: what came later is stored after it.
     *
     * @return its id; empty if all were made after the mark
     * @throws IOException if the generation's disk has no such mark, or the generation itself was not made after it or is one of
     *     a group
     */
    Optional<String> ancestor(String generation, String name) throws IOException {
        List<GenerationInfo> chain = generations.chain(generation);
        GenerationInfo newest = chain.get(0);
        if (newest.group() != null) {
            throw new IOException("generation " + generation + " holds the files of group '" + newest.groupName()
                    + "' alone, which are restored one by one and not as blocks: leave --after out");
        }
        Mark mark = mark(newest, name);
        if (notAfter(newest, mark)) {
            throw new IOException("generation " + generation + " was not made after mark '" + name
                    + "': it has nothing to restore that came later; choose a newer generation or an older mark");
        }
        return chain.stream()
                .filter(each -> notAfter(each, mark))
                .map(GenerationInfo::id)
                .findFirst();
    }

    private Mark mark(GenerationInfo generation, String name) throws IOException {
        String disk = generation.disk();
        if (!disks.get(disk).id().equals(generation.diskId())) {
            throw new IOException("disk '" + disk + "' is not the one that " + generation.id()
                    + " was made of, but bears its name: its marks say nothing of that generation");
        }
        return NamedMarks.get(marks, disk, name);
    }

    /** By the epochs, where one lineage counted both; clocks may have been set in between. */
    private static boolean notAfter(GenerationInfo generation, Mark mark) {
        if (generation.point() != null
                && generation.point().lineage().equals(mark.point().lineage())) {
            return generation.point().epoch() <= mark.point().epoch();
        }
        return generation.instant() != null && !generation.instant().isAfter(mark.time());
    }
}

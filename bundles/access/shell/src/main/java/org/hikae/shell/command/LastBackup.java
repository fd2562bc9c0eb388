package org.hikae.shell.command;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.hikae.api.media.GenerationInfo;

/** The newest generation of a disk, or of a group of its files: neither stands for the other. */
final class LastBackup {

    private LastBackup() {}

    /**
     * Null if there is none. Of what a generation is whose manifest cannot be read is not known: it is none.
     *
     * @param group null: of the whole disk
     */
    static GenerationInfo of(List<GenerationInfo> generations, String disk, String group) {
        return generations.stream()
                .filter(GenerationViews::isKnown)
                .filter(each -> disk.equals(each.disk()) && Objects.equals(group, each.groupName()))
                .max(Comparator.comparingLong(GenerationInfo::number))
                .orElse(null);
    }
}

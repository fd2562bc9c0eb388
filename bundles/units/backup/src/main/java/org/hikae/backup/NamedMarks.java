package org.hikae.backup;

import java.io.IOException;
import java.util.List;
import org.hikae.api.disk.Mark;
import org.hikae.api.disk.Marks;

/** Marks as users name them. */
final class NamedMarks {

    private NamedMarks() {}

    /** @throws IOException if there is no such disk, or it has no such mark */
    static Mark get(Marks marks, String disk, String name) throws IOException {
        List<Mark> all = marks.list(disk);
        return all.stream()
                .filter(mark -> mark.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IOException(
                        "disk '" + disk + "' has no mark '" + name + "'; see 'mark list " + disk + "'"));
    }
}

package org.hikae.backup;

import java.io.IOException;
import org.hikae.api.disk.Disks;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.group.Groups;
import org.hikae.api.group.Meta;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.media.GenerationReader;

/**
 * What of a generation's files can be read: all, or, where more are visible (b.6), those that the group's list took when the
 * generation was made, and the directories on the way.
 */
final class DrilledFiles implements AutoCloseable {

    private final FileSystem source;
    /** Null: all that are visible. */
    private final GenerationGroup group;

    private final Groups groups;

    /** @throws IOException if the generation cannot be read */
    DrilledFiles(GenerationReader reader, Disks disks, Groups groups) throws IOException {
        GenerationGroup of = reader.info().group();
        this.group = of != null && of.meta() == Meta.ALL ? of : null;
        this.groups = groups;
        this.source = reader.openFileSystem(disks);
    }

    FileSystem source() {
        return source;
    }

    /** Shows each, a directory before what is in it. */
    void walk(FileSystem.Visitor visitor) throws IOException {
        if (group == null) {
            FileEntry root = source.find("/").orElseThrow(() -> new IOException("its file system has no root"));
            source.walk(root, visitor);
        } else {
            groups.select(group.list(), source, (file, member) -> visitor.visit(file));
        }
    }

    /** What the regular files have in all, each under every name. */
    long bytes(Progress progress) throws IOException {
        FilesSteps.ByteSum sum = new FilesSteps.ByteSum(progress);
        walk(file -> {
            sum.add(file);
            return true;
        });
        return sum.bytes();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}

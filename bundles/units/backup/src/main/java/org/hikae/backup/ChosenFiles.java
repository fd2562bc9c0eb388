package org.hikae.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.backup.FilesRequest;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.group.Groups;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.media.GenerationInfo;

/**
 * The files of a generation that are meant: those at a path, and of them those of a group, if one is named. Of a group's generation
 * only members are meant, by the list that it was made with, for others have names but no content there (b.6).
 */
final class ChosenFiles {

    private final FileSystem source;
    private final FileEntry start;
    private final Groups groups;
    /** Which members are meant of the files in {@link #listed}; null: all files at the path. */
    private final List<String> list;

    private final FileSystem listed;
    /** Why nothing is there, if that is so. */
    private final String nothing;

    private ChosenFiles(
            FileSystem source, FileEntry start, Groups groups, List<String> list, FileSystem listed, String nothing) {
        this.source = source;
        this.start = start;
        this.groups = groups;
        this.list = list;
        this.listed = listed;
        this.nothing = nothing;
    }

    /** @throws IOException if there is no file of the path, or there is no such group */
    static ChosenFiles of(FilesRequest request, GenerationInfo generation, FileSystem source, Groups groups)
            throws IOException {
        FileEntry start = source.find(request.path())
                .orElseThrow(() -> new IOException("there is no file " + request.path() + " in " + request.generation()
                        + "; see 'generation files " + request.generation() + "'"));
        FileSystem listed = new PathView(source, start);
        GenerationGroup of = generation.group();
        if (request.group() == null) {
            List<String> list = of == null ? null : of.list();
            String nothing = of == null ? "" : noMember(start, generation);
            return new ChosenFiles(source, start, groups, list, listed, nothing);
        }
        List<String> list = groups.get(request.group()).list();
        FileSystem members = of == null ? listed : new GroupView(listed, of.list(), groups);
        String nothing = "no file at " + start.path() + " in " + generation.id() + " is of group '" + request.group()
                + "' as its list stands now; see 'group info " + request.group() + "'";
        return new ChosenFiles(source, start, groups, list, members, nothing);
    }

    private static String noMember(FileEntry start, GenerationInfo generation) {
        return "at " + start.path() + " is nothing of group '" + generation.groupName() + "', and " + generation.id()
                + " has the content of that group's files alone; get it from another generation of disk '"
                + generation.disk() + "'";
    }

    /** All files of the generation. */
    FileSystem source() {
        return source;
    }

    /** The file of the path. */
    FileEntry start() {
        return start;
    }

    /** The directories that the file of the path is in, the root first; none for the root. */
    List<FileEntry> above() throws IOException {
        return PathView.above(source, start);
    }

    /**
     * What the regular files have in all, each under every name.
     *
     * @throws IOException if there are no files
     */
    long bytes(Progress progress) throws IOException {
        FilesSteps.ByteSum sum = new FilesSteps.ByteSum(progress);
        List<FileEntry> first = new ArrayList<>();
        walk((file, member) -> {
            if (first.isEmpty()) {
                first.add(file);
            }
            sum.add(file);
        });
        if (first.isEmpty()) {
            throw new IOException(nothing);
        }
        return sum.bytes();
    }

    /** Shows them, and before each the directories on the way to it from the path on. */
    void walk(Groups.Visitor visitor) throws IOException {
        if (list == null) {
            source.walk(start, file -> {
                visitor.visit(file, true);
                return true;
            });
            return;
        }
        groups.select(list, listed, (file, member) -> {
            if (PathView.isWithin(file, start)) {
                visitor.visit(file, member);
            }
        });
    }
}

package org.hikae.api.group;

import java.io.IOException;
import java.util.List;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileSystem;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The groups of files (23) of this platform, kept as OSGi configurations of the factory PID {@code org.hikae.group}.
 * Thread-safe.
 *
 * <p>A group list is lines in the notation of [0090]. A line is a pattern, which takes files into the group, or {@code X} and
 * spaces and a pattern, which takes them out again (b.3). Of all lines that match a file, the last one decides; a file that none
 * matches is not in the group. A pattern consists of names with a {@code /} between. It matches a file if it matches the last
 * names of its path, or of that of a directory that the file is in: at any depth, unless it begins with {@code /}, which
 * stands for the root; {@code /} alone matches the root, with all that there is. So {@code dir_A/*} takes the whole subtree
 * (b.2). In a name {@code *} stands for any characters, {@code ?} for one, {@code [a-z]} and {@code [!a-z]} for one of some; as a
 * name {@code **} stands for any number of directories, at the end for whatever is in one. A pattern that ends in {@code /}
 * matches directories only. Names are compared as text ({@link org.hikae.api.fs.FileName}), exactly.
 *
 * <p>A backslash takes the special meaning from one of these characters, from itself, from a blank, and at the beginning from
 * an {@code X} or {@code #}; before anything else it stands for itself, as in the text of a name that is no UTF-8. Blanks at the
 * ends are no part of a line. A line that is empty, an {@code X} alone, a line break, a bracket that is not closed, a range that
 * runs backwards, no name between two {@code /}, and the names {@code .} and {@code ..} cannot be understood.
 *
 * <p>A file with several names is in the group if one of them is; a list shows it under these of its names alone.
 */
@ProviderType
public interface Groups {

    /** All groups, by name. */
    List<Group> list();

    /** @throws IOException if there is no such group */
    Group get(String name) throws IOException;

    /**
     * Adds a group, durably. The disk need not be there; one that is has a file system.
     *
     * @throws IOException if the name is taken or not allowed, a line cannot be understood, which it tells with the reason,
     *     or the disk is raw
     */
    void add(Group group) throws IOException;

    /**
     * Gives a group another list, durably; its next backup takes what that says. Its disk stays.
     *
     * @throws IOException if there is no such group, it is one of another disk, or a line cannot be understood
     */
    void replace(Group group) throws IOException;

    /**
     * Whether a list can be understood, as one that people have written into a configuration may not be.
     *
     * @throws IOException if a line cannot be understood, which it tells with the reason, or there is none
     */
    void check(List<String> list) throws IOException;

    /** Forgets a group, durably; its generations stay. @throws IOException if there is none */
    void remove(String name) throws IOException;

    /**
     * Finds the members of a list in a file system, in one walk, and the blocks of their content: the group block list
     * ([0093]), in blocks of the file system. What only reads as zeros, such as reserved blocks, is not in it.
     *
     * @param list a group list, whose lines can be understood
     * @param visitor is shown each member, and before it the directories on the way to it, each path once, a directory
     *     before what is in it
     * @throws IOException if a line cannot be understood, or as {@link FileSystem}
     */
    BlockSet select(List<String> list, FileSystem fileSystem, Visitor visitor) throws IOException;

    /** Is shown what a group has. */
    @FunctionalInterface
    interface Visitor {

        /** Looks at nothing. */
        Visitor NONE = (file, member) -> {};

        /**
         * @param member false: a directory that is not in the group itself, but something in it is
         * @throws IOException ends the walk
         */
        void visit(FileEntry file, boolean member) throws IOException;
    }
}

package org.hikae.shell.tree;

import java.nio.file.Path;

/** Is told how work on a tree goes on, by the thread that does it. */
public interface CopyListener {

    /** Called often; throws {@link java.util.concurrent.CancellationException} if the work is to end. */
    void check();

    /** A file is done. */
    void done(FileFacts file);

    /** So many bytes of content more are written. */
    void written(long bytes);

    /**
     * A file could not be dealt with; others are.
     *
     * @param path as it is to be named to people
     * @param why in a few words
     */
    void failed(Path path, String why);

    /** A file is there, but not with all its attributes. */
    void lacking(Path path, Attribute attribute, String why);
}

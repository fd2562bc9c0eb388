package org.hikae.node.nio;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.hikae.api.fs.FileAttributes;
import org.hikae.node.volume.FileContent;
import org.hikae.node.volume.NodeVolume;
import org.hikae.node.volume.NodeVolume.Call;

/**
 * Follows paths, and does something where they lead to, as if nobody else could do anything between the two. A file is
 * known by its number, which is never given again: if it is gone when something is to be done with it, then the path may
 * lead to another one by now, as a program that replaces a file expects. So the path is followed again, until it leads to
 * what is there, or nowhere.
 */
final class Finder {

    /** Each further try needs somebody who takes the file away in time; so many of them do so on purpose. */
    private static final int MOST_TRIES = 1000;

    private final NodeVolume volume;

    Finder(NodeVolume volume) {
        this.volume = volume;
    }

    /** Does something with the file of a path. */
    <T> T at(NodePath path, boolean follow, Work<T> work) throws IOException {
        return again(path, null, () -> work.on(found(path, follow)));
    }

    /**
     * Follows paths and does something, and does both again while it turns out to be stale.
     *
     * @param other the second path of which it is, for messages; null if there is none
     */
    <T> T again(NodePath path, NodePath other, Attempt<T> attempt) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                return attempt.make();
            } catch (StaleException e) {
                if (tries == MOST_TRIES) {
                    NoSuchFileException gone = new NoSuchFileException(
                            path.toString(), null, "it was replaced " + tries + " times while it was looked for");
                    gone.initCause(e);
                    throw gone;
                }
            } catch (IOException e) {
                throw Failures.at(path, other, e);
            }
        }
    }

    /** @throws NoSuchFileException if there is nothing */
    Place.Found found(NodePath path, boolean follow) throws IOException {
        Place place = place(path, follow);
        if (place instanceof Place.Found found) {
            return found;
        }
        throw nothing(place, path);
    }

    /** Why there is nothing at a place. */
    static FileSystemException nothing(Place place, NodePath path) {
        return place instanceof Place.Nowhere nowhere
                ? nowhere.failure(path)
                : new NoSuchFileException(path.toString());
    }

    Place place(NodePath path, boolean follow) throws IOException {
        return ask(files -> new Walk(files, path, follow).go());
    }

    <T> T ask(Call<T> call) throws IOException {
        return fresh(() -> volume.ask(call));
    }

    <T> T mutate(Call<T> call) throws IOException {
        return fresh(() -> volume.mutate(call));
    }

    FileContent open(long inode) throws IOException {
        return fresh(() -> volume.open(inode));
    }

    FileAttributes attributes(long inode) throws IOException {
        return fresh(() -> volume.attributes(inode));
    }

    NodeVolume volume() {
        return volume;
    }

    static <T> T fresh(Attempt<T> attempt) throws IOException {
        try {
            return attempt.make();
        } catch (NoSuchFileException e) {
            throw new StaleException(e);
        }
    }

    /** Something that is done with a file. */
    @FunctionalInterface
    interface Work<T> {
        T on(Place.Found file) throws IOException;
    }

    /** Something that may have to be done again. */
    @FunctionalInterface
    interface Attempt<T> {
        T make() throws IOException;
    }
}

package org.hikae.files.client.restore;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hikae.files.client.send.Archive;
import org.hikae.io.FirstFailure;

/** Versions that have to come, by where they come from. Not thread-safe. */
final class Todo implements Closeable {

    private final Path folder;
    private final FoundCodec codec;
    private final FoundList buffered;
    private final Map<Archive, FoundList> stored = new LinkedHashMap<>();
    private Found.Stored begun;

    /** @param folder for what is too much for memory */
    Todo(Path folder, FoundCodec codec) throws IOException {
        this.folder = folder;
        this.codec = codec;
        buffered = new FoundList(folder, codec);
    }

    /** @param isBegun whether a part of its content is in place from a restore that was cut off */
    void add(Found found, boolean isBegun) throws IOException {
        if (found instanceof Found.Stored there && isBegun && begun == null) {
            begun = there;
        } else if (found instanceof Found.Stored there) {
            FoundList list = stored.get(there.center());
            if (list == null) {
                list = new FoundList(folder, codec);
                stored.put(there.center(), list);
            }
            list.add(found);
        } else {
            buffered.add(found);
        }
    }

    /** The one that was begun; null: none was. */
    Found.Stored begun() {
        return begun;
    }

    FoundList buffered() {
        return buffered;
    }

    Map<Archive, FoundList> stored() {
        return stored;
    }

    @Override
    public void close() throws IOException {
        FirstFailure failure = new FirstFailure();
        failure.collect(buffered::close);
        stored.values().forEach(list -> failure.collect(list::close));
        failure.end();
    }
}

package org.hikae.files.client.restore;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.hikae.api.files.client.RestoreFiles;
import org.hikae.files.client.store.CheckedInput;
import org.hikae.files.client.store.CheckedOutput;
import org.hikae.files.client.store.Fields;
import org.hikae.io.BufferedIo;
import org.hikae.io.DurableFiles;
import org.hikae.io.ExactPaths;
import org.hikae.io.UnixFiles;

/**
 * How far a restore has come, in a folder of its own in the home: whoever asks for the same again after it was cut off goes on with it. What
 * is in place is noted when it is durable. Not thread-safe.
 */
final class RestoreRecord implements Closeable {

    private static final int ENTRY = 16;
    private static final int NOTE_EVERY = 1000;
    private static final String DONE = "done";
    private static final String MAKING = "making";
    private static final String LINKS = "links";
    private static final String PARTIAL = "partial";
    private static final int PARTIAL_MAGIC = 0x484b_5250;
    private static final String PREFIX = ".hikae-restore-";
    private static final String LASTING = ".part";

    private final Path folder;
    private final Path target;
    private final FileChannel done;

    /** What was noted before the record was opened. */
    private final DoneSet known;

    /** In place, and not known to be durable. */
    private final Set<ByteBuffer> fresh = new HashSet<>();

    private final Map<String, Path> links = new HashMap<>();

    /** Where a file was said to be made last. */
    private Path noted;

    /** The large file that was begun; null: none was. */
    private Partial partial;

    /**
     * A large file of which a part may be there.
     *
     * @param entry whose it is: a version of this content
     * @param place where it is made
     * @param inode of it; 0: not known
     * @param position bytes of it that are durable, holes too
     */
    record Partial(ByteBuffer entry, Path place, long inode, long position) {}

    private RestoreRecord(Path folder, Path target, FileChannel done, DoneSet known) {
        this.known = known;
        this.folder = folder;
        this.target = target;
        this.done = done;
    }

    /** What goes on with the same: how it is to end does not matter. */
    static String key(RestoreFiles request) {
        return new RestoreFiles(request.path(), request.at(), request.to(), request.overwrite(), request.center())
                .toString();
    }

    /** Name of the folder of a request. */
    static String id(String request) {
        return HexFormat.of().formatHex(digest(request), 0, 8);
    }

    /**
     * Opens the record of a request, a new one or what is left of it, and takes away what was being made then.
     *
     * @param target an existing folder of the file system that is written to
     */
    static RestoreRecord open(Path home, RestoreFiles request, Path target) throws IOException {
        Path folder = home.resolve(id(key(request)));
        DurableFiles.createFolders(folder);
        FileChannel done = FileChannel.open(
                folder.resolve(DONE), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        DoneSet known = null;
        try {
            known = DoneSet.read(done, ENTRY, home);
            RestoreRecord record = new RestoreRecord(folder, target, done, known);
            record.read();
            return record;
        } catch (IOException | RuntimeException e) {
            try (done;
                    DoneSet opened = known) {
                throw e;
            }
        }
    }

    private void read() throws IOException {
        readLinks();
        Path left = made(folder);
        if (left != null) {
            Files.deleteIfExists(left);
        }
        partial = partial(folder);
        if (partial == null) {
            Files.deleteIfExists(folder.resolve(PARTIAL));
        } else if (partial.position == 0) {
            dropPartial();
        }
    }

    /** What was being made; null: nothing. */
    private static Path made(Path folder) throws IOException {
        Path making = folder.resolve(MAKING);
        if (!Files.exists(making)) {
            return null;
        }
        byte[] bytes = Files.readAllBytes(making);
        // A loss of power may have left nothing in it.
        return named(bytes, temporary(folder));
    }

    private static Path named(byte[] path, String name) {
        Path there = path.length > 1 && path[0] == '/' ? ExactPaths.of(path) : null;
        return there != null && there.getFileName().toString().equals(name) ? there : null;
    }

    private static Partial partial(Path folder) {
        try (DataInputStream in = CheckedInput.open(folder.resolve(PARTIAL), PARTIAL_MAGIC)) {
            byte[] entry = Fields.bytes(in);
            byte[] path = Fields.bytes(in);
            Path place = entry == null || path == null ? null : named(path, temporary(folder) + LASTING);
            return place == null ? null : new Partial(ByteBuffer.wrap(entry), place, in.readLong(), in.readLong());
        } catch (IOException | IllegalArgumentException e) {
            // None, or lost: what it was of comes again.
            return null;
        }
    }

    private static String temporary(Path folder) {
        return PREFIX + folder.getFileName();
    }

    /** Name under which files are made. */
    String temporary() {
        return temporary(folder);
    }

    /** Name under which a large file is made, which may outlive the restore. */
    String lasting() {
        return temporary() + LASTING;
    }

    /** Whether this is the large file that was begun. */
    boolean isBegun(Wanted wanted) {
        return partial != null && partial.entry.equals(entry(wanted));
    }

    /** The large file that was begun; null: none was. */
    Partial partial() {
        return partial;
    }

    /** Says that a large file is about to be made; what is left of another one goes. */
    void begin(Wanted wanted, Path place) throws IOException {
        dropPartial();
        note(wanted, place, 0, 0);
    }

    /** Notes how far a large file has come, durably. */
    void note(Wanted wanted, Path place, long inode, long position) throws IOException {
        Partial now = new Partial(entry(wanted), place, inode, position);
        Path next = folder.resolve("." + PARTIAL);
        Files.deleteIfExists(next);
        try (CheckedOutput out = CheckedOutput.create(next, PARTIAL_MAGIC)) {
            byte[] entry = new byte[ENTRY];
            now.entry.duplicate().get(entry);
            Fields.putBytes(out, entry);
            Fields.putBytes(out, ExactPaths.bytes(place));
            out.writeLong(inode);
            out.writeLong(position);
            out.finish();
        }
        Files.move(next, folder.resolve(PARTIAL), StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.forceFolder(folder);
        partial = now;
    }

    /** The large file is in place, or was taken away. */
    void end() throws IOException {
        partial = null;
        Files.deleteIfExists(folder.resolve(PARTIAL));
    }

    /** Takes away what is left of a large file. */
    void dropPartial() throws IOException {
        if (partial != null) {
            Files.deleteIfExists(partial.place);
        }
        end();
    }

    /** The folder of the buffer for what comes. */
    Path folder() {
        return folder;
    }

    /** Says where a file is about to be made, so that it can be taken away if nobody gets to that. */
    void making(Path place) throws IOException {
        if (place.equals(noted)) {
            return;
        }
        Path next = folder.resolve("." + MAKING);
        Files.write(next, ExactPaths.bytes(place));
        Files.move(next, folder.resolve(MAKING), StandardCopyOption.ATOMIC_MOVE);
        noted = place;
    }

    /** Whether it was put into place, durably, before the record was opened, or is a folder that was made then. */
    boolean isDone(Wanted wanted) {
        return known.contains(entry(wanted));
    }

    /** Where a file with several names was put before it was cut off; null: nowhere. */
    Path linked(String key) {
        return links.get(key);
    }

    /** Notes where a file with several names was put. */
    void link(String key, Path place) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        links.put(key, place);
        DataOutputStream out = new DataOutputStream(bytes);
        Fields.putText(out, key);
        Fields.putBytes(out, ExactPaths.bytes(place));
        Files.write(folder.resolve(LINKS), bytes.toByteArray(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void readLinks() throws IOException {
        if (!Files.exists(folder.resolve(LINKS))) {
            return;
        }
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(folder.resolve(LINKS))))) {
            while (true) {
                String key = Fields.text(in);
                byte[] place = Fields.bytes(in);
                if (key == null || place == null || place.length < 2 || place[0] != '/') {
                    throw new EOFException("what follows is none");
                }
                links.put(key, ExactPaths.of(place));
            }
        } catch (IOException | IllegalArgumentException e) {
            // The last ones may be cut off, or zeros after a loss of power: their files get a content of their own.
            return;
        }
    }

    /** A folder is about to be made, whose times will be those of what is put into it. */
    void making(Wanted folder) throws IOException {
        BufferedIo.write(done, entry(folder), done.size() / ENTRY * ENTRY);
    }

    void done(Wanted wanted) throws IOException {
        fresh.add(entry(wanted));
        if (fresh.size() >= NOTE_EVERY) {
            note();
        }
    }

    /** Notes all that is in place, durably. */
    void note() throws IOException {
        if (fresh.isEmpty()) {
            return;
        }
        if (UnixFiles.canForceFileSystem()) {
            UnixFiles.forceFileSystem(target);
        }
        ByteBuffer bytes = ByteBuffer.allocate(fresh.size() * ENTRY);
        fresh.forEach(entry -> bytes.put(entry.duplicate()));
        BufferedIo.write(done, bytes.flip(), done.size() / ENTRY * ENTRY);
        done.force(true);
        fresh.clear();
    }

    private static ByteBuffer entry(Wanted wanted) {
        String text = wanted.version().run().backup() + "\0" + wanted.path() + "\0"
                + wanted.version().sha256() + "\0" + wanted.version().modified();
        return ByteBuffer.wrap(digest(text), 0, ENTRY).slice();
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The restore is over: nobody goes on with it. */
    void forget() throws IOException {
        close();
        delete(folder);
    }

    /** Deletes a record, and what was being made. */
    static void delete(Path folder) throws IOException {
        Path left = made(folder);
        Partial partial = partial(folder);
        if (left != null) {
            Files.deleteIfExists(left);
        }
        if (partial != null) {
            Files.deleteIfExists(partial.place);
        }
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }

    @Override
    public void close() throws IOException {
        try (done) {
            known.close();
        }
    }
}

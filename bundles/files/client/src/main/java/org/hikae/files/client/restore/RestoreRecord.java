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

    private final Path folder;
    private final String id;
    private final Path target;
    private final FileChannel done;
    private final Set<ByteBuffer> known = new HashSet<>();

    /** In place, and not known to be durable. */
    private final Set<ByteBuffer> fresh = new HashSet<>();

    private final Map<String, Path> links = new HashMap<>();

    /** Where a file was said to be made last. */
    private Path noted;

    private RestoreRecord(Path folder, String id, Path target, FileChannel done) {
        this.folder = folder;
        this.id = id;
        this.target = target;
        this.done = done;
    }

    /**
     * Opens the record of a request, a new one or what is left of it, and takes away what was being made then.
     *
     * @param target an existing folder of the file system that is written to
     */
    static RestoreRecord open(Path home, RestoreFiles request, Path target) throws IOException {
        String id = HexFormat.of().formatHex(digest(request.toString()), 0, 8);
        Path folder = home.resolve(id);
        DurableFiles.createFolders(folder);
        FileChannel done = FileChannel.open(
                folder.resolve(DONE), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        RestoreRecord record = new RestoreRecord(folder, id, target, done);
        try {
            record.read();
        } catch (IOException | RuntimeException e) {
            done.close();
            throw e;
        }
        return record;
    }

    private void read() throws IOException {
        long entries = done.size() / ENTRY;
        for (long i = 0; i < entries; i++) {
            ByteBuffer entry = ByteBuffer.allocate(ENTRY);
            BufferedIo.read(done, entry, i * ENTRY);
            known.add(entry.flip());
        }
        readLinks();
        Path making = folder.resolve(MAKING);
        if (Files.exists(making)) {
            byte[] bytes = Files.readAllBytes(making);
            // A loss of power may have left nothing in it.
            Path left = bytes.length > 1 && bytes[0] == '/' ? ExactPaths.of(bytes) : null;
            if (left != null && left.getFileName().toString().equals(temporary())) {
                Files.deleteIfExists(left);
            }
        }
    }

    /** Name under which files are made. */
    String temporary() {
        return ".hikae-restore-" + id;
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
        ByteBuffer entry = entry(folder);
        if (known.add(entry)) {
            BufferedIo.write(done, entry.duplicate(), done.size() / ENTRY * ENTRY);
        }
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
        known.addAll(fresh);
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

    static void delete(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }

    @Override
    public void close() throws IOException {
        done.close();
    }
}

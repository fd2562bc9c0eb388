package org.hikae.media.meta;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileType;
import org.hikae.api.media.GenerationRequest;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.IndexRef;
import org.hikae.media.format.ObjectRef;
import org.hikae.media.format.ObjectStreams;
import org.hikae.media.format.Varint;
import org.hikae.media.index.Keyed;
import org.hikae.media.index.KeyedSource;
import org.hikae.media.index.ScratchFolder;

/** The meta information of a group's files on a medium. */
public final class MetaObject {

    /** Reads bytes of the object, from the buffer's position to its limit. */
    @FunctionalInterface
    public interface Input {
        void read(ByteBuffer dst, long position) throws IOException;

        /**
         * Reads bytes that were damaged from a copy.
         *
         * @throws DamagedException the damage, if there is no copy or that cannot be read
         */
        default void readCopy(ByteBuffer dst, long position, DamagedException damage) throws DamagedException {
            throw damage;
        }
    }

    private static final int ROOT_MODE = 0755;

    private MetaObject() {}

    /**
     * Writes what was collected as an object, durably.
     *
     * @param t0 of the generation
     * @throws IOException if a path was given twice, or a directory not before what is in it, or anything cannot be written
     */
    public static IndexRef write(
            MetaCollector collected,
            GenerationRequest request,
            Instant t0,
            Medium medium,
            String name,
            ScratchFolder scratch)
            throws IOException {
        if (collected.isEmpty()) {
            addRoot(collected, request, t0);
        }
        try (ObjectWriter writer = medium.create(name);
                FirstNames firsts = new FirstNames(scratch)) {
            if (collected.isLinked()) {
                findFirsts(collected, firsts);
            }
            ObjectStreams.Out out = new ObjectStreams.Out(writer);
            MetaPageWriter.Written written = writePages(collected, firsts, out);
            writer.commit();
            ObjectRef object = out.end(name);
            return new IndexRef(
                    name, object.length(), object.sha256(), written.directoryLength(), written.directorySha256());
        }
    }

    private static void addRoot(MetaCollector collected, GenerationRequest request, Instant t0) throws IOException {
        int blockSize = request.blockSize();
        SourceInfo source = new SourceInfo(
                request.format(), "", "", blockSize, request.size() / blockSize, List.of(), List.of(), null);
        collected.addRoot(
                source, new FileAttributes(1, FileType.DIRECTORY, ROOT_MODE, 0, 0, 0, 2, t0, t0, t0, null, 0, 0, 0));
    }

    private static void findFirsts(MetaCollector collected, FirstNames firsts) throws IOException {
        KeyedSource items = collected.sorted();
        long ordinal = 0;
        for (Keyed item = items.next(); item != null; item = items.next()) {
            ByteBuffer value = ByteBuffer.wrap(item.value());
            if (value.get() == ItemKind.FILE.code()) {
                long number = value.getLong();
                if (value.get() != 0) {
                    firsts.add(number, ordinal);
                }
                ordinal++;
            }
        }
        firsts.end();
    }

    private static MetaPageWriter.Written writePages(MetaCollector collected, FirstNames firsts, OutputStream out)
            throws IOException {
        Ancestors ancestors = new Ancestors();
        try (MetaPageWriter pages = new MetaPageWriter(out)) {
            KeyedSource items = collected.sorted();
            long ordinal = -1;
            boolean first = true;
            for (Keyed item = items.next(); item != null; item = items.next()) {
                ByteBuffer value = ByteBuffer.wrap(item.value());
                ItemKind kind = ItemKind.of(value.get());
                if (kind == ItemKind.FILE) {
                    ordinal++;
                    long number = firsts.of(ordinal);
                    first = number == ordinal;
                    addFile(pages, ancestors, MetaCollector.fileOf(item), number + 1, value);
                } else if (first) {
                    pages.add(kind, value);
                }
            }
            return pages.end(collected.source());
        }
    }

    private static void addFile(
            MetaPageWriter pages, Ancestors ancestors, byte[] key, long number, ByteBuffer collected)
            throws IOException {
        ByteBuffer attributes = collected
                .position(collected.position() + MetaCollector.NUMBER_AND_LINKED)
                .slice();
        ByteBuffer body = ByteBuffer.allocate(Varint.MAX_BYTES + attributes.remaining());
        Varint.put(body, number);
        body.put(attributes.duplicate());
        ancestors.check(key, AttributesCodec.get(number, attributes).type() == FileType.DIRECTORY);
        pages.addFile(key, body.flip());
    }

    /** The directories that a file may be in, and whether it is in one. */
    private static final class Ancestors {

        /** The file before, if there was one. */
        private byte[] last;
        /** The directory that comes last, and all above it are its prefixes. */
        private byte[] directory;

        void check(byte[] key, boolean isDirectory) throws IOException {
            if (last != null && Arrays.equals(last, key)) {
                throw new IOException("the path " + PathKey.text(key) + " was given twice");
            }
            int parent = PathKey.parentLength(key);
            boolean root = key.length == 0;
            boolean known = directory != null
                    && parent <= directory.length
                    && Arrays.equals(directory, 0, parent, key, 0, parent)
                    && (parent == directory.length || directory[parent] == 0);
            if (!root && !known) {
                throw new IOException(
                        "the path " + PathKey.text(key) + " was given without the directory that it is in");
            }
            last = key;
            // What comes next is in this directory, or beside or above it.
            directory = isDirectory ? key : Arrays.copyOf(key, parent);
        }
    }

    /**
     * Opens meta information.
     *
     * @param id of the generation, for messages
     * @param device the generation; stays open as long as what is returned is used
     * @throws DamagedException if it is missing, or its directory is damaged
     */
    public static FileSystem open(IndexRef ref, String id, String group, Input input, BlockDevice device)
            throws IOException {
        return new MetaFileSystem(group, new MetaPages(ref, id, input), device);
    }

    /**
     * Reads all of it.
     *
     * @throws IOException if anything is not what was written
     */
    public static void check(IndexRef ref, String id, Input input) throws IOException {
        new MetaCheck(new MetaPages(ref, id, input)).run();
    }
}

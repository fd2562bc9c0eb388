package org.hikae.media.read;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.media.Layout;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.io.Buffers;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.IndexRef;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.ObjectRef;
import org.hikae.media.index.Frame;
import org.hikae.media.index.PagedIndex;
import org.hikae.media.index.Span;
import org.hikae.media.medium.UsableMedium;
import org.hikae.media.meta.MetaObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A generation without its separate log, or such a log: an index, and the objects that it leads to. Thread-safe. */
public final class Part implements Closeable {

    /** What all parts have in common. */
    record Shared(OpenObjects objects, PagedIndex.Cache pages, FrameStore frames) {}

    private static final Logger LOG = LoggerFactory.getLogger(Part.class);

    private final Manifest manifest;
    private final UsableMedium medium;
    /** Whether frames are regions of an image, which are blocks and nothing else. */
    private final boolean raw;

    private final List<ObjectRef> refs;
    private final IndexRef indexRef;
    private final ObjectSet objects;
    private final PagedIndex index;
    private final FrameStore frames;

    private Part(
            Manifest manifest, UsableMedium medium, boolean raw, List<ObjectRef> refs, IndexRef indexRef, Shared shared)
            throws IOException {
        this.manifest = manifest;
        this.medium = medium;
        this.raw = raw;
        this.refs = refs;
        this.indexRef = indexRef;
        this.frames = shared.frames();
        List<String> names = new ArrayList<>();
        refs.forEach(ref -> names.add(ref.name()));
        names.add(indexRef.name());
        if (manifest.files() != null) {
            names.add(manifest.files().name());
        }
        this.objects = new ObjectSet(shared.objects(), medium.objects(), names);
        try {
            index = PagedIndex.open(indexRef, manifest.blockCount(), refs.size(), new IndexInput(), shared.pages());
        } catch (IOException | RuntimeException e) {
            objects.close();
            throw e;
        }
    }

    static Part ofGeneration(Manifest manifest, UsableMedium medium, Shared shared) throws IOException {
        boolean raw = manifest.layout() == Layout.IMAGE;
        return open(manifest, medium, raw, manifest.objects(), manifest.index(), "index", shared);
    }

    static Part ofLog(Manifest manifest, UsableMedium medium, Shared shared) throws IOException {
        return open(
                manifest,
                medium,
                false,
                manifest.log().objects(),
                manifest.log().index(),
                "log's index",
                shared);
    }

    private static Part open(
            Manifest manifest,
            UsableMedium medium,
            boolean raw,
            List<ObjectRef> refs,
            IndexRef index,
            String what,
            Shared shared)
            throws IOException {
        try {
            return new Part(manifest, medium, raw, refs, index, shared);
        } catch (IOException e) {
            throw damaged("the " + what + " of " + manifest.id() + " (" + index.name() + ")", e);
        }
    }

    private static IOException damaged(String index, IOException e) {
        if (e instanceof NoSuchFileException) {
            return new DamagedException(index + " is missing", e);
        }
        return e instanceof DamagedException || e instanceof EOFException
                ? new DamagedException(
                        index + " is damaged: " + (e instanceof EOFException ? "it is cut off" : e.getMessage()), e)
                : e;
    }

    /** The index, and where there is one its copy in a second tier. */
    private final class IndexInput implements PagedIndex.Input {

        @Override
        public void read(ByteBuffer dst, long position) throws IOException {
            objects.read(refs.size(), dst, position);
        }

        @Override
        public void readCopy(ByteBuffer dst, long position, DamagedException damage) throws DamagedException {
            Part.this.readCopy(indexRef.name(), dst, position, damage);
        }
    }

    /** The meta information of the group's files, likewise. */
    private final class MetaInput implements MetaObject.Input {

        @Override
        public void read(ByteBuffer dst, long position) throws IOException {
            objects.read(refs.size() + 1, dst, position);
        }

        @Override
        public void readCopy(ByteBuffer dst, long position, DamagedException damage) throws DamagedException {
            Part.this.readCopy(manifest.files().name(), dst, position, damage);
        }
    }

    /**
     * Opens the meta information of the group's files.
     *
     * @param device the generation; it and this stay open as long as what is returned is used
     * @return empty if there is none
     * @throws DamagedException if it is missing, or its directory is damaged
     */
    Optional<FileSystem> openMeta(BlockDevice device) throws IOException {
        return manifest.files() == null
                ? Optional.empty()
                : Optional.of(MetaObject.open(
                        manifest.files(), manifest.id(), manifest.group().of().name(), meta(), device));
    }

    /** The meta information of the group's files, of a generation that has some. */
    MetaObject.Input meta() {
        return new MetaInput();
    }

    public Manifest manifest() {
        return manifest;
    }

    public UsableMedium medium() {
        return medium;
    }

    /** Whether it is an image: its frames are regions, which are blocks and nothing else. */
    public boolean isRaw() {
        return raw;
    }

    /** Whether blocks in a frame lie where they must: in an image, each is at its own address. */
    public boolean isAtItsPlace(Span span) throws IOException {
        return !raw || index.frame(span.frame()).offset() == (span.first() - span.position()) * blockSize();
    }

    /** What the manifest says of the objects of frames. */
    public List<ObjectRef> refs() {
        return refs;
    }

    /** What the manifest says of the index. */
    IndexRef indexRef() {
        return indexRef;
    }

    public PagedIndex index() {
        return index;
    }

    ObjectSet objects() {
        return objects;
    }

    /**
     * Reads bytes of an object of frames as a part of whole pages, which media can read without copying.
     *
     * @param room takes them and what alignment adds at both ends
     * @return the room, with the bytes asked for from position to limit
     * @throws DamagedException if the object should end before
     */
    public ByteBuffer read(int object, long from, long to, ByteBuffer room) throws IOException {
        long length = refs.get(object).length();
        if (to > length) {
            throw new DamagedException("it lies beyond the end of its object");
        }
        long start = from & -Buffers.ALIGNMENT;
        long end = Math.min(length, (to + Buffers.ALIGNMENT - 1) & -Buffers.ALIGNMENT);
        objects.read(object, room.clear().limit((int) (end - start)), start);
        return room.limit((int) (to - start)).position((int) (from - start));
    }

    /**
     * Reads a frame that is damaged on its medium from a second tier, for another look at it.
     *
     * @throws DamagedException the damage, if there is no copy, or that cannot be read
     */
    public ByteBuffer copyOf(Frame frame, DamagedException damage) throws DamagedException {
        ByteBuffer bytes = Buffers.allocate(frame.length());
        readCopy(name(frame.object()), bytes, frame.offset(), damage);
        return bytes.flip();
    }

    private void readCopy(String object, ByteBuffer dst, long position, DamagedException damage)
            throws DamagedException {
        try {
            if (medium.copies().areApart() && !medium.near().list(object).isEmpty()) {
                try (ObjectReader copy = medium.copies().open(object)) {
                    copy.read(dst, position);
                }
                LOG.warn(
                        "{} is damaged from byte {} on on medium {}, and was read from tape",
                        object,
                        position,
                        medium.name());
                return;
            }
        } catch (IOException e) {
            damage.addSuppressed(e);
        }
        throw damage;
    }

    public int blockSize() {
        return manifest.blockSize();
    }

    /** Name of an object of frames. */
    public String name(int object) {
        return refs.get(object).name();
    }

    @Override
    public void close() {
        index.close();
        frames.drop(this);
        objects.close();
    }
}

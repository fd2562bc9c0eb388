package org.hikae.media.meta;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileType;
import org.hikae.api.media.MetaWriter;
import org.hikae.media.index.Keyed;
import org.hikae.media.index.KeyedSorter;
import org.hikae.media.index.KeyedSource;
import org.hikae.media.index.ScratchFolder;

/**
 * Meta information of a group's files as it comes, in the order of the file system, which is that of nothing: it is sorted in
 * scratch files. Thread-safe, for it may be dropped while it is written.
 */
public final class MetaCollector implements MetaWriter, Closeable {

    /** After the key of a file and these, the number of an item: in no path are two zero bytes together. */
    private static final int SUFFIX = 2 + Integer.BYTES;

    /** Of a file, before its attributes: its number in the source, and whether it may have other names. */
    static final int NUMBER_AND_LINKED = Long.BYTES + 1;

    private final int diskBlockSize;
    private final KeyedSorter items;
    /** Guarded by this, as all below. */
    private SourceInfo source;

    private final BlockSet.Builder content = new BlockSet.Builder();
    private boolean linked;
    private boolean torn;
    private boolean closed;

    /** @param diskBlockSize bytes of a block of the disk */
    public MetaCollector(int diskBlockSize, ScratchFolder scratch) {
        this.diskBlockSize = diskBlockSize;
        this.items = new KeyedSorter(scratch);
    }

    @Override
    public synchronized void add(FileEntry file, FileSystem fileSystem) throws IOException {
        if (closed || torn) {
            throw new IOException("the meta information of the group's files "
                    + (closed ? "has ended" : "is not whole: something of it could not be read or written before"));
        }
        torn = true;
        if (source == null) {
            source = SourceInfo.of(fileSystem.info());
        }
        byte[] key = PathKey.parse(file.path())
                .orElseThrow(() -> new IOException("no file can have the path " + file.path()));
        addFile(key, file.attributes());
        new FileItems(file.attributes(), fileSystem, source, new Sink(key)).write();
        torn = false;
    }

    /** Adds an empty root, as of a file system that has no file of the group: there is nothing else to tell of it. */
    synchronized void addRoot(SourceInfo of, FileAttributes root) throws IOException {
        source = of;
        addFile(PathKey.ROOT, root);
    }

    private void addFile(byte[] key, FileAttributes file) throws IOException {
        boolean mayHaveOthers = file.type() != FileType.DIRECTORY && file.links() != 1;
        linked |= mayHaveOthers;
        ByteBuffer body = ByteBuffer.allocate(NUMBER_AND_LINKED + AttributesCodec.MAX_BYTES);
        body.putLong(file.inode()).put((byte) (mayHaveOthers ? 1 : 0));
        AttributesCodec.put(body, file);
        put(key, 0, ItemKind.FILE, Arrays.copyOf(body.array(), body.position()));
    }

    private void put(byte[] key, int number, ItemKind kind, byte[] body) throws IOException {
        ByteBuffer full = ByteBuffer.allocate(key.length + SUFFIX);
        full.put(key).putShort((short) 0).putInt(number);
        ByteBuffer value = ByteBuffer.allocate(1 + body.length);
        value.put(kind.code()).put(body);
        items.add(new Keyed(full.array(), value.array()));
    }

    /** Takes what there is of one file beside its attributes. */
    private final class Sink implements FileItems.Sink {

        private final byte[] key;
        private int number;

        Sink(byte[] key) {
            this.key = key;
        }

        @Override
        public void put(ItemKind kind, byte[] body) throws IOException {
            MetaCollector.this.put(key, ++number, kind, body);
        }

        @Override
        public void content(BlockRun run) {
            long bytes = source.blockSize();
            content.add(BlockRun.covering(run.first() * bytes, run.count() * bytes, diskBlockSize));
        }
    }

    /** The key of the file that an item is of. */
    static byte[] fileOf(Keyed item) {
        return Arrays.copyOf(item.key(), item.key().length - SUFFIX);
    }

    /** Whether nothing was added. */
    synchronized boolean isEmpty() {
        return source == null;
    }

    /** Whether all that was begun has been added. */
    public synchronized boolean isWhole() {
        return !torn;
    }

    /** The blocks of the disk that have content of the files. */
    public synchronized BlockSet content() {
        return content.build();
    }

    synchronized SourceInfo source() {
        return source;
    }

    /** Whether a file may have more than one name. */
    synchronized boolean isLinked() {
        return linked;
    }

    /** All items by file and number; can be asked again. */
    synchronized KeyedSource sorted() throws IOException {
        return items.sorted();
    }

    /** Idempotent. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        items.close();
    }
}

package org.hikae.media.index;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.IndexRef;
import org.hikae.media.format.Sha256;

/**
 * An index as it is read: the directory is in memory, and of the pages those that were used last, of all open indexes
 * together. Nothing is returned of a page that is not what was written (I9). Thread-safe.
 */
public final class PagedIndex {

    /** Reads bytes of the index, from the buffer's position to its limit. */
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

    /** A cache for all indexes. */
    public static final class Cache {

        private final SharedCache<Page> pages;

        /** @param maxBytes bytes of all pages in memory */
        public Cache(long maxBytes) {
            pages = new SharedCache<>(maxBytes, Page::bytes);
        }
    }

    private final IndexRef ref;
    private final long blockCount;
    private final int objectCount;
    private final Input input;
    private final Cache cache;
    private final Directory directory;

    private PagedIndex(IndexRef ref, long blockCount, int objectCount, Input input, Cache cache) throws IOException {
        this.ref = ref;
        this.blockCount = blockCount;
        this.objectCount = objectCount;
        this.input = input;
        this.cache = cache;
        this.directory = readDirectory();
    }

    /**
     * Opens an index by reading its directory.
     *
     * @param objectCount number of the objects in which its frames lie
     * @throws DamagedException if the directory is damaged
     */
    public static PagedIndex open(IndexRef ref, long blockCount, int objectCount, Input input, Cache cache)
            throws IOException {
        return new PagedIndex(ref, blockCount, objectCount, input, cache);
    }

    private Directory readDirectory() throws IOException {
        long end = ref.length() - ref.directoryLength();
        if (end < Directory.HEADER) {
            throw new DamagedException("its directory is longer than itself");
        }
        byte[] bytes = new byte[ref.directoryLength()];
        read(bytes, end, this::isDirectory, () -> new DamagedException("its directory does not match its hash"));
        return Directory.decode(ByteBuffer.wrap(bytes), blockCount, end);
    }

    private boolean isDirectory(byte[] bytes) {
        var digest = Sha256.begin();
        digest.update(bytes);
        return Sha256.end(digest).equals(ref.directorySha256());
    }

    private void read(byte[] into, long position, Predicate<byte[]> right, Supplier<DamagedException> wrong)
            throws IOException {
        input.read(ByteBuffer.wrap(into), position);
        if (!right.test(into)) {
            DamagedException damage = wrong.get();
            input.readCopy(ByteBuffer.wrap(into), position, damage);
            if (!right.test(into)) {
                throw damage;
            }
        }
    }

    /** The span that has a block of the disk; one of {@link Span#NONE} up to the next span if none has it. */
    public Span at(long block) throws IOException {
        int number = directory.runPageOf(block);
        if (number < 0) {
            return none(0, firstOf(0));
        }
        CompactRuns.Walk runs = runs(number).from(block);
        if (!runs.isThere()) {
            return none(runs.endBefore(), firstOf(number + 1));
        }
        return runs.first() <= block ? runs.span() : none(runs.endBefore(), runs.first());
    }

    /** Hands over what has the blocks from one up to another, cut to these; what has none as {@link Span#NONE}. */
    public void at(long first, long end, Overlay.Sink sink) throws IOException {
        long block = first;
        for (int page = Math.max(0, directory.runPageOf(first)); block < end && page < runPages(); page++) {
            CompactRuns.Walk runs = runs(page).from(block);
            for (; runs.isThere() && runs.first() < end; runs.next()) {
                block = gap(block, runs.first(), sink);
                Span span = runs.span();
                Span cut = span.cut(block, Math.min(end, span.end()));
                sink.add(cut);
                block = cut.end();
            }
            block = gap(block, Math.min(end, firstOf(page + 1)), sink);
        }
        gap(block, end, sink);
    }

    private static long gap(long from, long to, Overlay.Sink sink) throws IOException {
        if (from < to) {
            sink.add(none(from, to));
        }
        return Math.max(from, to);
    }

    private static Span none(long first, long end) {
        return new Span(first, end, Span.NONE, 0);
    }

    /** First block of a page of runs; the number of blocks after the last one. */
    public long firstOf(int runPage) {
        return runPage < directory.runPages() ? directory.first(runPage) : blockCount;
    }

    public int runPages() {
        return directory.runPages();
    }

    /** Number of frames. */
    public int frameCount() {
        return directory.frameCount();
    }

    /** Where a frame lies, by its number. */
    public Frame frame(int number) throws IOException {
        int page = number / FramePage.MAX_FRAMES;
        Page frames = cache.pages.get(this, page, () -> readFrames(page));
        return ((FramePage) frames).get(number % FramePage.MAX_FRAMES);
    }

    private CompactRuns runs(int page) throws IOException {
        return (CompactRuns) cache.pages.get(this, directory.ofRuns(page), () -> {
            ByteBuffer bytes = unpacked(directory.ofRuns(page));
            checked(page, bytes.duplicate());
            return new CompactRuns(bytes);
        });
    }

    public int framePages() {
        return directory.framePages();
    }

    /** Number of the first frame of a page. */
    public int firstFrame(int page) {
        return page * FramePage.MAX_FRAMES;
    }

    /** Takes frames with their numbers. */
    public interface FrameVisitor {
        void visit(int number, Frame frame) throws IOException;
    }

    /** Hands over the frames from one number up to another in their order, each page read once and not kept. */
    public void forEachFrame(int from, int to, FrameVisitor visitor) throws IOException {
        for (int number = from; number < to; ) {
            int page = number / FramePage.MAX_FRAMES;
            FramePage frames = readFrames(page);
            int end = Math.min(to, firstFrame(page) + frames.count());
            for (; number < end; number++) {
                visitor.visit(number, frames.get(number - firstFrame(page)));
            }
        }
    }

    /** Reads a page of frames, whether it is in memory or not. */
    public FramePage readFrames(int page) throws IOException {
        int count = Math.min(FramePage.MAX_FRAMES, frameCount() - firstFrame(page));
        ByteBuffer bytes = unpacked(page);
        try {
            return FramePage.decode(bytes, count, objectCount);
        } catch (DamagedException e) {
            throw damaged(page, e.getMessage());
        }
    }

    /** Reads a page of runs, whether it is in memory or not. */
    public RunPage readRuns(int page) throws IOException {
        return checked(page, unpacked(directory.ofRuns(page)));
    }

    private RunPage checked(int page, ByteBuffer bytes) throws DamagedException {
        int number = directory.ofRuns(page);
        RunPage runs;
        try {
            runs = RunPage.decode(bytes, firstOf(page + 1), frameCount());
        } catch (DamagedException e) {
            throw damaged(number, e.getMessage());
        }
        if (runs.count() == 0 || runs.get(0).first() != firstOf(page)) {
            throw damaged(number, "it has other blocks than its directory says");
        }
        return runs;
    }

    private ByteBuffer unpacked(int page) throws IOException {
        byte[] stored = new byte[directory.length(page)];
        read(
                stored,
                directory.offset(page),
                bytes -> directory.matches(page, bytes),
                () -> damaged(page, "it does not match its hash"));
        long length = Zstd.getFrameContentSize(stored);
        if (length < 0 || length > Directory.MAX_PAGE) {
            throw damaged(page, "it is not compressed as it should be");
        }
        byte[] raw = new byte[(int) length];
        if (Zstd.decompressByteArray(raw, 0, raw.length, stored, 0, stored.length) != length) {
            throw damaged(page, "it does not unpack");
        }
        return ByteBuffer.wrap(raw);
    }

    private DamagedException damaged(int page, String why) {
        return new DamagedException(
                "the page at byte " + directory.offset(page) + " of " + ref.name() + " is damaged: " + why);
    }

    /** All spans in their order, each page read when it is needed, and not kept. */
    public SpanSource spans() {
        return new SpanSource() {
            private RunPage page;
            private int number;
            private int at;

            @Override
            public Span next() throws IOException {
                while (page == null || at == page.count()) {
                    if (number == runPages()) {
                        return null;
                    }
                    page = readRuns(number++);
                    at = 0;
                }
                return page.get(at++);
            }
        };
    }

    /** Forgets its pages. */
    public void close() {
        cache.pages.drop(this);
    }
}

package org.hikae.files.center.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hikae.api.files.RunId;
import org.hikae.api.fs.FileType;
import org.hikae.api.job.Reason;
import org.hikae.files.center.table.EntryRow;
import org.hikae.files.center.table.EntryRow.Content;
import org.hikae.files.center.table.EntryRow.Place;
import org.hikae.files.center.table.PartRow;
import org.hikae.files.center.table.RunRow;
import org.hikae.files.transfer.run.Feed;
import org.hikae.files.transfer.run.FormatException;
import org.hikae.files.transfer.run.FrameCodec;
import org.hikae.files.transfer.run.RunItem;
import org.hikae.files.transfer.run.RunItem.Data;
import org.hikae.files.transfer.run.RunItem.FileEnd;
import org.hikae.files.transfer.run.RunItem.FileItem;
import org.hikae.files.transfer.run.RunItem.FileVoid;
import org.hikae.files.transfer.run.RunItem.Follows;
import org.hikae.files.transfer.run.RunItem.Nothing;
import org.hikae.files.transfer.run.RunItem.Start;
import org.hikae.files.transfer.run.RunItem.Times;
import org.hikae.files.transfer.run.RunWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Versions of an origin as frames of a run that is made for it: each with its content. One that is damaged where it is stored comes without: as a
 * regular file, whatever it was, that is void. All others come.
 */
final class ContentFeed extends Feed {

    /** A version and the names that its run's number goes with. */
    record Wanted(String backup, EntryRow entry) {}

    /** Gives the versions, one after the other; null at the end. */
    interface Source {
        Wanted next() throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(ContentFeed.class);

    private final Core core;
    private final String origin;
    private final Source source;
    private final FrameItems frames;
    private final FrameCodec codec = new FrameCodec();
    private final Deque<ByteBuffer> made = new ArrayDeque<>();
    private final Map<Long, Long> numbers = new HashMap<>();
    private final RunWriter writer;
    /** The version that is being given; null: none is. */
    private Wanted open;

    /** Whether its attributes have been given. */
    private boolean isBegun;

    private long frame;
    private int item;
    private boolean finished;

    /** Bytes of the next content that need not come. */
    private long begun;

    /** @param begun bytes of the first content, from its beginning on, that need not come */
    ContentFeed(Core core, String origin, Source source, long begun, Instant now) throws IOException {
        this.begun = begun;
        this.core = core;
        this.origin = origin;
        this.source = source;
        this.frames = new FrameItems(core);
        Start start = new Start(UUID.randomUUID(), "restore", 1, 0, now);
        this.writer = new RunWriter(start, (number, raw) -> {
            ByteBuffer heap =
                    ByteBuffer.allocate(raw.remaining()).put(raw.duplicate()).flip();
            made.add(codec.encode(number, start.mark(), heap).bytes());
        });
    }

    @Override
    protected ByteBuffer next() throws IOException {
        while (made.isEmpty() && !finished) {
            if (open == null) {
                open = source.next();
            }
            if (open == null) {
                writer.finish();
                finished = true;
            } else {
                give();
            }
        }
        return made.poll();
    }

    private void give() throws IOException {
        try {
            if (isBegun) {
                goOn();
            } else {
                begin(open);
            }
        } catch (FormatException e) {
            LOG.warn(
                    "{} of run {} of {} is left out of a restore: {}",
                    open.entry.path(),
                    open.entry.number(),
                    open.backup,
                    Reason.of(e));
            if (!isBegun) {
                writer.write(unknown(open.entry));
            }
            writer.write(new FileVoid());
            over();
        }
    }

    private void over() {
        open = null;
        isBegun = false;
        begun = 0;
    }

    private void begin(Wanted next) throws IOException {
        Place place = next.entry.place();
        FileItem file = file(next, place, next.entry.position());
        if (!file.path().equals(next.entry.path())) {
            throw damaged(next);
        }
        if (next.entry.content() == null) {
            writer.write(with(file, new Nothing()));
            over();
            return;
        }
        writer.write(with(file, new Follows()));
        isBegun = true;
        Content content = next.entry.content();
        file(next, content.place(), content.position());
        frame = content.place().frame();
        item = content.place().item() + 1;
        if (begun > 0) {
            skip(next, content);
        }
    }

    /** Goes on with the last part that begins at or before what is to come: nothing of what lies before it is read, which may take hours. */
    private void skip(Wanted of, Content content) throws IOException {
        long run = content.place().run();
        List<Long> firsts = core.tables().call(connection -> PartRow.list(connection, run)).stream()
                .map(PartRow::first)
                .filter(first -> first > content.place().frame() && first <= content.last())
                .toList();
        int low = 0;
        int high = firsts.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            List<RunItem> items = frames.items(run(of, run), run, firsts.get(middle), -1);
            if (items.get(0) instanceof Data data && data.offset() <= begun) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low > 0) {
            frame = firsts.get(low - 1);
            item = 0;
        }
    }

    private FileItem file(Wanted of, Place place, long position) throws IOException {
        List<RunItem> items = frames.items(run(of, place.run()), place.run(), place.frame(), position);
        if (place.item() < items.size() && items.get(place.item()) instanceof FileItem file) {
            return file;
        }
        throw damaged(of);
    }

    /** One frame's worth of content. */
    private void goOn() throws IOException {
        Content content = open.entry.content();
        boolean first = frame == content.place().frame();
        List<RunItem> items = frames.items(
                run(open, content.place().run()), content.place().run(), frame, first ? content.position() : -1);
        for (; item < items.size(); item++) {
            if (items.get(item) instanceof Data data) {
                if (data.offset() + data.bytes().remaining() > begun) {
                    writer.write(data);
                }
            } else if (items.get(item) instanceof FileEnd end && isSaid(end, open.entry)) {
                writer.write(end);
                over();
                return;
            } else {
                throw damaged(open);
            }
        }
        if (frame >= content.last()) {
            throw damaged(open);
        }
        frame++;
        item = 0;
    }

    /** Tables that are made anew meanwhile may lead elsewhere. */
    private static boolean isSaid(FileEnd end, EntryRow entry) {
        return entry.sha256() == null || Arrays.equals(entry.sha256(), end.sha256());
    }

    private static FormatException damaged(Wanted of) {
        return new FormatException("what is stored of " + of.entry.path() + " of run " + of.entry.number() + " of "
                + of.backup + " is not what the tables say");
    }

    /** Something of which nothing but the name can be read. */
    private static FileItem unknown(EntryRow entry) {
        Times times = new Times(entry.modified(), entry.modified(), null, null);
        return new FileItem(
                entry.path(),
                FileType.REGULAR,
                0,
                0,
                0,
                null,
                null,
                times,
                entry.size(),
                null,
                0,
                List.of(),
                0,
                new Follows());
    }

    private RunId run(Wanted of, long id) throws IOException {
        Long number = numbers.get(id);
        if (number == null) {
            number = core.tables().call(connection -> RunRow.number(connection, id));
            numbers.put(id, number);
        }
        return new RunId(origin, of.backup, number);
    }

    private static FileItem with(FileItem file, RunItem.Content content) {
        return new FileItem(
                file.path(),
                file.type(),
                file.mode(),
                file.uid(),
                file.gid(),
                file.owner(),
                file.group(),
                file.times(),
                file.size(),
                file.target(),
                file.device(),
                file.attributes(),
                file.link(),
                content);
    }

    @Override
    protected void end() throws IOException {
        codec.close();
        frames.close();
    }
}

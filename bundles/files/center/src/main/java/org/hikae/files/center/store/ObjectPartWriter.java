package org.hikae.files.center.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import org.hikae.api.files.RunId;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.files.center.store.CenterStore.Stored;
import org.hikae.files.center.table.BackupRow;
import org.hikae.files.center.table.EntryRow;
import org.hikae.files.center.table.NewEntry;
import org.hikae.files.center.table.NewEntry.Elsewhere;
import org.hikae.files.center.table.NewEntry.Other;
import org.hikae.files.center.table.NewPart;
import org.hikae.files.center.table.PartRow;
import org.hikae.files.center.table.RunRow;
import org.hikae.files.transfer.run.FrameCodec;
import org.hikae.files.transfer.run.RunItem;
import org.hikae.files.transfer.run.RunItem.Same;
import org.hikae.files.transfer.run.StoredFrame;

/** Receives frames into an object: head, frames, table, trailer. Committed, it is durable; then it is entered. */
final class ObjectPartWriter implements PartWriter {

    /** Bytes of frames after which a part is full. */
    static final long FULL_BYTES = 64 << 20;

    /** Bytes of the table, about, after which it is. */
    static final long FULL_TABLE = 16 << 20;

    private final Core core;
    private final String medium;
    private final ObjectWriter object;
    private final PartWriting writing;
    private final Consumer<RunId> whenComplete;
    private final long framesAt;
    private long bytes;
    /** Why nothing more can be written; null: it can. */
    private IOException over;

    /** Whether what was written is not what the table says. */
    private boolean broken;

    private boolean closed;

    /** Takes the object and the writing over, which are closed with it. */
    ObjectPartWriter(Core core, String medium, ObjectWriter object, PartWriting writing, Consumer<RunId> whenComplete)
            throws IOException {
        this.core = core;
        this.medium = medium;
        this.object = object;
        this.writing = writing;
        this.whenComplete = whenComplete;
        ByteBuffer head = PartHead.encode(writing.run());
        this.framesAt = head.remaining();
        try {
            object.write(head);
        } catch (IOException | RuntimeException e) {
            try (object) {
                writing.close();
            }
            throw e;
        }
    }

    @Override
    public long next() {
        return writing.next();
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public boolean isFull() {
        return bytes >= FULL_BYTES || writing.weight() >= FULL_TABLE || writing.isEnded() || writing.isAtLimit();
    }

    @Override
    public void write(ByteBuffer stored) throws IOException {
        checkOpen();
        StoredFrame frame;
        List<RunItem> items;
        try {
            ByteBuffer all = stored.duplicate();
            frame = FrameCodec.take(all);
            if (all.hasRemaining()) {
                throw new IOException("a frame with " + all.remaining() + " bytes behind it");
            }
            items = writing.parse(frame);
        } catch (IOException e) {
            over = new RefusedFrameException(e.getMessage(), e);
            throw over;
        }
        broken = true;
        object.write(frame.bytes());
        broken = false;
        writing.add(frame, items);
        bytes += frame.header().frameLength();
    }

    private void checkOpen() throws IOException {
        if (closed || broken) {
            throw new IOException("the part of run " + writing.run().id() + " has ended");
        }
        if (over != null) {
            throw new RefusedFrameException(over.getMessage(), over);
        }
    }

    @Override
    public Stored commit() throws IOException {
        if (closed || broken) {
            throw new IOException("the part of run " + writing.run().id() + " has ended");
        }
        RunId id = writing.run().id();
        if (writing.frames() == 0) {
            close();
            return new Stored(id, writing.first(), false);
        }
        broken = true;
        RunRow now = core.withMedia(this::pinned);
        close();
        if (now.complete()) {
            whenComplete.accept(id);
        }
        return new Stored(id, now.durable(), now.complete());
    }

    /** With what it refers to pinned. Nothing of it is written as long as a medium has to be opened: then it begins again. */
    private RunRow pinned() throws IOException {
        Lock pinned = core.gate().readLock();
        pinned.lock();
        try {
            Set<Checked> used = new HashSet<>();
            writing.resolve(same -> core.tables().call(connection -> find(connection, same, used)));
            checkThere(used);
            return enter(writing.run().id(), finish());
        } finally {
            pinned.unlock();
        }
    }

    private RunRow enter(RunId id, NewPart part) throws IOException {
        core.enterLater(id, part);
        core.settle(id);
        return core.tables().call(connection -> {
            BackupRow backup = BackupRow.make(connection, id.origin(), id.backup());
            return RunRow.find(connection, backup.id(), id.number()).orElseThrow();
        });
    }

    /** A part on a medium that content which is referred to lies in. */
    private record Checked(String medium, String name, long bytes) {}

    /** What a file refers to, as an entry that says where it is; null if that is nowhere. */
    private NewEntry find(Connection connection, Same same, Set<Checked> used) throws SQLException {
        RunId id = writing.run().id();
        Optional<BackupRow> backup = BackupRow.find(connection, id.origin(), id.backup());
        if (backup.isEmpty()) {
            return null;
        }
        Optional<RunRow> run = RunRow.find(connection, backup.get().id(), same.run());
        boolean released = run.isPresent()
                ? run.get().state() == RunRow.State.RELEASED
                : RunRow.isForgotten(connection, backup.get().id(), same.run());
        if (released) {
            return elsewhere(same);
        }
        Optional<EntryRow> found = EntryRow.withContent(connection, backup.get().id(), same.path(), same.run());
        if (found.isEmpty()) {
            boolean handedOn = EntryRow.isElsewhere(connection, backup.get().id(), same.path(), same.run());
            return handedOn ? elsewhere(same) : null;
        }
        EntryRow.Content content = found.get().content();
        long number = RunRow.number(connection, content.place().run());
        for (PartRow part : PartRow.list(connection, content.place().run())) {
            if (part.first() <= content.last() && content.place().frame() < part.end()) {
                RunId there = new RunId(id.origin(), id.backup(), number);
                String name = PartName.part(there, part.first()).toString();
                used.add(new Checked(part.medium(), name, part.bytes()));
            }
        }
        return entry(found.get(), number);
    }

    private static NewEntry elsewhere(Same same) {
        return new NewEntry(false, 0, 0, 0, same.path(), null, 0, null, null, null, new Elsewhere());
    }

    private static NewEntry entry(EntryRow row, long number) {
        EntryRow.Content content = row.content();
        return new NewEntry(
                false,
                row.place().frame(),
                row.place().item(),
                row.last(),
                row.path(),
                row.type(),
                row.size(),
                row.modified(),
                row.sha256(),
                row.doubt(),
                new Other(number, content.place().frame(), content.place().item(), content.last()));
    }

    /** R22: what is referred to is not only in the tables. */
    private void checkThere(Set<Checked> used) throws IOException {
        for (Checked each : used) {
            if (core.area(each.medium).wholeLength(each.name) != each.bytes) {
                throw new MissingReferenceException("run " + writing.run().id() + " refers to content in " + each.name
                        + " on medium '" + each.medium + "', which is damaged or not there any more");
            }
        }
    }

    /** Makes the part durable. */
    private NewPart finish() throws IOException {
        PartTable table = writing.table();
        byte[] raw = table.encode();
        byte[] stored = PartTable.compress(raw);
        PartTrailer trailer = new PartTrailer(
                writing.first(),
                table.lengths().length,
                framesAt,
                framesAt + bytes,
                stored.length,
                raw.length,
                PartHead.crc(stored));
        object.write(ByteBuffer.wrap(stored));
        object.write(trailer.encode());
        object.commit();
        return new PartFile(writing.run(), trailer, table, object.length()).entering(medium);
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (writing) {
            object.close();
        } finally {
            core.leave(writing.run().id());
        }
    }
}

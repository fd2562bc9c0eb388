package org.hikae.tape.store.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.hikae.api.job.Progress;
import org.hikae.api.tape.spi.TapeMediumException;
import org.hikae.tape.format.DamagedRecordException;
import org.hikae.tape.mount.Mounted;
import org.hikae.tape.mount.Mounts;
import org.hikae.tape.mount.Mounts.Purpose;
import org.hikae.tape.store.Copy;
import org.hikae.tape.store.Extent;
import org.hikae.tape.store.registry.ObjectBook;

/**
 * Reads copies and compares them with what was written, streaming over each cartridge. What is proven is remembered as it goes.
 * What cannot be read is read once more, in another drive if there is one, before it is doubted. Used by one thread.
 */
public final class Proof implements AutoCloseable {

    /** Copies that are remembered together. */
    private static final int TOGETHER = 64;

    private final Mounts mounts;
    private final ObjectBook objects;
    private final Progress progress;
    private final RecordFeed feed = new RecordFeed();
    private final List<Long> proven = new ArrayList<>();
    private Mounted mounted;
    private UUID volume;
    private DriveCancel cancel;
    /** Position of the head; -1: not known. */
    private long head = -1;

    public Proof(Mounts mounts, ObjectBook objects, Progress progress) {
        this.mounts = mounts;
        this.objects = objects;
        this.progress = progress;
    }

    /** Uses a cartridge that is mounted already, and closes that. */
    public void use(Mounted first) {
        enter(first, first.label().orElseThrow().volume());
    }

    /**
     * Reads copies.
     *
     * @return what is wrong with copies, by their numbers; empty if nothing is
     * @throws java.util.concurrent.CancellationException if the progress was cancelled
     * @throws IOException if a cartridge is not there, or a drive fails: of copies that were not read nothing was said
     */
    public Map<Long, String> run(List<Copy> copies) throws IOException {
        Map<Long, Copy> failed = new TreeMap<>();
        for (Reading reading : read(copies)) {
            failed.put(reading.copy.number(), reading.copy);
            if (mounted != null) {
                mounted.suspect(reading.failure());
            }
        }
        leave();
        Map<Long, String> failures = new TreeMap<>();
        for (Reading reading : read(List.copyOf(failed.values()))) {
            objects.doubt(reading.copy.number(), reading.failure());
            failures.put(reading.copy.number(), reading.failure());
        }
        return failures;
    }

    /** Reads; gives those that are not right. */
    private List<Reading> read(List<Copy> copies) throws IOException {
        List<Reading> readings = copies.stream().map(Reading::new).toList();
        ReadPlan plan = new ReadPlan(readings);
        try {
            readings.stream().filter(Reading::isOver).forEach(this::finish);
            for (UUID next = plan.next(volume); next != null; next = plan.next(volume)) {
                mount(next);
                List<ReadPlan.Part> parts = plan.of(next);
                for (int from = 0; from < parts.size(); ) {
                    int to = adjacent(parts, from);
                    readRow(parts.subList(from, to));
                    from = to;
                }
            }
        } finally {
            feed.stop();
            remember();
        }
        return readings.stream().filter(reading -> reading.failure() != null).toList();
    }

    /** The end of those parts whose records follow each other. */
    private static int adjacent(List<ReadPlan.Part> parts, int from) {
        int to = from + 1;
        while (to < parts.size()
                && end(parts.get(to - 1)) == parts.get(to).extent().block()) {
            to++;
        }
        return to;
    }

    private static long end(ReadPlan.Part part) {
        return part.extent().block() + part.extent().records();
    }

    /** Reads parts in a row; those that fail are passed over. */
    private void readRow(List<ReadPlan.Part> row) throws IOException {
        long end = end(row.get(row.size() - 1));
        int at = 0;
        while (at < row.size()) {
            ReadPlan.Part part = row.get(at);
            if (!part.isNext()) {
                at++;
                continue;
            }
            seek(part.extent().block());
            feed.start(mounted, end - part.extent().block());
            at = stream(row, at);
        }
    }

    /** Reads on from a part; gives the first one that is not read. */
    private int stream(List<ReadPlan.Part> row, int first) throws IOException {
        int at = first;
        while (at < row.size()) {
            progress.check();
            RecordFeed.Batch batch = feed.take();
            if (batch == null) {
                throw new IllegalStateException("there are fewer records than were to be read");
            }
            for (int i = 0; i < batch.records().size(); i++) {
                ReadPlan.Part part = row.get(at);
                if (!take(part, batch.records().get(i))) {
                    return stopped(at + 1);
                }
                if (head == end(part)) {
                    at++;
                }
            }
            if (at < row.size() && !goesOn(row.get(at), batch)) {
                return stopped(at + 1);
            }
            if (at < row.size() && mounted.isWanted()) {
                feed.stop();
                giveWay();
                feed.start(mounted, end(row.get(row.size() - 1)) - head);
            }
        }
        feed.stop();
        return at;
    }

    private int stopped(int at) {
        feed.stop();
        head = -1;
        return at;
    }

    /** Takes a record; false if it is not right, or what follows cannot be read for it. */
    private boolean take(ReadPlan.Part part, ByteBuffer record) {
        long block = head++;
        if (!part.isNext()) {
            return true; // read another time
        }
        try {
            part.reading().take(record, block);
        } catch (DamagedRecordException e) {
            fail(part, block, e.getMessage());
            return false;
        }
        progress.advance(payload(part.extent(), block));
        if (part.reading().isOver()) {
            finish(part.reading());
        }
        return true;
    }

    private static long payload(Extent extent, long block) {
        long offset = (block - extent.block()) * extent.payload();
        return Math.min(extent.payload(), extent.length() - offset);
    }

    /** Looks whether more follows a batch; what does not is a fault of the part that should. */
    private boolean goesOn(ReadPlan.Part part, RecordFeed.Batch batch) throws IOException {
        IOException failure = batch.failure();
        if (failure == null) {
            switch (batch.end()) {
                case NONE -> {
                    return true;
                }
                case FILEMARK -> fail(part, head, "there is a filemark instead of a record");
                case DATA -> fail(part, head, "the data of the tape end before");
            }
            return false;
        }
        if (failure instanceof TapeMediumException) {
            fail(part, head, failure.getMessage());
            return false;
        }
        progress.check(); // it may be the end that was asked for
        mounted.suspect(failure.getMessage());
        throw failure;
    }

    private void fail(ReadPlan.Part part, long block, String why) {
        part.reading().fail("at position " + block + " of cartridge " + mounted.barcode() + ": " + why);
    }

    private void finish(Reading reading) {
        reading.finish();
        if (reading.failure() == null) {
            proven.add(reading.copy.number());
        }
    }

    private void remember() throws IOException {
        if (!proven.isEmpty()) {
            objects.prove(proven);
            proven.clear();
        }
    }

    private void mount(UUID next) throws IOException {
        if (proven.size() >= TOGETHER) {
            remember();
        }
        if (!next.equals(volume)) {
            leave();
            String barcode = objects.barcode(next);
            enter(mounts.mount(barcode, next, Purpose.READ, progress), next);
        }
        progress.phase("reading back cartridge " + mounted.barcode());
    }

    private void enter(Mounted next, UUID id) {
        mounted = next;
        volume = id;
        head = -1;
        cancel = new DriveCancel(next.drive(), progress);
    }

    private void leave() {
        feed.stop();
        if (mounted != null) {
            cancel.close();
            mounted.close();
            mounted = null;
            volume = null;
        }
    }

    private void seek(long position) throws IOException {
        if (head != position) {
            mounted.seek(position);
            head = position;
        }
    }

    /** Lets others have the drive, and goes on where it was. */
    private void giveWay() throws IOException {
        long at = head;
        UUID id = volume;
        remember();
        leave();
        mount(id);
        seek(at);
    }

    @Override
    public void close() {
        leave();
        feed.close();
    }
}

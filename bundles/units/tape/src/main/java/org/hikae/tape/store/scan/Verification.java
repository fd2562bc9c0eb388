package org.hikae.tape.store.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.hikae.api.job.Progress;
import org.hikae.api.tape.spi.ReadRecords.End;
import org.hikae.api.tape.spi.TapeMediumException;
import org.hikae.tape.format.DamagedRecordException;
import org.hikae.tape.format.RecordHeader;
import org.hikae.tape.mount.Mounted;
import org.hikae.tape.store.Copy;
import org.hikae.tape.store.Extent;
import org.hikae.tape.store.registry.ObjectBook;
import org.hikae.tape.store.registry.VolumeFacts;

/** Reads every record of a cartridge, from its label to its last table. Used by one thread. */
final class Verification {

    /** Places that cannot be read, after which one gives up. */
    private static final int MOST_TROUBLES = 256;

    private final Mounted mounted;
    private final Progress progress;
    private final RecordFeed feed;
    /** What should lie where, by positions of the first records. */
    private final TreeMap<Long, Part> parts = new TreeMap<>();

    private final Set<Reading> hurt = new LinkedHashSet<>();
    private final List<Reading> whole = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private int troubles;
    private long head = VolumeFacts.BEGINNING;

    private record Part(Reading reading, int index) {
        Extent extent() {
            return reading.extents().get(index);
        }
    }

    private Verification(Mounted mounted, UUID volume, List<Copy> copies, RecordFeed feed, Progress progress) {
        this.mounted = mounted;
        this.feed = feed;
        this.progress = progress;
        for (Copy copy : copies) {
            Reading reading = new Reading(copy);
            boolean here = true;
            for (int i = 0; i < copy.extents().size(); i++) {
                Part part = new Part(reading, i);
                if (part.extent().volume().equals(volume)) {
                    parts.put(part.extent().block(), part);
                } else {
                    here = false;
                }
            }
            if (here) {
                whole.add(reading);
            }
        }
    }

    /**
     * What was found.
     *
     * @param right numbers of copies that lie wholly on the cartridge and are as they were written
     * @param wrong copies that are not, and why
     * @param problems all that is wrong, a sentence each
     */
    record Result(List<Long> right, Map<Copy, String> wrong, List<String> problems) {}

    /**
     * Reads.
     *
     * @param objects names what is hurt
     * @throws IOException if the drive fails
     */
    static Result run(Mounted mounted, VolumeFacts facts, List<Copy> copies, ObjectBook objects, Progress progress)
            throws IOException {
        progress.total(facts.bytes());
        progress.phase("reading cartridge " + mounted.barcode());
        try (RecordFeed feed = new RecordFeed();
                DriveCancel cancel = new DriveCancel(mounted.drive(), progress)) {
            Verification verification = new Verification(mounted, facts.id(), copies, feed, progress);
            verification.read(Math.max(facts.tail(), verification.end()));
            return verification.result(objects);
        }
    }

    /** Position behind all that should be there: tables may name it that are on another cartridge. */
    private long end() {
        return parts.values().stream()
                .mapToLong(part -> part.extent().block() + part.extent().records())
                .max()
                .orElse(0);
    }

    private void read(long tail) throws IOException {
        while (head < tail) {
            mounted.seek(head);
            feed.start(mounted, tail - head);
            boolean goesOn = true;
            while (goesOn) {
                progress.check();
                goesOn = look(feed.take()) && troubles < MOST_TROUBLES;
            }
            feed.stop();
            if (troubles >= MOST_TROUBLES) {
                trouble("nothing from there on was read: there is too much that is damaged");
                return;
            }
        }
    }

    /** Looks at what was read; false if one has to begin anew at the head. */
    private boolean look(RecordFeed.Batch batch) throws IOException {
        if (batch == null) {
            return false;
        }
        for (ByteBuffer record : batch.records()) {
            look(record);
        }
        if (batch.failure() != null) {
            progress.check();
            if (!(batch.failure() instanceof TapeMediumException)) {
                mounted.suspect(batch.failure().getMessage());
                throw batch.failure();
            }
            trouble(batch.failure().getMessage());
            head++;
        } else if (batch.end() == End.FILEMARK) {
            head++;
        } else if (batch.end() == End.DATA) {
            trouble("the data of the tape end before what was written");
            head = Long.MAX_VALUE;
        }
        return batch.failure() == null && batch.end() == End.NONE;
    }

    private void look(ByteBuffer record) {
        Map.Entry<Long, Part> entry = parts.floorEntry(head);
        Part part = entry == null
                        || head >= entry.getKey() + entry.getValue().extent().records()
                ? null
                : entry.getValue();
        try {
            RecordHeader header = RecordHeader.open(record.duplicate());
            if (header.position() != head) {
                throw new DamagedRecordException("a record says that it is at position " + header.position());
            }
            progress.advance(record.remaining());
            if (part != null && part.reading().isNext(part.index())) {
                part.reading().take(record, head);
            }
        } catch (DamagedRecordException e) {
            trouble(e.getMessage());
        }
        head++;
    }

    private void trouble(String why) {
        troubles++;
        Map.Entry<Long, Part> entry = parts.floorEntry(head);
        String sentence = "at position " + head + " of cartridge " + mounted.barcode() + ": " + why;
        if (entry != null && head < entry.getKey() + entry.getValue().extent().records()) {
            Reading reading = entry.getValue().reading();
            reading.fail(sentence);
            hurt.add(reading);
        } else {
            problems.add(sentence + "; nothing that is needed lies there");
        }
    }

    private Result result(ObjectBook objects) throws IOException {
        List<Long> right = new ArrayList<>();
        for (Reading reading : whole) {
            if (reading.failure() == null && !reading.isOver()) {
                reading.fail("it was not read to its end on cartridge " + mounted.barcode());
            }
            reading.finish();
            if (reading.failure() == null) {
                right.add(reading.copy.number());
            } else {
                hurt.add(reading);
            }
        }
        Map<Copy, String> wrong = new LinkedHashMap<>();
        for (Reading reading : hurt) {
            wrong.put(reading.copy, reading.failure());
            problems.add(objects.describe(reading.copy.number()) + " is damaged: " + reading.failure());
        }
        return new Result(right, wrong, problems);
    }
}

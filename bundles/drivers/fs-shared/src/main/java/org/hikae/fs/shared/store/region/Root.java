package org.hikae.fs.shared.store.region;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hikae.api.fs.FileSystemRefusedException;

/**
 * The list of all segments: what makes the file as it is. There are two places for it, and the next one is written to the
 * place that does not hold the one that counts; so one of them is always whole. Not thread-safe.
 */
final class Root {

    private static final int HEADER = 12;
    private static final String STRUCTURE = "root of the metadata";

    private final Sectors sectors;
    private final Span[] slots;
    private int current;
    private long generation;

    Root(Span first, Span second, UUID id) {
        this.sectors = new Sectors(STRUCTURE, id);
        this.slots = new Span[] {first, second};
    }

    /** How many segments it has room for. */
    int mostSegments() {
        return (Sectors.longest(slots[0].size()) - HEADER) / Segment.Entry.BYTES;
    }

    /** Nothing is there yet. */
    void begin() throws IOException {
        for (Span slot : slots) {
            slot.zero();
        }
    }

    /** The newest one that was written to its end. */
    Content read() throws IOException {
        Optional<Sectors.Message> first = whole(slots[0]);
        Optional<Sectors.Message> second = whole(slots[1]);
        current = number(first) >= number(second) ? 0 : 1;
        Sectors.Message message = (current == 0 ? first : second)
                .orElseThrow(() -> new FileSystemRefusedException(STRUCTURE, slots[0].block(0), "there is none"));
        // beyond what was cut off, too: sectors of two writes with the same number could pass for one
        generation = Math.max(sectors.highest(slots[0], 0), sectors.highest(slots[1], 0));
        return decode(ByteBuffer.wrap(message.content()).order(ByteOrder.LITTLE_ENDIAN));
    }

    /** Writes the next one. It counts, for this object too, once it is durable: see {@link #counts}. */
    void write(long mark, Collection<Segment> segments) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(HEADER + segments.size() * Segment.Entry.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        content.putLong(mark).putInt(segments.size());
        for (Segment segment : segments) {
            content.putLong(segment.start()).putInt(segment.places().length);
            content.putInt(segment.map()).putInt(segment.mapSum());
        }
        sectors.write(slots[1 - current], 0, generation + 1, content.flip());
    }

    void counts() {
        generation++;
        current = 1 - current;
    }

    private Optional<Sectors.Message> whole(Span slot) throws IOException {
        return sectors.read(slot, 0).filter(Sectors.Message::isWhole);
    }

    private static long number(Optional<Sectors.Message> message) {
        return message.map(Sectors.Message::number).orElse(-1L);
    }

    private Content decode(ByteBuffer content) throws IOException {
        if (content.remaining() < HEADER) {
            throw damaged("it has " + content.remaining() + " bytes");
        }
        long mark = content.getLong();
        int count = content.getInt();
        if (count < 0 || content.remaining() != (long) count * Segment.Entry.BYTES) {
            throw damaged("it speaks of " + count + " segments in " + content.remaining() + " bytes");
        }
        List<Segment.Entry> entries = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            entries.add(new Segment.Entry(content.getLong(), content.getInt(), content.getInt(), content.getInt()));
        }
        return new Content(mark, entries);
    }

    private FileSystemRefusedException damaged(String why) {
        return new FileSystemRefusedException(STRUCTURE, slots[current].block(0), why);
    }

    /** @param mark what its writer has given it */
    record Content(long mark, List<Segment.Entry> entries) {}
}

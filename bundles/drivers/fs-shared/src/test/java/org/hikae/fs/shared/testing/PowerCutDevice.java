package org.hikae.fs.shared.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A disk that remembers every write and every force, and shows what it could hold after a power cut: all that was forced, and
 * of what was written since, any part, in any order, each sector of 512 bytes in full or not at all. Thread-safe.
 *
 * <p>States are taken at points of time: the number of events, which are writes and forces. A test notes {@link #events} when
 * something is promised, and expects it in every state of that point and later ones.
 */
public final class PowerCutDevice extends MemoryDevice {

    private static final int SECTOR = 512;

    private final MemoryDevice start;
    /** Guarded by itself. */
    private final List<Event> events = new ArrayList<>();

    /** A disk with the content of another one, which stays as it is. */
    public PowerCutDevice(MemoryDevice start) throws IOException {
        super(start.size(), start.blockSize());
        this.start = start.copy();
        ByteBuffer all = ByteBuffer.allocate((int) Math.min(1 << 20, start.size()));
        for (long at = 0; at < start.size(); at += all.capacity()) {
            all.clear().limit((int) Math.min(all.capacity(), start.size() - at));
            start.read(all, at);
            super.write(all.flip(), at);
        }
    }

    @Override
    public void write(ByteBuffer src, long offset) throws IOException {
        byte[] bytes = new byte[src.remaining()];
        src.duplicate().get(bytes);
        synchronized (events) {
            super.write(src, offset);
            events.add(new Event(offset, bytes));
        }
    }

    @Override
    public void zero(long offset, long length) throws IOException {
        write(ByteBuffer.allocate(Math.toIntExact(length)), offset);
    }

    @Override
    public void force() {
        synchronized (events) {
            events.add(new Event(-1, null));
        }
    }

    /** Writes and forces until now. */
    public int events() {
        synchronized (events) {
            return events.size();
        }
    }

    /** Whether an event, counted from 0, is a force. */
    public boolean isForce(int event) {
        synchronized (events) {
            return events.get(event).isForce();
        }
    }

    /** The disk after so many events, if everything that was written has reached it in order. */
    public MemoryDevice prefix(int count) throws IOException {
        MemoryDevice disk = start.copy();
        for (Event event : first(count)) {
            event.apply(disk);
        }
        return disk;
    }

    /** The disk after so many events, with what was forced, and a part of the rest that chance chooses. */
    public MemoryDevice cut(int count, Random random) throws IOException {
        List<Event> before = first(count);
        int forced = lastForce(before);
        MemoryDevice disk = prefix(forced);
        List<Event> sectors = new ArrayList<>();
        before.subList(forced, count).forEach(event -> event.split(sectors));
        if (random.nextBoolean()) {
            Collections.shuffle(sectors, random);
        }
        double share = random.nextInt(4) == 0 ? 0.95 : random.nextDouble();
        for (Event sector : sectors) {
            if (random.nextDouble() < share) {
                sector.apply(disk);
            }
        }
        return disk;
    }

    private List<Event> first(int count) {
        synchronized (events) {
            return List.copyOf(events.subList(0, count));
        }
    }

    private static int lastForce(List<Event> events) {
        int last = 0;
        for (int index = 0; index < events.size(); index++) {
            if (events.get(index).isForce()) {
                last = index + 1;
            }
        }
        return last;
    }

    /** A write, or a force. */
    private record Event(long offset, byte[] bytes) {

        boolean isForce() {
            return bytes == null;
        }

        void apply(MemoryDevice disk) throws IOException {
            if (!isForce()) {
                disk.write(ByteBuffer.wrap(bytes), offset);
            }
        }

        void split(List<Event> sectors) {
            for (int from = 0; from < bytes.length; ) {
                int to = (int) Math.min(bytes.length, (offset + from) / SECTOR * SECTOR + SECTOR - offset);
                sectors.add(new Event(offset + from, Arrays.copyOfRange(bytes, from, to)));
                from = to;
            }
        }
    }
}

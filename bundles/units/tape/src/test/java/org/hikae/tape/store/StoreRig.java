package org.hikae.tape.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.hikae.api.job.Progress;
import org.hikae.api.media.tier.TierSource;
import org.hikae.tape.format.RecordHeader;
import org.hikae.tape.home.TapeHome;
import org.hikae.tape.mount.Libraries;
import org.hikae.tape.mount.LibraryHandle;
import org.hikae.tape.mount.Limits;
import org.hikae.tape.mount.Mounted;
import org.hikae.tape.mount.Mounts;
import org.hikae.tape.mount.Mounts.Purpose;
import org.hikae.tape.mount.Present;
import org.hikae.tape.store.write.WriteLimits;
import org.hikae.tapekit.Faults;
import org.hikae.tapekit.FaultyLibraryDriver;
import org.hikae.tapevirtual.VirtualLibraryDriver;

/** A store over libraries in folders, with short records, so that little is much. */
public final class StoreRig implements AutoCloseable {

    public static final UUID MEDIUM = new UUID(1, 2);
    public static final int RECORD = 1024;
    public static final int PAYLOAD = RECORD - RecordHeader.BYTES;

    /** A window of 8 records, 4 in a row. */
    public static final WriteLimits FEW = new WriteLimits(8, 8, 4, 16, RECORD, Duration.ofSeconds(20));

    /** A faulty drive warns when it writes, up to 9 records after it has taken one; the rest of the batch of 4 and a table follow. */
    private static final long LEAST_RESERVE = 16 * RECORD;

    private static final Limits TIMES =
            new Limits(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20));
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

    public final Path folder;
    public final TapeHome home;
    public final Faults faults = new Faults();
    public final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);
    /** Is told of what is written, before and after. */
    public final HookDriver hook = new HookDriver(new VirtualLibraryDriver());

    public final FaultyLibraryDriver driver = new FaultyLibraryDriver(hook, faults);
    private final Map<String, LibraryHandle> handles = new LinkedHashMap<>();
    private final Libraries libraries;
    public final Mounts mounts;
    public final TapeStore store;

    public StoreRig(Path folder) throws IOException {
        this(folder, "home", FEW);
    }

    public StoreRig(Path folder, String homeName, WriteLimits limits) throws IOException {
        this.folder = folder;
        this.home = TapeHome.open(folder.resolve(homeName));
        this.libraries = new Libraries(home, () -> Duration.ZERO, TIMES, CLOCK, this::nanos);
        this.mounts = libraries.mounts();
        this.store = new TapeStore(home, mounts, limits, CLOCK);
    }

    /** A second passes with each look at the clock: so everybody has had a turn. */
    private long nanos() {
        return nanos.addAndGet(1_000_000_000);
    }

    /**
     * Makes a library with cartridges of that many bytes. The early warning is an eighth before, and behind it there is always room for
     * what the drive may have in its buffer by then, for a batch, and for a table.
     */
    public StoreRig add(String name, int drives, int slots, long capacity, String prefix) throws IOException {
        long reserve = Math.max(capacity / 8, LEAST_RESERVE);
        return add(name, drives, slots, capacity - capacity / 8 + reserve, reserve, prefix);
    }

    /** The same, with an early warning that many bytes before the end. */
    public StoreRig add(String name, int drives, int slots, long capacity, long reserve, String prefix)
            throws IOException {
        Map<String, String> options = new HashMap<>();
        options.put("drives", "" + drives);
        options.put("slots", "" + slots);
        options.put("prefix", prefix);
        options.put("capacity", capacity + "B");
        options.put("reserve", reserve + "B");
        driver.prepare(location(name), options);
        return open(name);
    }

    public StoreRig open(String name) throws IOException {
        handles.put(name, libraries.enter(name, "virtual", location(name), driver));
        mounts.present(); // waits until it is open
        return this;
    }

    private String location(String name) {
        return folder.resolve(name).toString();
    }

    /** Ends, and begins again in the same home. */
    public StoreRig again() throws IOException {
        return again(home.folder().getFileName().toString());
    }

    /** Ends, and begins in another home, which may be an empty one. */
    public StoreRig again(String homeName) throws IOException {
        close();
        StoreRig next = new StoreRig(folder, homeName, FEW);
        for (String name : handles.keySet()) {
            next.open(name);
        }
        return next;
    }

    public List<String> barcodes() {
        return mounts.present().stream().map(Present::barcode).toList();
    }

    /** The file of a cartridge, wherever it is. */
    public Path file(String barcode) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().equals(barcode + ".tap"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    public static TierSource source(String name, byte[] content) {
        return new TierSource(MEDIUM, "medium ä", name, content.length, () -> new BytesReader(content));
    }

    public void copy(String pool, Map<String, byte[]> objects) throws IOException {
        List<TierSource> sources = new ArrayList<>();
        objects.forEach((name, content) -> sources.add(source(name, content)));
        store.copy(sources, pool, false, Progress.NONE);
    }

    /** All that is listed, read from tape; what cannot be read has null. */
    public Map<String, byte[]> contents() throws IOException {
        Map<String, byte[]> contents = new HashMap<>();
        for (var object : store.list(MEDIUM, "")) {
            contents.put(object.name(), read(object.name()));
        }
        return contents;
    }

    /** Reads the first copy that can be read; null if none can. */
    public byte[] read(String name) throws IOException {
        for (Copy copy : store.copies(MEDIUM, name)) {
            byte[] content = read(copy);
            if (content != null) {
                return content;
            }
        }
        return null;
    }

    private byte[] read(Copy copy) throws IOException {
        byte[] content = new byte[(int) copy.length()];
        for (Extent extent : copy.extents()) {
            try (Mounted mounted =
                    mounts.mount(store.barcode(extent.volume()), extent.volume(), Purpose.READ, Progress.NONE)) {
                mounted.seek(extent.block());
                ByteBuffer target = ByteBuffer.wrap(content, (int) extent.offset(), (int) extent.length());
                for (long i = 0; i < extent.records(); i++) {
                    ByteBuffer record = ByteBuffer.allocate(1 << 18);
                    if (mounted.drive().read(List.of(record)).records() != 1) {
                        return null;
                    }
                    RecordHeader.open(record);
                    target.put(record);
                }
            } catch (IOException e) {
                return null;
            }
        }
        return content;
    }

    @Override
    public void close() throws IOException {
        libraries.close();
        store.close();
    }
}

package org.hikae.shell.command;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.hikae.api.job.Progress;
import org.hikae.api.tape.BufferStatus;
import org.hikae.api.tape.CartridgeInfo;
import org.hikae.api.tape.LibraryStatus;
import org.hikae.api.tape.LibraryStatus.DriveStatus;
import org.hikae.api.tape.ScanReport;
import org.hikae.api.tape.TapeObject;
import org.hikae.api.tape.Tapes;
import org.hikae.api.tape.spi.TapeLibrary.Element;
import org.hikae.api.tape.spi.TapeLibrary.Kind;
import org.hikae.api.tape.spi.TapeLibrary.Place;

/** Libraries and cartridges in lists. */
final class FakeTapes implements Tapes {

    final Map<String, LibraryStatus> libraries = new TreeMap<>();
    final Map<String, CartridgeInfo> cartridges = new TreeMap<>();
    final List<TapeObject> objects = new ArrayList<>();
    /** What was asked for. */
    final List<String> asked = new ArrayList<>();

    BufferStatus buffer =
            new BufferStatus("m1", "auto", 10L << 30, 5L << 20, 7, 3, 1 << 20, null, Duration.ofMinutes(5), null);
    /** Why nothing can be listed; null: it can. */
    String failure;

    /** With two libraries, one of which is away, and three cartridges. */
    void fill() {
        libraries.put(
                "lib",
                new LibraryStatus(
                        "lib",
                        "virtual",
                        "/tapes",
                        List.of(
                                new Element(new Place(Kind.SLOT, 0), "HK1"),
                                new Element(new Place(Kind.SLOT, 1), null),
                                new Element(new Place(Kind.STATION, 0), ""),
                                new Element(new Place(Kind.DRIVE, 0), "HK2")),
                        List.of(
                                new DriveStatus("virtual drive", "HK2", "reading", List.of("clean me")),
                                new DriveStatus("virtual drive", null, "idle", List.of())),
                        null));
        libraries.put("old", new LibraryStatus("old", "virtual", "/old", List.of(), List.of(), "/old: no such folder"));
        add("HK1", "default", CartridgeInfo.State.APPENDABLE, new Place(Kind.SLOT, 0), null);
        add("HK2", null, CartridgeInfo.State.SCRATCH, new Place(Kind.DRIVE, 0), null);
        add("HK3", "off-site", CartridgeInfo.State.OFF_SITE, null, null);
        objects.add(new TapeObject(
                new UUID(0, 1),
                "m1",
                "data@1/manifest",
                2048,
                1024,
                Platform.NOON,
                Platform.NOON.plusSeconds(60),
                null,
                1));
    }

    void add(String barcode, String pool, CartridgeInfo.State state, Place place, String note) {
        boolean labelled = pool != null;
        cartridges.put(
                barcode,
                new CartridgeInfo(
                        barcode,
                        labelled ? new UUID(3, 4) : null,
                        pool,
                        state,
                        place == null ? null : "lib",
                        place,
                        labelled ? 3 << 20 : 0,
                        labelled ? 2 << 20 : 0,
                        labelled ? 3 : 0,
                        labelled ? Platform.NOON : null,
                        labelled ? Platform.NOON : null,
                        note));
    }

    private void check() throws IOException {
        if (failure != null) {
            throw new IOException(failure);
        }
    }

    @Override
    public List<LibraryStatus> libraries() throws IOException {
        check();
        return List.copyOf(libraries.values());
    }

    @Override
    public LibraryStatus addLibrary(String name, String driver, String location, Map<String, String> options) {
        if (options.containsKey("colour")) {
            throw new IllegalArgumentException("there is no option 'colour'");
        }
        asked.add(name + " " + driver + " " + location + " " + new TreeMap<>(options));
        libraries.put(name, new LibraryStatus(name, driver, location, List.of(), List.of(), null));
        return libraries.get(name);
    }

    @Override
    public void removeLibrary(String name) throws IOException {
        if (libraries.remove(name) == null) {
            throw new IOException("there is no tape library '" + name + "'");
        }
    }

    @Override
    public List<String> drivers() {
        return List.of("scsi", "virtual");
    }

    @Override
    public List<CartridgeInfo> cartridges() throws IOException {
        check();
        return List.copyOf(cartridges.values());
    }

    @Override
    public CartridgeInfo cartridge(String barcode) throws IOException {
        if (!cartridges.containsKey(barcode)) {
            throw new IOException("there is no cartridge '" + barcode + "'; see 'tape list'");
        }
        return cartridges.get(barcode);
    }

    @Override
    public List<TapeObject> objects(String barcode) {
        return barcode.equals("HK1") ? objects : List.of();
    }

    @Override
    public BufferStatus buffer() throws IOException {
        check();
        return buffer;
    }

    @Override
    public BufferStatus setBuffer(String medium, long bytes) {
        asked.add("buffer " + medium + " " + bytes);
        return buffer;
    }

    @Override
    public void setPatience(Duration time) {
        buffer = new BufferStatus(
                buffer.medium(),
                buffer.chosen(),
                buffer.bytes(),
                buffer.usedBytes(),
                buffer.hits(),
                buffer.misses(),
                buffer.bypassed(),
                buffer.waiting(),
                time,
                buffer.problem());
    }

    private static UnsupportedOperationException job() {
        return new UnsupportedOperationException("what moves cartridges is a job");
    }

    @Override
    public List<CartridgeInfo> inventory(String library, boolean relabel, Progress progress) {
        throw job();
    }

    @Override
    public CartridgeInfo label(String barcode, String pool, boolean force, Progress progress) {
        throw job();
    }

    @Override
    public CartridgeInfo erase(String barcode, boolean force, Progress progress) {
        throw job();
    }

    @Override
    public void lose(String barcode, boolean force) {
        throw job();
    }

    @Override
    public void loseRest(String barcode) {
        asked.add("lose what is behind " + barcode);
    }

    @Override
    public CartridgeInfo export(String barcode, Progress progress) {
        throw job();
    }

    @Override
    public List<CartridgeInfo> importAll(String library, Progress progress) {
        throw job();
    }

    @Override
    public List<String> verify(String barcode, Progress progress) {
        throw job();
    }

    @Override
    public ScanReport scan(boolean all, Progress progress) {
        throw job();
    }
}

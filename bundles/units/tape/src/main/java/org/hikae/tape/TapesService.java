package org.hikae.tape;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hikae.api.job.Progress;
import org.hikae.api.tape.BufferStatus;
import org.hikae.api.tape.CartridgeInfo;
import org.hikae.api.tape.LibraryStatus;
import org.hikae.api.tape.ScanReport;
import org.hikae.api.tape.TapeObject;
import org.hikae.api.tape.Tapes;
import org.hikae.tape.home.Settings;
import org.hikae.tape.home.SettingsFile;
import org.hikae.tape.mount.Libraries;
import org.hikae.tape.mount.VolumeReader;

/** Tape control, as those outside see it. Thread-safe. */
final class TapesService implements Tapes {

    private final LibraryRegistry registry;
    private final Libraries libraries;
    private final Cartridges cartridges;
    private final Handling handling;
    private final VolumeReader reader;
    private final BufferControl buffer;
    private final SettingsFile settings;

    TapesService(
            LibraryRegistry registry,
            Libraries libraries,
            Cartridges cartridges,
            Handling handling,
            VolumeReader reader,
            BufferControl buffer,
            SettingsFile settings) {
        this.registry = registry;
        this.libraries = libraries;
        this.cartridges = cartridges;
        this.handling = handling;
        this.reader = reader;
        this.buffer = buffer;
        this.settings = settings;
    }

    @Override
    public List<LibraryStatus> libraries() throws IOException {
        return registry.list();
    }

    @Override
    public LibraryStatus addLibrary(String name, String driver, String location, Map<String, String> options)
            throws IOException {
        return registry.add(name, driver, location, options);
    }

    @Override
    public void removeLibrary(String name) throws IOException {
        registry.remove(name);
    }

    @Override
    public List<String> drivers() {
        return registry.drivers();
    }

    @Override
    public List<CartridgeInfo> cartridges() throws IOException {
        registry.refresh();
        return cartridges.list();
    }

    @Override
    public CartridgeInfo cartridge(String barcode) throws IOException {
        registry.refresh();
        return cartridges.get(barcode);
    }

    @Override
    public List<TapeObject> objects(String barcode) throws IOException {
        return cartridges.objects(barcode);
    }

    @Override
    public List<CartridgeInfo> inventory(String library, boolean relabel, Progress progress) throws IOException {
        return handling.inventory(library, relabel, progress);
    }

    @Override
    public CartridgeInfo label(String barcode, String pool, boolean force, Progress progress) throws IOException {
        return handling.label(barcode, pool, force, progress);
    }

    @Override
    public CartridgeInfo erase(String barcode, boolean force, Progress progress) throws IOException {
        return handling.erase(barcode, force, progress);
    }

    @Override
    public void lose(String barcode, boolean force) throws IOException {
        handling.lose(barcode, force);
    }

    @Override
    public void loseRest(String barcode) throws IOException {
        handling.loseRest(barcode);
    }

    @Override
    public CartridgeInfo export(String barcode, Progress progress) throws IOException {
        return handling.export(barcode, progress);
    }

    @Override
    public List<CartridgeInfo> importAll(String library, Progress progress) throws IOException {
        return handling.importAll(library, progress);
    }

    @Override
    public List<String> verify(String barcode, Progress progress) throws IOException {
        cartridges.get(barcode);
        return reader.verify(barcode, progress);
    }

    @Override
    public ScanReport scan(boolean all, Progress progress) throws IOException {
        registry.awaitAll();
        return reader.scan(all, progress);
    }

    @Override
    public BufferStatus buffer() throws IOException {
        BufferStatus status = buffer.status(settings.get().patience());
        List<String> awaited = libraries.mounts().awaited();
        return new BufferStatus(
                status.medium(),
                status.chosen(),
                status.bytes(),
                status.usedBytes(),
                status.hits(),
                status.misses(),
                status.bypassed(),
                awaited.isEmpty() ? status.waiting() : String.join("; ", awaited),
                status.patience(),
                status.problem());
    }

    /** One at a time, so that what is stored is what was chosen last. */
    @Override
    public synchronized BufferStatus setBuffer(String medium, long bytes) throws IOException {
        Settings before = settings.get();
        long room = bytes == 0 ? before.bufferBytes() : bytes;
        if (room < Settings.LEAST_BUFFER) {
            throw new IOException("a buffer has at least " + (Settings.LEAST_BUFFER >> 20) + " MiB ("
                    + Settings.LEAST_BUFFER + " bytes), not " + room + " bytes");
        }
        buffer.choose(medium, room);
        try {
            settings.change(now -> new Settings(medium, room, now.patience()));
        } catch (IOException e) {
            revert(before, e);
            throw e;
        }
        return buffer();
    }

    /** What cannot be stored does not count. */
    private void revert(Settings before, IOException because) {
        try {
            buffer.choose(before.buffer(), before.bufferBytes());
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    @Override
    public void setPatience(Duration time) throws IOException {
        settings.change(now -> new Settings(now.buffer(), now.bufferBytes(), time));
        libraries.patienceChanged();
    }
}

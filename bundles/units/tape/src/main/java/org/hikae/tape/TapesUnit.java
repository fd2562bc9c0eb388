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
import org.hikae.api.tape.spi.TapeLibraryDriver;
import org.hikae.config.Configured;
import org.hikae.tape.mount.LibraryHandle;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service {@link Tapes}. */
@Component(service = {Tapes.class, ConfigurationListener.class})
public final class TapesUnit implements Tapes, ConfigurationListener {

    private static final Logger LOG = LoggerFactory.getLogger(TapesUnit.class);

    private final Configured<LibraryHandle> configured;
    private final LibraryRegistry registry;
    private final LibraryTargets targets;
    private final TapesService service;

    @Activate
    public TapesUnit(
            @Reference ConfigurationAdmin admin, @Reference MountsUnit mounts, @Reference StoreUnit storeUnit) {
        var store = storeUnit.store();
        configured = new Configured<>(admin, LibraryRegistry.PID, "tape library", "driver", "location");
        registry = new LibraryRegistry(configured, mounts.libraries(), new TapeMedia(admin));
        Cartridges cartridges = new Cartridges(mounts.home().id(), mounts.mounts(), store.volumes());
        Handling handling = new Handling(
                mounts.home(), registry, mounts.libraries(), store.volumes(), store.labeller(), cartridges);
        service = new TapesService(
                registry,
                mounts.libraries(),
                cartridges,
                handling,
                store.reader(),
                storeUnit.buffer(),
                mounts.settings());
        mounts.libraries().expect(this::awaitLibraries);
        targets = new LibraryTargets(admin);
        correctTargets();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindLibrary(ConfiguredLibrary library) {
        configured.bind(library.handle().name(), library.handle());
    }

    void unbindLibrary(ConfiguredLibrary library) {
        configured.unbind(library.handle().name(), library.handle());
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindDriver(TapeLibraryDriver driver, Map<String, Object> properties) {
        if (properties.get(TapeLibraryDriver.NAME) instanceof String name) {
            registry.bindDriver(name, driver);
        } else {
            LOG.warn("a tape driver without the property {} is not used: {}", TapeLibraryDriver.NAME, driver);
        }
    }

    void unbindDriver(TapeLibraryDriver driver, Map<String, Object> properties) {
        if (properties.get(TapeLibraryDriver.NAME) instanceof String name) {
            registry.unbindDriver(name, driver);
        }
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        if (LibraryRegistry.PID.equals(event.getFactoryPid()) && event.getType() == ConfigurationEvent.CM_UPDATED) {
            correctTargets();
        }
    }

    private void awaitLibraries() {
        try {
            registry.awaitAll();
        } catch (IOException e) {
            LOG.warn("the configurations of the tape libraries cannot be read", e);
        }
    }

    private void correctTargets() {
        try {
            targets.correct();
        } catch (IOException e) {
            LOG.warn("the configurations of the tape libraries cannot be read or written", e);
        }
    }

    @Override
    public List<LibraryStatus> libraries() throws IOException {
        return service.libraries();
    }

    @Override
    public LibraryStatus addLibrary(String name, String driver, String location, Map<String, String> options)
            throws IOException {
        return service.addLibrary(name, driver, location, options);
    }

    @Override
    public void removeLibrary(String name) throws IOException {
        service.removeLibrary(name);
    }

    @Override
    public List<String> drivers() {
        return service.drivers();
    }

    @Override
    public List<CartridgeInfo> cartridges() throws IOException {
        return service.cartridges();
    }

    @Override
    public CartridgeInfo cartridge(String barcode) throws IOException {
        return service.cartridge(barcode);
    }

    @Override
    public List<TapeObject> objects(String barcode) throws IOException {
        return service.objects(barcode);
    }

    @Override
    public List<CartridgeInfo> inventory(String library, boolean relabel, Progress progress) throws IOException {
        return service.inventory(library, relabel, progress);
    }

    @Override
    public CartridgeInfo label(String barcode, String pool, boolean force, Progress progress) throws IOException {
        return service.label(barcode, pool, force, progress);
    }

    @Override
    public CartridgeInfo erase(String barcode, boolean force, Progress progress) throws IOException {
        return service.erase(barcode, force, progress);
    }

    @Override
    public void lose(String barcode, boolean force) throws IOException {
        service.lose(barcode, force);
    }

    @Override
    public void loseRest(String barcode) throws IOException {
        service.loseRest(barcode);
    }

    @Override
    public CartridgeInfo export(String barcode, Progress progress) throws IOException {
        return service.export(barcode, progress);
    }

    @Override
    public List<CartridgeInfo> importAll(String library, Progress progress) throws IOException {
        return service.importAll(library, progress);
    }

    @Override
    public List<String> verify(String barcode, Progress progress) throws IOException {
        return service.verify(barcode, progress);
    }

    @Override
    public ScanReport scan(boolean all, Progress progress) throws IOException {
        return service.scan(all, progress);
    }

    @Override
    public BufferStatus buffer() throws IOException {
        return service.buffer();
    }

    @Override
    public BufferStatus setBuffer(String medium, long bytes) throws IOException {
        return service.setBuffer(medium, bytes);
    }

    @Override
    public void setPatience(Duration time) throws IOException {
        service.setPatience(time);
    }
}

package org.hikae.media.medium;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hikae.api.media.Media;
import org.hikae.api.media.MediumStatus;
import org.hikae.api.media.spi.MediumDriver;
import org.hikae.config.Configured;
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

/** The services {@link Media} and {@link MediaAccess}. */
@Component(service = {Media.class, MediaAccess.class, ConfigurationListener.class})
public final class MediaUnit implements Media, MediaAccess, ConfigurationListener {

    static final String PID = "org.hikae.medium";

    private static final Logger LOG = LoggerFactory.getLogger(MediaUnit.class);

    private final Configured<MediumHandle> media;
    private final MediaRegistry registry;
    private final DriverTargets targets;

    @Activate
    public MediaUnit(@Reference ConfigurationAdmin admin, @Reference HomeUnit home) {
        media = new Configured<>(admin, PID, "medium", "driver", "location");
        registry = new MediaRegistry(media, home.home().id(), InstantSource.system());
        targets = new DriverTargets(admin);
        correctTargets();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindMedium(ConfiguredMedium medium) {
        media.bind(medium.handle().name(), medium.handle());
    }

    void unbindMedium(ConfiguredMedium medium) {
        media.unbind(medium.handle().name(), medium.handle());
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindDriver(MediumDriver driver, Map<String, Object> properties) {
        if (properties.get(MediumDriver.NAME) instanceof String name) {
            registry.bindDriver(name, driver);
        } else {
            LOG.warn("a medium driver without the property {} is not used: {}", MediumDriver.NAME, driver);
        }
    }

    void unbindDriver(MediumDriver driver, Map<String, Object> properties) {
        if (properties.get(MediumDriver.NAME) instanceof String name) {
            registry.unbindDriver(name, driver);
        }
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        if (PID.equals(event.getFactoryPid()) && event.getType() == ConfigurationEvent.CM_UPDATED) {
            correctTargets();
        }
    }

    private void correctTargets() {
        try {
            targets.correct(PID);
        } catch (IOException e) {
            LOG.warn("the configurations of the media cannot be read or written", e);
        }
    }

    @Override
    public List<MediumStatus> list() {
        try {
            return registry.list();
        } catch (IOException e) {
            throw new IllegalStateException("the configurations of the media cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public UsableMedium open(String name) throws IOException {
        return registry.open(name);
    }

    @Override
    public List<String> names() throws IOException {
        return registry.names();
    }

    @Override
    public MediumStatus get(String name) throws IOException {
        return registry.status(name);
    }

    @Override
    public MediumStatus add(String name, String driver, String location, boolean takeOver) throws IOException {
        return registry.add(name, driver, location, takeOver);
    }

    @Override
    public void remove(String name) throws IOException {
        registry.remove(name);
    }

    @Override
    public Optional<String> around(Path file) throws IOException {
        return registry.around(file);
    }

    @Override
    public Map<String, UUID> ids() throws IOException {
        return registry.ids();
    }

    @Override
    public List<String> drivers() {
        return registry.drivers();
    }
}

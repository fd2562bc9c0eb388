package org.hikae.tape;

import java.util.Map;
import org.hikae.api.tape.spi.TapeLibraryDriver;
import org.hikae.config.Configured;
import org.hikae.tape.mount.Libraries;
import org.hikae.tape.mount.LibraryHandle;
import org.osgi.service.component.ComponentConstants;
import org.osgi.service.component.ComponentException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Brings a configured library to life while its driver is there. The configuration's {@code driver.target} chooses the
 * driver; {@link TapesUnit} keeps it in step with {@code driver}.
 *
 * <p>Immediate: an instance that goes with its last user would not be told why, and users could not be either.
 */
@Component(
        service = ConfiguredLibrary.class,
        immediate = true,
        configurationPid = LibraryRegistry.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ConfiguredLibrary.Config.class, factory = true)
public final class ConfiguredLibrary {

    @ObjectClassDefinition(name = "Tape library", description = "Where cartridges are, and drives for them")
    @interface Config {
        @AttributeDefinition(description = "Name of the library, by which commands know it")
        String name();

        @AttributeDefinition(description = "Name of the driver, such as virtual")
        String driver();

        @AttributeDefinition(
                description = "Where the library is, in the driver's own terms; for virtual the folder's absolute path")
        String location();
    }

    private final Libraries libraries;
    private final LibraryHandle handle;

    @Activate
    public ConfiguredLibrary(
            Config config,
            @Reference(name = "driver") Map.Entry<Map<String, Object>, TapeLibraryDriver> driver,
            @Reference MountsUnit unit) {
        Object bound = driver.getKey().get(TapeLibraryDriver.NAME);
        if (!config.driver().equals(bound)) {
            throw new ComponentException("library '" + config.name() + "' has the driver '" + config.driver()
                    + "', but its driver.target is for '" + bound + "'; it is being corrected");
        }
        libraries = unit.libraries();
        handle = libraries.enter(
                Configured.named(config.name(), "library"), config.driver(), config.location(), driver.getValue());
    }

    LibraryHandle handle() {
        return handle;
    }

    @Deactivate
    void deactivate(int reason) {
        boolean driver = reason == ComponentConstants.DEACTIVATION_REASON_REFERENCE;
        libraries.leave(handle, driver ? "its driver went away" : "it was changed or removed");
    }
}

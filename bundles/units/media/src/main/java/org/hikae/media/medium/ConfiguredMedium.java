package org.hikae.media.medium;

import java.util.Map;
import org.hikae.api.media.spi.MediumDriver;
import org.hikae.config.Configured;
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
 * Brings a configured medium to life while its driver is there. The configuration's {@code driver.target} chooses the
 * driver; {@link MediaUnit} keeps it in step with {@code driver}.
 *
 * <p>Immediate: an instance that goes with its last user would not be told why, and users could not be either.
 */
@Component(
        service = ConfiguredMedium.class,
        immediate = true,
        configurationPid = MediaUnit.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ConfiguredMedium.Config.class, factory = true)
public final class ConfiguredMedium {

    @ObjectClassDefinition(name = "Backup medium", description = "Where generations are kept")
    @interface Config {
        @AttributeDefinition(description = "Name of the medium, by which commands know it")
        String name();

        @AttributeDefinition(description = "Name of the driver, such as directory")
        String driver();

        @AttributeDefinition(
                description =
                        "Where the medium is, in the driver's own terms; for directory the folder's absolute path")
        String location();
    }

    private final MediumHandle handle;

    @Activate
    public ConfiguredMedium(
            Config config,
            @Reference(name = "driver") Map.Entry<Map<String, Object>, MediumDriver> driver,
            @Reference HomeUnit home,
            @Reference SecondTierUnit tier) {
        Object bound = driver.getKey().get(MediumDriver.NAME);
        if (!config.driver().equals(bound)) {
            throw new ComponentException("medium '" + config.name() + "' has the driver '" + config.driver()
                    + "', but its driver.target is for '" + bound + "'; it is being corrected");
        }
        handle = new MediumHandle(
                Configured.named(config.name(), "medium"),
                config.driver(),
                config.location(),
                driver.getValue(),
                home.home().id(),
                tier);
    }

    MediumHandle handle() {
        return handle;
    }

    @Deactivate
    void deactivate(int reason) {
        boolean driver = reason == ComponentConstants.DEACTIVATION_REASON_REFERENCE;
        handle.leave(driver ? "its driver went away" : "it was changed or removed");
    }
}

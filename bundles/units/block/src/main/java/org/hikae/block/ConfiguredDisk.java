package org.hikae.block;

import java.nio.file.Path;
import java.util.UUID;
import org.hikae.config.Configured;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Brings a configured disk to life. */
@Component(
        service = ConfiguredDisk.class,
        configurationPid = DiskRegistry.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ConfiguredDisk.Config.class, factory = true)
public final class ConfiguredDisk {

    @ObjectClassDefinition(name = "Shared disk", description = "A regular file or block device that nodes write to")
    @interface Config {
        @AttributeDefinition(description = "Name of the disk, by which commands know it")
        String name();

        @AttributeDefinition(description = "Absolute path of the file or block device")
        String path();

        @AttributeDefinition(description = "Name of the file system format, such as ext; raw for none")
        String format() default "raw";

        @AttributeDefinition(description = "Block size in bytes, a power of two from 512 to 65536")
        int blockSize() default 4096;

        @AttributeDefinition(description = "UUID of the disk, given when it was added and written into its generations")
        String id();
    }

    private final DiskSettings settings;

    @Activate
    public ConfiguredDisk(Config config) {
        this(new DiskSettings(
                Configured.named(config.name(), "disk"),
                UUID.fromString(config.id()),
                Path.of(config.path()),
                config.format(),
                config.blockSize()));
    }

    ConfiguredDisk(DiskSettings settings) {
        this.settings = settings;
    }

    DiskSettings settings() {
        return settings;
    }
}

package org.hikae.node;

import java.nio.file.Path;
import org.hikae.config.Configured;
import org.hikae.node.cache.PageCache;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of a configured node. */
@Component(
        service = ConfiguredNode.class,
        configurationPid = NodeRegistry.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ConfiguredNode.Config.class, factory = true)
public final class ConfiguredNode {

    @ObjectClassDefinition(name = "Node", description = "A computer that reads and writes the shared disks")
    @interface Config {
        @AttributeDefinition(description = "Name of the node, by which commands know it")
        String name();

        @AttributeDefinition(description = "Bytes of memory for the node's write cache, at least 1 MiB")
        long cache() default NodeRegistry.CACHE_BYTES;

        @AttributeDefinition(
                description = "Folder of the node's temporary log (a.2), no other node's; empty for one in the home")
        String temporaryLog() default "";
    }

    private final String name;
    private final long cacheBytes;
    private final Path temporaryLog;

    @Activate
    public ConfiguredNode(Config config) {
        name = Configured.named(config.name(), "node");
        temporaryLog = config.temporaryLog().isEmpty() ? null : Path.of(config.temporaryLog());
        cacheBytes = Math.max(PageCache.SMALLEST, config.cache());
    }

    String name() {
        return name;
    }

    long cacheBytes() {
        return cacheBytes;
    }

    /** Null: one in the home. */
    Path temporaryLog() {
        return temporaryLog;
    }
}

package org.hikae.node;

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
    }

    private final String name;
    private final long cacheBytes;

    @Activate
    public ConfiguredNode(Config config) {
        name = Configured.named(config.name(), "node");
        cacheBytes = Math.max(PageCache.SMALLEST, config.cache());
    }

    String name() {
        return name;
    }

    long cacheBytes() {
        return cacheBytes;
    }
}

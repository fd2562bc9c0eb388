package org.hikae.node;

import org.hikae.config.Configured;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The name of a configured node. */
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
    }

    private final String name;

    @Activate
    public ConfiguredNode(Config config) {
        name = Configured.named(config.name(), "node");
    }

    String name() {
        return name;
    }
}

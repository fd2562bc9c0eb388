package org.hikae.shell;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.felix.service.command.Converter;
import org.apache.felix.service.command.Function;
import org.hikae.shell.call.Services;
import org.hikae.shell.command.Things;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Registers the commands as Gogo functions: one for each thing, and the hidden {@code complete}; and {@link GogoBundles}. */
@Component
public final class ShellComponent {

    private static final String SCOPE = "hikae";

    /** The functions are unregistered with the bundle: a component without services lives as long as that. */
    @Activate
    public ShellComponent(BundleContext context) {
        Supplier<Services> platform = () -> new OsgiServices(context);
        Carried carried = Carried.of(context);
        Things.all().forEach((name, thing) -> {
            if (carried.command(name)) {
                register(context, name, new GogoCommand(platform, name, thing));
            }
        });
        register(context, "complete", new GogoComplete(platform));
        context.registerService(
                Converter.class,
                new GogoBundles(context),
                FrameworkUtil.asDictionary(Map.of(Converter.CONVERTER_CLASSES, Bundle.class.getName())));
    }

    private static void register(BundleContext context, String name, Function function) {
        Map<String, Object> properties = Map.of("osgi.command.scope", SCOPE, "osgi.command.function", name);
        context.registerService(Function.class, function, FrameworkUtil.asDictionary(properties));
    }
}

package org.hikae.shell;

import java.util.Dictionary;
import java.util.Hashtable;
import org.apache.felix.service.command.Function;
import org.hikae.shell.command.Things;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Registers the commands as Gogo functions: one for each thing, and the hidden {@code complete}. */
@Component
public final class ShellComponent {

    private static final String SCOPE = "hikae";

    /** The functions are unregistered with the bundle: a component without services lives as long as that. */
    @Activate
    public ShellComponent(BundleContext context) {
        Things.all().forEach((name, thing) -> register(context, name, new GogoCommand(context, name, thing)));
        register(context, "complete", new GogoComplete(context));
    }

    private static void register(BundleContext context, String name, Function function) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("osgi.command.scope", SCOPE);
        properties.put("osgi.command.function", name);
        context.registerService(Function.class, function, properties);
    }
}

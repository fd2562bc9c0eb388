package org.hikae.files.center.table;

import java.util.Map;
import org.hikae.config.PlatformHome;
import org.hikae.sql.DatabaseFile;
import org.hikae.sql.Drivers;
import org.hikae.sql.Target;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.jdbc.DataSourceFactory;

/**
 * The center's tables in the catalog's database: in that of the catalog's configuration, or in a file of their own beside the catalog's,
 * so that neither is lost by damage to the other. Opened when they are first needed.
 */
@Component(service = TablesUnit.class, configurationPid = Target.PID)
public final class TablesUnit {

    /** As the catalog's own configuration, which describes it. */
    @interface Config {
        String driver() default Target.H2;

        String url() default "";

        String user() default "";

        String _password() default "";
    }

    private final Drivers drivers = new Drivers();
    private final Tables tables;

    @Activate
    public TablesUnit(Config config, BundleContext context) {
        DatabaseFile file = new DatabaseFile(PlatformHome.folder(context, "catalog"), "files");
        tables =
                new Tables(new Target(config.driver(), config.url(), config.user(), config._password(), file, drivers));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindDriver(DataSourceFactory factory, Map<String, Object> properties) {
        drivers.bind(factory, properties);
    }

    void unbindDriver(DataSourceFactory factory, Map<String, Object> properties) {
        drivers.unbind(factory, properties);
    }

    @Deactivate
    void deactivate() {
        tables.close();
    }

    public Tables tables() {
        return tables;
    }
}

package org.hikae.files.relay;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Keeps the relay alive where nobody asks for it, so that it goes on after a restart. Apart from it, so that a platform that ends with its
 * command makes neither it nor all that it needs.
 */
@Component(service = RelayWatch.class, immediate = true)
public final class RelayWatch {

    private final ComponentServiceObjects<RelayUnit> units;
    /** Null: the platform ends with its command. */
    private final RelayUnit unit;

    @Activate
    public RelayWatch(BundleContext context, @Reference ComponentServiceObjects<RelayUnit> units) {
        this.units = units;
        unit = RelayUnit.isLasting(context) ? units.getService() : null;
    }

    @Deactivate
    void deactivate() {
        if (unit != null) {
            units.ungetService(unit);
        }
    }
}

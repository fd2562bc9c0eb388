package org.hikae.files.center;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;

/**
 * Keeps the center alive where nobody asks for it, and tells it of its configurations. Apart from it, so that a platform that ends with
 * its command makes neither it nor all that it needs.
 */
@Component(
        service = CenterWatch.class,
        immediate = true,
        configurationPid = {CenterSettings.PID, CenterSettings.CONDITIONS_PID})
public final class CenterWatch {

    private final ComponentServiceObjects<CenterUnit> units;
    /** Null: the platform ends with its command. */
    private final CenterUnit unit;

    @Activate
    public CenterWatch(BundleContext context, @Reference ComponentServiceObjects<CenterUnit> units) {
        this.units = units;
        unit = CenterUnit.isLasting(context) ? units.getService() : null;
        changed();
    }

    @Modified
    void changed() {
        if (unit != null) {
            unit.changed();
        }
    }

    @Deactivate
    void deactivate() {
        if (unit != null) {
            units.ungetService(unit);
        }
    }
}

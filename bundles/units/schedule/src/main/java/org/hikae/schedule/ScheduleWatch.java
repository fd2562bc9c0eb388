package org.hikae.schedule;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Keeps the schedules alive where nobody asks for them. Apart from them, so that a platform that ends with its command makes
 * neither them nor all that they need.
 */
@Component(service = ScheduleWatch.class, immediate = true)
public final class ScheduleWatch {

    private final ComponentServiceObjects<ScheduleUnit> units;
    /** Null: the platform ends with its command. */
    private final ScheduleUnit unit;

    @Activate
    public ScheduleWatch(BundleContext context, @Reference ComponentServiceObjects<ScheduleUnit> units) {
        this.units = units;
        this.unit = ScheduleUnit.isLasting(context) ? units.getService() : null;
    }

    @Deactivate
    void deactivate() {
        if (unit != null) {
            units.ungetService(unit);
        }
    }
}

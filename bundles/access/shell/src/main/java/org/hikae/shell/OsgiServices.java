package org.hikae.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hikae.shell.call.Services;
import org.hikae.shell.call.UnitStatus;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** The services that are there during one call; given back when it ends. */
final class OsgiServices implements Services {

    private final BundleContext context;
    private final List<ServiceReference<?>> taken = new ArrayList<>();

    OsgiServices(BundleContext context) {
        this.context = context;
    }

    @Override
    public <T> Optional<T> find(Class<T> service) {
        ServiceReference<T> reference = context.getServiceReference(service);
        T found = reference == null ? null : context.getService(reference);
        if (found != null) {
            taken.add(reference);
        }
        return Optional.ofNullable(found);
    }

    @Override
    public boolean carries(String command) {
        return Carried.of(context).command(command);
    }

    @Override
    public List<UnitStatus> units() {
        return new OsgiUnits(context).list();
    }

    @Override
    public void close() {
        taken.forEach(context::ungetService);
        taken.clear();
    }
}

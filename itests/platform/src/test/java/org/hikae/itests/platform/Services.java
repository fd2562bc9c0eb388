package org.hikae.itests.platform;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** The services of the platform, waited for as long as a slow machine may take. */
final class Services {
    static final Duration DEADLINE = Duration.ofSeconds(30);

    private final BundleContext context;

    Services(BundleContext context) {
        this.context = context;
    }

    <T> T get(Class<T> type) {
        return get(type, "(objectClass=" + type.getName() + ")");
    }

    /** Fails with what keeps the components that provide such a service from running. */
    <T> T get(Class<T> type, String filter) {
        T there = find(type, filter);
        return there != null ? there : await(type, filter);
    }

    private <T> T await(Class<T> type, String filter) {
        AtomicReference<T> service = new AtomicReference<>();
        try {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(2))
                    .atMost(DEADLINE)
                    .until(() -> {
                        service.set(find(type, filter));
                        return service.get() != null;
                    });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "there is no service " + type.getName() + " " + filter + "; " + Unsatisfied.describe(context));
        }
        return service.get();
    }

    private <T> T find(Class<T> type, String filter) {
        ServiceReference<T> reference = first(type, filter);
        return reference == null ? null : context.getService(reference);
    }

    private <T> ServiceReference<T> first(Class<T> type, String filter) {
        try {
            Filter check = FrameworkUtil.createFilter(filter);
            Collection<ServiceReference<T>> found = context.getServiceReferences(type, check.toString());
            return found.stream().sorted((a, b) -> b.compareTo(a)).findFirst().orElse(null);
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }
}

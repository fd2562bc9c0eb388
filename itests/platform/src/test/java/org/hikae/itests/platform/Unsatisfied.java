package org.hikae.itests.platform;

import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** What keeps components from running, for the messages of failed tests. */
final class Unsatisfied {
    private Unsatisfied() {}

    static String describe(BundleContext context) {
        List<String> reasons = list(context);
        return reasons.isEmpty() ? "all components are satisfied" : String.join("; ", reasons);
    }

    static List<String> list(BundleContext context) {
        ServiceReference<ServiceComponentRuntime> reference =
                context.getServiceReference(ServiceComponentRuntime.class);
        if (reference == null) {
            return List.of("there is no component runtime");
        }
        ServiceComponentRuntime runtime = context.getService(reference);
        List<String> reasons = new ArrayList<>();
        for (ComponentDescriptionDTO description : runtime.getComponentDescriptionDTOs()) {
            for (ComponentConfigurationDTO instance : runtime.getComponentConfigurationDTOs(description)) {
                add(reasons, description, instance);
            }
        }
        return reasons;
    }

    private static void add(
            List<String> reasons, ComponentDescriptionDTO description, ComponentConfigurationDTO instance) {
        List<String> missing = new ArrayList<>();
        for (var unsatisfied : instance.unsatisfiedReferences) {
            missing.add(unsatisfied.name + (unsatisfied.target == null ? "" : " " + unsatisfied.target));
        }
        if (!missing.isEmpty()) {
            reasons.add(description.name + " waits for " + String.join(", ", missing));
        }
        if (instance.failure != null) {
            reasons.add(description.name + " failed: "
                    + instance.failure.lines().findFirst().orElse(""));
        }
    }
}

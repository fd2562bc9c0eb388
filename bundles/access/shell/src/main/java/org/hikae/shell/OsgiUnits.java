package org.hikae.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hikae.api.fs.spi.FileSystemFormat;
import org.hikae.api.log.spi.LogGathering;
import org.hikae.api.log.spi.LogPlacement;
import org.hikae.api.media.spi.MediumDriver;
import org.hikae.api.tape.spi.TapeLibraryDriver;
import org.hikae.shell.call.Unit;
import org.hikae.shell.call.UnitStatus;
import org.hikae.shell.call.UnitStatus.Implementation;
import org.hikae.shell.call.UnitStatus.Kind;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** Looks at bundles: the platform's own, and those of third parties that bring something to it. */
final class OsgiUnits {

    private static final String OURS = "org.hikae.";

    private static final Map<Kind, Swappable> SWAPPABLE = Map.of(
            Kind.MEDIUM_DRIVER, new Swappable(MediumDriver.class, MediumDriver.NAME),
            Kind.FILE_SYSTEM_FORMAT, new Swappable(FileSystemFormat.class, FileSystemFormat.NAME),
            Kind.LOG_GATHERING, new Swappable(LogGathering.class, LogGathering.NAME),
            Kind.LOG_PLACEMENT, new Swappable(LogPlacement.class, LogPlacement.NAME),
            Kind.TAPE_LIBRARY, new Swappable(TapeLibraryDriver.class, TapeLibraryDriver.NAME));

    private final BundleContext context;

    OsgiUnits(BundleContext context) {
        this.context = context;
    }

    private record Swappable(Class<?> service, String nameProperty) {}

    /** Units in the order of their numbers, then the other bundles by name. */
    List<UnitStatus> list() {
        Carried carried = Carried.of(context);
        List<UnitStatus> all = new ArrayList<>();
        for (Unit unit : Unit.values()) {
            Bundle bundle = find(unit.bundle());
            if (bundle != null) {
                all.add(status(bundle, unit));
            } else if (carried.unit(unit.label())) {
                all.add(missing(unit));
            }
        }
        Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName() != null && unitOf(bundle) == null)
                .filter(bundle -> bundle.getSymbolicName().startsWith(OURS)
                        || !implementations(bundle).isEmpty())
                .sorted(Comparator.comparing(Bundle::getSymbolicName))
                .forEach(bundle -> all.add(status(bundle, null)));
        return all;
    }

    private static UnitStatus missing(Unit unit) {
        return new UnitStatus(
                unit.number(), unit.title(), unit.bundle(), null, "missing", List.of(), "its bundle is not installed");
    }

    private UnitStatus status(Bundle bundle, Unit unit) {
        return new UnitStatus(
                unit == null ? null : unit.number(),
                unit == null ? null : unit.title(),
                bundle.getSymbolicName(),
                bundle.getVersion().toString(),
                state(bundle),
                implementations(bundle),
                problem(bundle, unit));
    }

    private String problem(Bundle bundle, Unit unit) {
        boolean started = bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STARTING;
        boolean fragment = bundle.getHeaders().get("Fragment-Host") != null;
        if (!started && !fragment) {
            return "its bundle is not started";
        }
        return unit == null
                ? null
                : unit.services().stream()
                        .filter(service -> context.getServiceReference(service) == null)
                        .map(service -> "its service " + service.getSimpleName() + " is not there")
                        .findFirst()
                        .orElse(null);
    }

    private List<Implementation> implementations(Bundle bundle) {
        ServiceReference<?>[] registered = bundle.getRegisteredServices();
        List<Implementation> found = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            Arrays.stream(registered == null ? new ServiceReference<?>[0] : registered)
                    .filter(reference -> offers(reference, SWAPPABLE.get(kind).service()))
                    .map(reference -> reference.getProperty(SWAPPABLE.get(kind).nameProperty()))
                    .filter(Objects::nonNull)
                    .forEach(name -> found.add(new Implementation(kind, name.toString())));
        }
        return found;
    }

    private static boolean offers(ServiceReference<?> reference, Class<?> service) {
        Object classes = reference.getProperty(org.osgi.framework.Constants.OBJECTCLASS);
        return Arrays.asList((Object[]) classes).contains(service.getName());
    }

    private Bundle find(String symbolicName) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElse(null);
    }

    private static Unit unitOf(Bundle bundle) {
        return Arrays.stream(Unit.values())
                .filter(unit -> unit.bundle().equals(bundle.getSymbolicName()))
                .findFirst()
                .orElse(null);
    }

    private static String state(Bundle bundle) {
        return switch (bundle.getState()) {
            case Bundle.ACTIVE -> "active";
            case Bundle.STARTING -> "starting";
            case Bundle.STOPPING -> "stopping";
            case Bundle.RESOLVED -> "resolved";
            case Bundle.INSTALLED -> "installed";
            default -> "uninstalled";
        };
    }
}

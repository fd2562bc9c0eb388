package org.hikae.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.hikae.launcher.Distribution.BundleFile;
import org.hikae.launcher.Distribution.Unpacked;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/** A running OSGi framework with the bundles of a {@link Distribution}. */
final class Platform implements AutoCloseable {
    private static final String REFERENCE = "reference:";
    private static final int THIRD_PARTY_LEVEL = 4;
    private static final int LAST_LEVEL = 5;
    private static final long STOP_MILLIS = 10_000;

    private final Framework framework;

    private Platform(Framework framework) {
        this.framework = framework;
    }

    /**
     * Returns once every start level has been reached. Bundles that failed to start are reported on standard error and
     * do not keep the others from starting.
     */
    static Platform start(Path home, Distribution distribution) throws IOException, BundleException {
        Path cache = home.resolve("cache");
        Unpacked unpacked = distribution.unpackInto(cache.resolve("bundles"));
        Framework framework = initialized(home, cache.resolve("framework"), unpacked);
        framework.getBundleContext().addFrameworkListener(Platform::report);
        install(unpacked.bundles(), framework.getBundleContext());
        unpacked.deleteOthers();
        framework.start();
        return new Platform(framework);
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    @Override
    public void close() throws BundleException {
        framework.stop();
        try {
            framework.waitForStop(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The framework remembers installed bundles, third-party ones too, from start to start. State that it cannot read
     * is given up rather than keeping the platform from starting.
     */
    private static Framework initialized(Path home, Path storage, Unpacked unpacked)
            throws IOException, BundleException {
        try {
            return initialize(home, storage, unpacked);
        } catch (BundleException e) {
            if (!Files.isDirectory(storage)) {
                throw e;
            }
            System.err.println("hikae: the framework's state in " + storage + " is unreadable and made anew: " + e);
            Distribution.delete(storage);
            return initialize(home, storage, unpacked);
        }
    }

    private static Framework initialize(Path home, Path storage, Unpacked unpacked) throws BundleException {
        Framework framework = ServiceLoader.load(FrameworkFactory.class, Platform.class.getClassLoader())
                .findFirst()
                .orElseThrow()
                .newFramework(properties(home, storage, unpacked));
        framework.init();
        return framework;
    }

    private static Map<String, String> properties(Path home, Path storage, Unpacked unpacked) {
        Map<String, String> properties = new HashMap<>();
        properties.put("hikae.home", home.toString());
        properties.put("felix.cm.pm", "etc");
        properties.put("ds.loglevel", "WARN");
        properties.put(Constants.FRAMEWORK_STORAGE, storage.toString());
        // It would go to standard output; what matters arrives as a framework event too.
        properties.put("felix.log.level", "0");
        properties.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(LAST_LEVEL));
        properties.put(
                "org.ops4j.pax.logging.StaticLogbackFile",
                logConfiguration(home, unpacked).toString());
        properties.put("org.ops4j.pax.logging.DefaultServiceLog.level", "ERROR");
        // Configurations are kept by the bundle org.hikae.etc, as files in HOME/etc.
        properties.put("felix.cm.pm", "etc");
        return properties;
    }

    private static Path logConfiguration(Path home, Unpacked unpacked) {
        System.setProperty("hikae.log", home.resolve("log").toString());
        Path own = home.resolve("etc").resolve("logback.xml");
        return Files.exists(own) ? own : unpacked.conf("logback.xml");
    }

    /** Leaves third-party bundles alone: they were installed from elsewhere. */
    private static void install(List<BundleFile> files, BundleContext context) throws BundleException {
        context.getBundle().adapt(FrameworkStartLevel.class).setInitialBundleStartLevel(THIRD_PARTY_LEVEL);
        Set<String> wanted = files.stream().map(Platform::location).collect(Collectors.toSet());
        for (Bundle bundle : context.getBundles()) {
            String location = bundle.getLocation();
            if (location.startsWith(REFERENCE) && location.contains("/cache/bundles/") && !wanted.contains(location)) {
                bundle.uninstall();
            }
        }
        for (BundleFile file : files) {
            Bundle bundle = context.getBundle(location(file));
            if (bundle == null) {
                bundle = context.installBundle(location(file));
                bundle.adapt(BundleStartLevel.class).setStartLevel(file.level());
            }
            if (!isFragment(bundle) && !bundle.adapt(BundleStartLevel.class).isPersistentlyStarted()) {
                bundle.start();
            }
        }
    }

    private static String location(BundleFile file) {
        return REFERENCE + file.path().toUri();
    }

    static boolean isFragment(Bundle bundle) {
        return bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
    }

    static String stateName(Bundle bundle) {
        return switch (bundle.getState()) {
            case Bundle.UNINSTALLED -> "UNINSTALLED";
            case Bundle.INSTALLED -> "INSTALLED";
            case Bundle.RESOLVED -> "RESOLVED";
            case Bundle.STARTING -> "STARTING";
            case Bundle.STOPPING -> "STOPPING";
            default -> "ACTIVE";
        };
    }

    private static void report(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.ERROR) {
            System.err.println("hikae: " + event.getBundle().getSymbolicName() + ": " + event.getThrowable());
        }
    }
}

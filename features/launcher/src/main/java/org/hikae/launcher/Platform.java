package org.hikae.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.hikae.launcher.Distribution.BundleFile;
import org.hikae.launcher.Distribution.Unpacked;
import org.hikae.launcher.HomeLock.Purpose;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.condition.Condition;

/** A running OSGi framework with the bundles of a {@link Distribution}. */
final class Platform {
    private static final String REFERENCE = "reference:";
    private static final int THIRD_PARTY_LEVEL = 4;
    private static final int LAST_LEVEL = 5;
    private static final long STOP_MILLIS = 60_000;

    private final Framework framework;

    private Platform(Framework framework) {
        this.framework = framework;
    }

    /**
     * Returns once commands are served.
     *
     * @throws BundleException if that does not come about; the message names the first bundle that failed
     */
    static Platform start(Path home, Purpose purpose, Distribution distribution) throws IOException, BundleException {
        Path cache = home.resolve("cache");
        Unpacked unpacked = distribution.unpackInto(cache.resolve("bundles"));
        Path storage = cache.resolve("framework");
        Framework framework = initialized(storage, properties(home, purpose, storage, unpacked));
        try {
            Troubles troubles = new Troubles();
            framework.getBundleContext().addFrameworkListener(troubles);
            List<Bundle> ours = install(unpacked.bundles(), framework.getBundleContext());
            unpacked.deleteOthers();
            framework.start();
            troubles.check(ours);
            return open(framework);
        } catch (IOException | BundleException | RuntimeException | Error e) {
            framework.stop();
            throw e;
        }
    }

    /** Lets commands in, now that all bundles have started: the bundle {@code org.hikae.socket} waits for that. */
    private static Platform open(Framework framework) throws BundleException {
        framework
                .getBundleContext()
                .registerService(
                        Condition.class,
                        Condition.INSTANCE,
                        new Hashtable<>(Map.of(Condition.CONDITION_ID, "hikae.started")));
        Platform platform = new Platform(framework);
        if (platform.socket().isEmpty()) {
            throw new BundleException("commands cannot be served; the log says why");
        }
        return platform;
    }

    private Optional<LongPredicate> socket() {
        return service(LongPredicate.class);
    }

    /** What goes on, as a clause; what is not asked for any more may have ended since. */
    String busy() {
        return service(Supplier.class)
                .map(supplier -> String.valueOf(supplier.get()))
                .orElse("nothing runs");
    }

    /** Looked up whenever it is needed: bundles that are started again bring another one. */
    private <T> Optional<T> service(Class<T> type) {
        BundleContext context = framework.getBundleContext();
        try {
            return context.getServiceReferences(type, "(hikae.socket=drain)").stream()
                    .map(context::getService)
                    .filter(Objects::nonNull)
                    .findFirst();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Waits until nobody needs the platform any more, and lets no commands in then. Without its socket nobody can.
     *
     * @return false if that takes longer
     */
    boolean drain(long millis) {
        return socket().map(socket -> socket.test(millis)).orElse(true);
    }

    /** @return false if it does not end in time */
    boolean stop() throws BundleException {
        letNobodyIn();
        framework.stop();
        try {
            return framework.waitForStop(STOP_MILLIS).getType() != FrameworkEvent.WAIT_TIMEDOUT;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Ends the commands that run, and takes no others, before jobs end with all the rest: whoever comes then finds no platform
     * rather than one that refuses what it is asked.
     */
    private void letNobodyIn() {
        if (framework.getState() == Bundle.ACTIVE) {
            CountDownLatch done = new CountDownLatch(1);
            framework.adapt(FrameworkStartLevel.class).setStartLevel(LAST_LEVEL - 1, event -> done.countDown());
            try {
                if (!done.await(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
                    System.err.println("hikae: commands do not end");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * The framework remembers installed bundles, third-party ones too, from start to start. State that it cannot read
     * is given up rather than keeping the platform from starting.
     */
    private static Framework initialized(Path storage, Map<String, String> properties)
            throws IOException, BundleException {
        try {
            return initialize(properties);
        } catch (BundleException e) {
            if (!Files.isDirectory(storage)) {
                throw e;
            }
            // Kept, for it names the bundles that users have installed.
            Path aside = storage.resolveSibling("framework.unreadable." + System.currentTimeMillis());
            Files.move(storage, aside);
            System.err.println(
                    "hikae: the framework's state cannot be read (" + Reason.of(e) + ") and is made anew; the old "
                            + "one is kept as " + aside + "; install third-party bundles again");
            return initialize(properties);
        }
    }

    private static Framework initialize(Map<String, String> properties) throws BundleException {
        Framework framework = ServiceLoader.load(FrameworkFactory.class, Platform.class.getClassLoader())
                .findFirst()
                .orElseThrow()
                .newFramework(properties);
        framework.init();
        return framework;
    }

    private static Map<String, String> properties(Path home, Purpose purpose, Path storage, Unpacked unpacked)
            throws IOException {
        Map<String, String> properties = new HashMap<>(unpacked.properties());
        properties.put("hikae.home", home.toString());
        // A platform that ends with its command need not begin what is for later.
        properties.put("hikae.purpose", purpose.word());
        properties.put(Constants.FRAMEWORK_STORAGE, storage.toString());
        // Of events of the framework and of Gogo nobody is told: Event Admin delivers them behind the back of all,
        // still
        // those of the last bundles to stop when it is stopped itself, and warns on the terminal of what that
        // interrupts.
        properties.put(
                "org.apache.felix.eventadmin.IgnoreTopic",
                "org/osgi/framework*,org/osgi/service/log*,org/apache/felix/service/command*");
        // Nothing listens but what a center is told to; else the server would, as soon as its bundle is there.
        properties.put("org.apache.felix.http.enable", "false");
        properties.put("org.apache.felix.https.enable", "false");
        properties.put("org.apache.felix.http.require.config", "true");
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

    /** Leaves third-party bundles alone: they were installed from elsewhere. Returns those of the distribution. */
    private static List<Bundle> install(List<BundleFile> files, BundleContext context) throws BundleException {
        context.getBundle().adapt(FrameworkStartLevel.class).setInitialBundleStartLevel(THIRD_PARTY_LEVEL);
        Set<String> wanted = files.stream().map(Platform::location).collect(Collectors.toSet());
        for (Bundle bundle : context.getBundles()) {
            String location = bundle.getLocation();
            if (location.startsWith(REFERENCE) && location.contains("/cache/bundles/") && !wanted.contains(location)) {
                bundle.uninstall();
            }
        }
        List<Bundle> ours = new ArrayList<>();
        for (BundleFile file : files) {
            Bundle bundle = context.getBundle(location(file));
            if (bundle == null) {
                bundle = context.installBundle(location(file));
                bundle.adapt(BundleStartLevel.class).setStartLevel(file.level());
            }
            if (!isFragment(bundle) && !bundle.adapt(BundleStartLevel.class).isPersistentlyStarted()) {
                bundle.start();
            }
            ours.add(bundle);
        }
        return ours;
    }

    private static String location(BundleFile file) {
        return REFERENCE + file.path().toUri();
    }

    static boolean isFragment(Bundle bundle) {
        return bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
    }
}

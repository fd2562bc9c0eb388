package org.hikae.itests.karaf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * A container that knows nothing of Hikae: a framework, the bundles of the executable jar without those that belong to
 * its launcher, and Felix's own Gogo shell, which reads standard input and ends the framework with it.
 */
final class PlainShell {
    private static final Pattern OF_THE_LAUNCHER = Pattern.compile(".*/org\\.hikae\\.(etc|socket)-.*");

    private PlainShell() {}

    /** Arguments: the executable jar, the shell's, a folder. */
    public static void main(String... arguments) throws IOException, BundleException, InterruptedException {
        Path folder = Path.of(arguments[2]);
        Framework framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(
                        "hikae.home", folder.resolve("home").toString(),
                        "org.osgi.framework.storage", folder.resolve("cache").toString(),
                        "org.ops4j.pax.logging.StaticLogbackFile",
                                quietLog(folder).toString(),
                        "org.ops4j.pax.logging.DefaultServiceLog.level", "ERROR"));
        framework.init();
        List<Bundle> bundles = install(framework.getBundleContext(), Path.of(arguments[0]));
        bundles.add(framework
                .getBundleContext()
                .installBundle(Path.of(arguments[1]).toUri().toString()));
        framework.start();
        for (Bundle bundle : bundles) {
            bundle.start();
        }
        framework.waitForStop(0);
    }

    /** Else the log goes to standard output. */
    private static Path quietLog(Path folder) throws IOException {
        return Files.writeString(folder.resolve("logback.xml"), "<configuration/>");
    }

    private static List<Bundle> install(BundleContext context, Path jar) throws IOException, BundleException {
        List<Bundle> bundles = new ArrayList<>();
        try (JarFile archive = new JarFile(jar.toFile())) {
            for (String name : names(archive)) {
                try (InputStream bundle = archive.getInputStream(archive.getEntry(name))) {
                    bundles.add(context.installBundle(name, bundle));
                }
            }
        }
        return bundles;
    }

    private static List<String> names(JarFile archive) {
        return archive.stream()
                .map(entry -> entry.getName())
                .filter(name -> name.startsWith("bundles/") && name.endsWith(".jar"))
                .filter(name -> !OF_THE_LAUNCHER.matcher(name).matches())
                .sorted()
                .toList();
    }
}

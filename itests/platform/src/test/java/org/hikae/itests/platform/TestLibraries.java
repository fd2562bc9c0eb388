package org.hikae.itests.platform;

import static org.ops4j.pax.exam.CoreOptions.bundle;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.ops4j.pax.exam.Option;

/** Bundles from the class path of the test run, by symbolic name: neither an installed artifact nor a network is needed. */
final class TestLibraries {
    private TestLibraries() {}

    static Option[] options(String... symbolicNames) {
        Set<String> missing = new TreeSet<>(Set.of(symbolicNames));
        List<Option> options = new ArrayList<>();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String element : classPath.split(File.pathSeparator, -1)) {
            if (element.endsWith(".jar") && missing.remove(symbolicName(element))) {
                options.add(bundle(Path.of(element).toUri().toString()).startLevel(1));
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException("no bundles on the class path are named " + missing);
        }
        return options.toArray(Option[]::new);
    }

    private static String symbolicName(String jar) {
        try (JarFile file = new JarFile(jar)) {
            Manifest manifest = file.getManifest();
            String name = manifest == null ? null : manifest.getMainAttributes().getValue("Bundle-SymbolicName");
            return name == null ? "" : name.split(";", -1)[0];
        } catch (IOException e) {
            throw new IllegalStateException("the class path has an unreadable jar, " + jar, e);
        }
    }
}

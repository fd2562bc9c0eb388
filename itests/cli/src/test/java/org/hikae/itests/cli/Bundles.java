package org.hikae.itests.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Makes bundles for platforms under test. */
final class Bundles {
    private static final String PACKAGE = "org.hikae.itests.cli.";

    private Bundles() {}

    /** The bundle of {@link Probe}. */
    static Path probe(Path folder) throws IOException {
        return write(
                folder.resolve("probe.jar"),
                "probe",
                "org.osgi.framework,org.osgi.service.cm,org.apache.felix.service.command,org.hikae.api.job",
                "Probe",
                "Probe$Body");
    }

    /** The bundle of {@link SlowListener}. */
    static Path slowListener(Path folder) throws IOException {
        return write(folder.resolve("slow.jar"), "slow", "org.osgi.framework", "SlowListener");
    }

    /** The bundle of {@link SlowHandler}. */
    static Path slowHandler(Path folder) throws IOException {
        return write(
                folder.resolve("handler.jar"), "handler", "org.osgi.framework,org.osgi.service.event", "SlowHandler");
    }

    /** A bundle that no framework can resolve. */
    static Path unresolvable(Path folder, String name) throws IOException {
        return write(folder.resolve(name + ".jar"), name, "there.is.no.such.package");
    }

    /** @param types what the bundle contains; the first one, if there is one, is its activator */
    private static Path write(Path file, String name, String imports, String... types) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Bundle-ManifestVersion", "2");
        attributes.putValue("Bundle-SymbolicName", name);
        attributes.putValue("Import-Package", imports);
        if (types.length > 0) {
            attributes.putValue("Bundle-Activator", PACKAGE + types[0]);
        }
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            for (String type : types) {
                String entry = PACKAGE.replace('.', '/') + type + ".class";
                jar.putNextEntry(new JarEntry(entry));
                try (InputStream content = Bundles.class.getResourceAsStream("/" + entry)) {
                    content.transferTo(jar);
                }
            }
        }
        return file;
    }
}

package org.hikae.itests.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Makes bundles for platforms under test. */
final class Bundles {
    private Bundles() {}

    /** The bundle of {@link Probe}. */
    static Path probe(Path folder) throws IOException {
        return write(
                folder.resolve("probe.jar"),
                "probe",
                "org.osgi.framework,org.osgi.service.cm,org.apache.felix.service.command,org.hikae.api.job",
                Probe.class.getName());
    }

    /** A bundle that no framework can resolve. */
    static Path unresolvable(Path file) throws IOException {
        return write(file, "unresolvable", "there.is.no.such.package", null);
    }

    private static Path write(Path file, String name, String imports, String activator) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Bundle-ManifestVersion", "2");
        attributes.putValue("Bundle-SymbolicName", name);
        attributes.putValue("Import-Package", imports);
        if (activator != null) {
            attributes.putValue("Bundle-Activator", activator);
        }
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            for (String type : List.of("Probe", "Probe$Body")) {
                String entry = "org/hikae/itests/cli/" + type + ".class";
                jar.putNextEntry(new JarEntry(entry));
                try (InputStream content = Bundles.class.getResourceAsStream("/" + entry)) {
                    content.transferTo(jar);
                }
            }
        }
        return file;
    }
}

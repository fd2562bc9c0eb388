package org.hikae.itests.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** The clock of one platform, which can be set: a bundle that is started there. */
record PlatformClock(Path bundle) {

    /** Makes it; it goes as the machine's does. */
    static PlatformClock in(Path folder) throws IOException {
        Path own = Files.createDirectories(folder.resolve("clock"));
        PlatformClock clock = new PlatformClock(own.resolve("clock.jar"));
        clock.shift(Duration.ZERO);
        String activator = ShiftedClock.class.getName();
        String entry = activator.replace('.', '/') + ".class";
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Bundle-ManifestVersion", "2");
        attributes.putValue("Bundle-SymbolicName", activator);
        attributes.putValue("Bundle-Version", "1.0.0");
        attributes.putValue("Bundle-Activator", activator);
        attributes.putValue("Import-Package", "org.osgi.framework");
        try (OutputStream out = Files.newOutputStream(clock.bundle);
                JarOutputStream jar = new JarOutputStream(out, manifest);
                InputStream code = ShiftedClock.class.getClassLoader().getResourceAsStream(entry)) {
            jar.putNextEntry(new JarEntry(entry));
            code.transferTo(jar);
        }
        return clock;
    }

    /** The command that lets a platform go by it, from then on and after each start. */
    String install() {
        return "start '" + bundle.toUri() + "'";
    }

    /** Sets it: so much before or behind the machine's. */
    void shift(Duration by) throws IOException {
        Path fresh = bundle.resolveSibling("shift.new");
        Files.writeString(fresh, Long.toString(by.toMillis()));
        Files.move(fresh, bundle.resolveSibling("shift"), StandardCopyOption.ATOMIC_MOVE);
    }
}

package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The folder of a medium as others see it, without the platform: its files, and what its manifests say that there is.
 *
 * @param path of the folder
 */
record MediumFolder(Path path) {

    private static final String OWN = "hikae-medium";
    private static final Pattern MANIFEST = Pattern.compile("([^/]+)/manifest(?:-(\\d+))?");
    private static final Pattern OBJECT = Pattern.compile("\"name\"\\s*:\\s*\"([^\"/]+@\\d+/[^\"]+)\"");

    /** The names of all files but those of the medium itself; files that are not whole yet are among them. */
    SortedSet<String> files() throws IOException {
        return Kill.walk(path).stream()
                .filter(Files::isRegularFile)
                .map(file -> path.relativize(file).toString())
                .filter(name -> !name.startsWith(OWN))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The manifest that counts of each generation, and all that these refer to. */
    private static SortedSet<String> referred(Path path, Set<String> files) throws IOException {
        Map<String, String> manifests = new HashMap<>();
        for (String file : files) {
            Matcher manifest = MANIFEST.matcher(file);
            if (manifest.matches()) {
                manifests.merge(manifest.group(1), file, (one, other) -> revision(one) > revision(other) ? one : other);
            }
        }
        SortedSet<String> referred = new TreeSet<>(manifests.values());
        for (String manifest : manifests.values()) {
            OBJECT.matcher(Files.readString(path.resolve(manifest), StandardCharsets.UTF_8))
                    .results()
                    .forEach(object -> referred.add(object.group(1)));
        }
        return referred;
    }

    private static int revision(String file) {
        Matcher manifest = MANIFEST.matcher(file);
        assertThat(manifest.matches()).isTrue();
        return manifest.group(2) == null ? 0 : Integer.parseInt(manifest.group(2));
    }

    /** Files that nobody refers to: what runs that were killed have left, and what merges have taken the place of. */
    SortedSet<String> garbage() throws IOException {
        SortedSet<String> garbage = files();
        garbage.removeAll(referred(path, files()));
        return garbage;
    }

    /** There is all that manifests refer to, and nothing else. */
    void assertTidy(String about) throws IOException {
        SortedSet<String> files = files();
        assertThat(files).as("files of %s, %s", path, about).isEqualTo(referred(path, files));
    }
}

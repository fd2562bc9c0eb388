package org.hikae.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.hikae.itests.cli.Cli.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles that do not start. */
class BrokenBundleIT {
    @TempDir
    Path folder;

    @Test
    void withoutOneOfOursThereIsNoPlatform() throws Exception {
        Path jar = Files.copy(Path.of(System.getProperty("hikae.jar")), folder.resolve("broken.jar"));
        Path bundle = Bundles.unresolvable(folder, "unresolvable");
        try (FileSystem inside = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
            Files.copy(bundle, inside.getPath("bundles/4/unresolvable.jar"));
            Files.writeString(
                    inside.getPath("index"),
                    "\nbundles/4/unresolvable.jar\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.APPEND);
        }
        Cli hikae = Cli.in(folder).withJar(jar);

        Result result = hikae.run("disk", "list");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .startsWith("hikae: The platform does not start: the bundle unresolvable failed: ")
                .contains("there.is.no.such.package")
                .hasLineCount(1);
        assertThat(hikae.home().resolve("lock")).isEmptyFile();
    }

    @Test
    void withoutOneOfOthersThereIsOne() throws Exception {
        Cli hikae = Cli.in(folder);
        install(hikae, Bundles.unresolvable(folder, "unresolvable"));

        Result result = hikae.run("-c", "felix:lb -s");

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("unresolvable");
        assertThat(result.err())
                .startsWith("hikae: the bundle unresolvable does not start: ")
                .hasLineCount(1);
    }

    @Test
    void allOfThemAreTold_howeverLongOthersTakeOverTheEvents() throws Exception {
        Cli hikae = Cli.in(folder);
        install(hikae, Bundles.slowListener(folder));
        install(hikae, Bundles.unresolvable(folder, "unresolvable"));
        install(hikae, Bundles.unresolvable(folder, "another"));

        Result result = hikae.run("-c", "felix:lb -s");

        assertThat(result.code()).isZero();
        assertThat(result.err().lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("hikae: the bundle unresolvable does not start: "))
                .anyMatch(line -> line.startsWith("hikae: the bundle another does not start: "));
    }

    private static void install(Cli hikae, Path bundle) throws Exception {
        hikae.run("-c", "start '" + bundle.toUri() + "'");
    }
}

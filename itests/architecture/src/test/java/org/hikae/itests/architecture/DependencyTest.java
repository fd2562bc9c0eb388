package org.hikae.itests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Dependencies point one way: from everything to the API, and never from one unit to another. */
class DependencyTest {
    private static final String OURS = "org.hikae.";
    /** Bundles whose packages the others may use, besides the API. */
    private static final String[] LIBRARIES = {"io", "config", "cron", "sql", "wire"};

    private static final Path BUNDLES = Path.of("..", "..", "bundles");

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter().importPackages("org.hikae");
    }

    @Test
    void everyBundleWithSourcesIsLookedAt() throws IOException {
        Set<String> seen = classes.stream().map(DependencyTest::bundle).collect(Collectors.toCollection(TreeSet::new));

        assertThat(seen).contains("api").containsAll(bundlesWithSources());
    }

    @Test
    void bundlesDependOnApiAndLibrariesAlone() {
        slices().matching("org.hikae.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(DescribedPredicate.alwaysTrue(), in("api").or(in(LIBRARIES)))
                .check(classes);
    }

    /** They meet in services of the API alone; what they share is the protocol. */
    @Test
    void clientCenterAndRelayDoNotKnowEachOther() {
        slices().matching("org.hikae.files.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(DescribedPredicate.alwaysTrue(), in("files.transfer"))
                .check(classes);
        noClasses()
                .that(in("files.transfer"))
                .should()
                .dependOnClassesThat(in("files").and(not(in("files.transfer"))))
                .check(classes);
    }

    @Test
    void apiDependsOnNoneOfOurs() {
        noClasses()
                .that(in("api"))
                .should()
                .dependOnClassesThat(in("").and(not(in("api"))))
                .check(classes);
    }

    @Test
    void librariesDependOnApiAlone() {
        for (String library : LIBRARIES) {
            noClasses()
                    .that(in(library))
                    .should()
                    .dependOnClassesThat(in("").and(not(in(library, "api"))))
                    .check(classes);
        }
    }

    /** Every write to a shared disk goes through one door. */
    @Test
    void onlyTheDoorOpensADiskForWriting() {
        noClasses()
                .that(not(in("node", "block", "api")))
                .should()
                .callMethod("org.hikae.api.disk.Disk", "openForDoor")
                .check(classes);
        assertThat(classes.get("org.hikae.node.LocalNode").getMethodCallsFromSelf())
                .anyMatch(call -> call.getName().equals("openForDoor"));
    }

    /** All other bundles keep everything to themselves: see above. */
    @Test
    void internalPackagesOfApiAndLibrariesAreUsedByThemAlone() {
        Stream.concat(Stream.of("api"), Stream.of(LIBRARIES)).forEach(bundle -> noClasses()
                .that(not(in(bundle)))
                .should()
                .dependOnClassesThat(in(bundle).and(resideInAPackage("..internal..")))
                .check(classes));
    }

    /** The names of the folders below {@code org/hikae} of all bundles that have sources. */
    private static Set<String> bundlesWithSources() throws IOException {
        try (Stream<Path> files = Files.walk(BUNDLES)) {
            Path root = Path.of("src", "main", "java", "org", "hikae");
            return files.filter(file -> file.toString().endsWith(".java")
                            && !file.endsWith("package-info.java")
                            && file.toString().contains(root.toString()))
                    .map(file -> file.toString().replaceFirst(".*" + root + "/([^/]*)/.*", "$1"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** Classes of one of these bundles; of any of ours for the empty name. */
    private static DescribedPredicate<JavaClass> in(String... bundles) {
        return resideInAnyPackage(Stream.of(bundles)
                .map(bundle -> bundle.isEmpty() ? "org.hikae.." : OURS + bundle + "..")
                .toArray(String[]::new));
    }

    private static String bundle(JavaClass type) {
        String rest = type.getPackageName().substring(OURS.length());
        return rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest;
    }
}

package org.hikae.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.hikae.api.disk.Disks;
import org.hikae.api.disk.InPlaceMounts;
import org.hikae.api.disk.Marks;
import org.hikae.api.log.spi.LogGathering;
import org.hikae.api.media.spi.MediumDriver;
import org.hikae.shell.call.UnitStatus;
import org.hikae.shell.call.UnitStatus.Implementation;
import org.hikae.shell.call.UnitStatus.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.launch.Framework;

/** Units and services of a real framework with made-up bundles. */
class OsgiUnitsTest {

    @TempDir
    Path cache;

    private Framework framework;
    private BundleContext context;

    @BeforeEach
    void start() throws BundleException {
        framework = new FrameworkFactory().newFramework(Map.of(Constants.FRAMEWORK_STORAGE, cache.toString()));
        framework.start();
        context = framework.getBundleContext();
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    private Bundle install(String symbolicName) throws IOException, BundleException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        headers.putValue(Constants.BUNDLE_SYMBOLICNAME, symbolicName);
        headers.putValue(Constants.BUNDLE_VERSION, "1.2.3");
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        new JarOutputStream(jar, manifest).close();
        InputStream content = new ByteArrayInputStream(jar.toByteArray());
        return context.installBundle("test:" + symbolicName, content);
    }

    private static <T> T fake(Class<T> service) {
        return service.cast(Proxy.newProxyInstance(service.getClassLoader(), new Class<?>[] {service}, (p, m, a) -> {
            throw new UnsupportedOperationException(m.getName());
        }));
    }

    private UnitStatus unit(String bundle) {
        List<UnitStatus> units = new OsgiUnits(context).list();
        return units.stream()
                .filter(unit -> unit.bundle().equals(bundle))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aUnitGoesThroughItsStates() throws Exception {
        assertThat(unit("org.hikae.block").state()).isEqualTo("missing");
        assertThat(unit("org.hikae.block").problem()).isEqualTo("its bundle is not installed");
        Bundle bundle = install("org.hikae.block");
        assertThat(unit("org.hikae.block").state()).isEqualTo("installed");
        assertThat(unit("org.hikae.block").version()).isEqualTo("1.2.3");
        bundle.start();
        assertThat(unit("org.hikae.block").state()).isEqualTo("active");
        assertThat(unit("org.hikae.block").problem()).isEqualTo("its service Disks is not there");
        bundle.getBundleContext().registerService(Disks.class, fake(Disks.class), null);
        bundle.getBundleContext().registerService(Marks.class, fake(Marks.class), null);
        bundle.getBundleContext().registerService(InPlaceMounts.class, fake(InPlaceMounts.class), null);
        assertThat(unit("org.hikae.block"))
                .isEqualTo(
                        new UnitStatus("22", "block manager", "org.hikae.block", "1.2.3", "active", List.of(), null));
        bundle.stop();
        assertThat(unit("org.hikae.block").state()).isEqualTo("resolved");
        assertThat(unit("org.hikae.block").problem()).isEqualTo("its bundle is not started");
    }

    @Test
    void implementationsAreShownWhereverTheyComeFrom() throws Exception {
        Bundle driver = install("com.example.dream");
        Bundle other = install("com.example.other");
        Bundle gathering = install("org.hikae.log-central");
        driver.start();
        other.start();
        gathering.start();
        Dictionary<String, Object> dream = FrameworkUtil.asDictionary(Map.of(MediumDriver.NAME, "dream"));
        driver.getBundleContext().registerService(MediumDriver.class, fake(MediumDriver.class), dream);
        Dictionary<String, Object> central = FrameworkUtil.asDictionary(Map.of(LogGathering.NAME, "central"));
        gathering.getBundleContext().registerService(LogGathering.class, fake(LogGathering.class), central);
        assertThat(unit("com.example.dream").implementations())
                .containsExactly(new Implementation(Kind.MEDIUM_DRIVER, "dream"));
        assertThat(unit("org.hikae.log-central").implementations())
                .containsExactly(new Implementation(Kind.LOG_GATHERING, "central"));
        assertThat(unit("org.hikae.log-central").problem()).isNull();
        assertThat(new OsgiUnits(context).list()).extracting(UnitStatus::bundle).doesNotContain("com.example.other");
    }

    @Test
    void servicesAreGivenBack() {
        var registration = context.registerService(Disks.class, fake(Disks.class), null);
        OsgiServices services = new OsgiServices(context);
        assertThat(services.find(Disks.class)).isPresent();
        assertThat(registration.getReference().getUsingBundles()).hasSize(1);
        services.close();
        assertThat(registration.getReference().getUsingBundles()).isNull();
        registration.unregister();
        assertThat(services.find(Disks.class)).isEmpty();
    }
}

package org.hikae.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

class GogoBundlesTest {

    @TempDir
    Path cache;

    @Test
    void aBundleIsKnownByItsIdAndByItsName() throws Exception {
        Framework framework =
                new FrameworkFactory().newFramework(Map.of(Constants.FRAMEWORK_STORAGE, cache.toString()));
        framework.init();
        Bundle bundle = framework.getBundleContext().getBundle(0);
        GogoBundles bundles = new GogoBundles(framework.getBundleContext());

        assertThat(bundles.convert(Bundle.class, "0")).isSameAs(bundle);
        assertThat(bundles.convert(Bundle.class, 0L)).isSameAs(bundle);
        assertThat(bundles.convert(Bundle.class, bundle)).isSameAs(bundle);
        assertThat(bundles.convert(Bundle.class, bundle.getSymbolicName())).isSameAs(bundle);
        assertThat(bundles.convert(Bundle.class, "47")).isNull();
        assertThat(bundles.convert(Bundle.class, "-1")).isNull();
        assertThat(bundles.convert(Bundle.class, "no.such.bundle")).isNull();
        assertThat(bundles.convert(Long.class, "0")).isNull();
        framework.stop();
        framework.waitForStop(10_000);
    }
}

package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ops4j.pax.exam.CoreOptions.cleanCaches;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.nio.file.Path;
import org.junit.Before;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** A test that runs inside a framework with all shipped bundles and a new home, one for each test class. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public abstract class InFramework {
    protected final BundleContext context = ownContext();
    final Services services = new Services(context);

    /** Null outside the framework, where only {@link #configuration} is called. */
    private BundleContext ownContext() {
        Bundle own = FrameworkUtil.getBundle(getClass());
        return own == null ? null : own.getBundleContext();
    }

    /** Its own: with several classes in one process, a test may be taken for another one's. */
    @Before
    public final void checkFramework() {
        assertThat(Path.of(context.getProperty("hikae.home")).getFileName().toString())
                .startsWith("hikae-" + getClass().getSimpleName() + "-");
    }

    @Configuration
    public Option[] configuration() {
        Path home = Homes.create(getClass().getSimpleName());
        return options(
                frameworkProperty("hikae.home").value(home.toString()),
                frameworkProperty("felix.cm.pm").value("etc"),
                frameworkProperty("org.apache.felix.http.enable").value("false"),
                frameworkProperty("org.apache.felix.https.enable").value("false"),
                frameworkProperty("org.apache.felix.http.require.config").value("true"),
                frameworkProperty("ds.loglevel").value("WARN"),
                frameworkProperty("org.ops4j.pax.logging.DefaultServiceLog.level")
                        .value("ERROR"),
                systemProperty("hikae.log").value(home.resolve("log").toString()),
                frameworkStartLevel(6),
                cleanCaches(true),
                composite(ShippedBundles.options()),
                composite(TestLibraries.options(
                        "assertj-core", "net.bytebuddy.byte-buddy", "org.awaitility", "org.hamcrest")),
                junitBundles(),
                composite(more()));
    }

    /** What a test class needs besides. */
    protected Option[] more() {
        return options();
    }
}

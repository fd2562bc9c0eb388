package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hikae.api.backup.Backups;
import org.hikae.api.cache.CacheControl;
import org.hikae.api.copy.CopyManager;
import org.hikae.api.disk.Disks;
import org.hikae.api.files.center.FilesCenter;
import org.hikae.api.files.relay.FilesRelay;
import org.hikae.api.job.Jobs;
import org.hikae.api.log.LogManager;
import org.hikae.api.log.spi.LogGathering;
import org.hikae.api.log.spi.LogPlacement;
import org.hikae.api.media.Generations;
import org.hikae.api.media.Media;
import org.hikae.api.media.spi.MediumDriver;
import org.hikae.api.nbd.NbdServer;
import org.hikae.api.node.Nodes;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.condition.Condition;

/** Everything that ships resolves and runs, and every unit is there. */
public class ResolveIT extends InFramework {
    @Test
    public void everyBundleIsActive() {
        List<String> idle = Stream.of(context.getBundles())
                .filter(bundle -> bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null)
                .filter(bundle -> bundle.getState() != Bundle.ACTIVE)
                .map(bundle -> bundle.getSymbolicName() + " is in state " + bundle.getState())
                .toList();

        assertThat(idle).isEmpty();
    }

    @Test
    public void everyShippedBundleIsThere() {
        assertThat(context.getBundles())
                .extracting(Bundle::getSymbolicName)
                .contains("org.hikae.api", "org.hikae.socket", "org.hikae.shell", "org.apache.felix.scr");
    }

    @Test
    public void everyServiceIsThere() {
        for (Class<?> service : List.of(
                Disks.class,
                Nodes.class,
                CacheControl.class,
                LogManager.class,
                Media.class,
                Generations.class,
                CopyManager.class,
                Backups.class,
                Jobs.class,
                FilesCenter.class,
                FilesRelay.class,
                NbdServer.class)) {
            services.get(service);
        }
        services.get(MediumDriver.class, "(" + MediumDriver.NAME + "=directory)");
        services.get(LogGathering.class, "(" + LogGathering.NAME + "=central)");
        services.get(LogPlacement.class, "(" + LogPlacement.NAME + "=separate)");
        services.get(LogPlacement.class, "(" + LogPlacement.NAME + "=overlay)");
    }

    /** The condition is the launcher's word that all start levels were reached. */
    @Test
    public void noComponentWaitsButForTheLauncher() {
        assertThat(Unsatisfied.list(context))
                .containsExactly("org.hikae.socket.SocketServer waits for started (osgi.condition.id=hikae.started)");
        ServiceRegistration<Condition> started = context.registerService(
                Condition.class, Condition.INSTANCE, new Hashtable<>(Map.of(Condition.CONDITION_ID, "hikae.started")));
        try {
            assertThat(Unsatisfied.list(context)).isEmpty();
        } finally {
            started.unregister();
        }
    }
}

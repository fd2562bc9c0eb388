package org.hikae.etc;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries what people change in {@code HOME/etc} while the platform runs into the Configuration Admin. */
@Component(
        service = {},
        immediate = true)
public final class EtcWatch {
    private static final Logger LOG = LoggerFactory.getLogger(EtcWatch.class);
    private static final long PERIOD_MILLIS = 2000;

    private final ConfigurationAdmin configurations;
    private final EtcStore store;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "hikae-etc");
        thread.setDaemon(true);
        return thread;
    });

    /** What the last look failed with. Of the executor's thread alone. */
    private String lastTrouble;

    @Activate
    public EtcWatch(@Reference ConfigurationAdmin configurations, @Reference EtcStore store) {
        this.configurations = configurations;
        this.store = store;
        executor.scheduleWithFixedDelay(this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Deactivate
    void deactivate() {
        executor.shutdown();
    }

    private void look() {
        try {
            for (EtcFiles.Change change : store.refresh()) {
                apply(change);
            }
            lastTrouble = null;
        } catch (IOException | RuntimeException e) {
            if (!e.toString().equals(lastTrouble)) {
                LOG.warn("The configuration files could not be looked through; it is tried again", e);
            }
            lastTrouble = e.toString();
        }
    }

    private void apply(EtcFiles.Change change) throws IOException {
        Configuration configuration = configuration(change);
        if (change.properties() == null) {
            configuration.delete();
        } else if (configuration.updateIfDifferent(EtcStore.dictionary(change.properties()))) {
            LOG.info("The configuration {} was edited", change.pid());
        }
    }

    private Configuration configuration(EtcFiles.Change change) throws IOException {
        String pid = change.pid();
        int tilde = pid.indexOf('~');
        boolean isFactory = change.properties() != null
                && tilde > 0
                && pid.substring(0, tilde).equals(change.properties().get(ConfigFile.FACTORY_PID));
        return isFactory
                ? configurations.getFactoryConfiguration(
                        pid.substring(0, tilde), pid.substring(tilde + 1), ConfigFile.ANY_LOCATION)
                : configurations.getConfiguration(pid, ConfigFile.ANY_LOCATION);
    }
}

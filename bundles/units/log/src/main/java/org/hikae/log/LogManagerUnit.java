package org.hikae.log;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.Disk;
import org.hikae.api.log.LogManager;
import org.hikae.api.log.LogSession;
import org.hikae.api.log.LogStrategy;
import org.hikae.api.log.spi.LogGathering;
import org.hikae.api.log.spi.LogPlacement;
import org.hikae.api.media.GenerationWriter;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Opens sessions by the strategy in force, and fails those whose strategy goes away under them (f.1). */
@Component
public final class LogManagerUnit implements LogManager {

    private final Strategies strategies;
    private final Variants<LogGathering> gatherings = new Variants<>("gathering");
    private final Variants<LogPlacement> placements = new Variants<>("placement");
    private final Set<Session> open = ConcurrentHashMap.newKeySet();

    @Activate
    public LogManagerUnit(@Reference ConfigurationAdmin admin) {
        strategies = new Strategies(admin);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addGathering(LogGathering gathering, Map<String, Object> properties) {
        gatherings.add(String.valueOf(properties.get(LogGathering.NAME)), gathering);
    }

    void removeGathering(LogGathering gathering, Map<String, Object> properties) {
        String name = String.valueOf(properties.get(LogGathering.NAME));
        gatherings.remove(name, gathering);
        failThoseThatUse(gathering, "the log gathering '" + name + "' was stopped");
    }

    private void failThoseThatUse(Object variant, String reason) {
        open.stream().filter(session -> session.uses(variant)).forEach(session -> session.fail(reason, null));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addPlacement(LogPlacement placement, Map<String, Object> properties) {
        placements.add(String.valueOf(properties.get(LogPlacement.NAME)), placement);
    }

    void removePlacement(LogPlacement placement, Map<String, Object> properties) {
        String name = String.valueOf(properties.get(LogPlacement.NAME));
        placements.remove(name, placement);
        failThoseThatUse(placement, "the log placement '" + name + "' was stopped");
    }

    @Deactivate
    void stop() {
        open.forEach(session -> session.fail("the log manager was stopped", null));
    }

    @Override
    public LogSession open(Disk disk, BlockSet wanted, GenerationWriter generation, LogStrategy strategy)
            throws IOException {
        LogGathering gathering = gatherings.get(strategy.gather());
        LogPlacement placement = placements.get(strategy.place());
        Session.Strategy services =
                new Session.Strategy(gathering, placement, strategy.logMedium(), strategy.overload());
        Session session = new Session(disk, wanted, services, open::remove);
        open.add(session);
        try {
            session.begin(generation);
            // Whoever went away before the session was among the open ones did not make it fail.
            gatherings.check(strategy.gather(), gathering);
            placements.check(strategy.place(), placement);
            return session;
        } catch (IOException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    @Override
    public LogStrategy strategy(String disk) {
        return strategies.get(disk);
    }

    @Override
    public boolean hasStrategy(String disk) {
        return strategies.has(disk);
    }

    @Override
    public void setStrategy(String disk, LogStrategy strategy) throws IOException {
        if (strategy == null) {
            strategies.forget(disk);
            return;
        }
        gatherings.get(strategy.gather());
        placements.get(strategy.place());
        strategies.set(disk, strategy);
    }

    @Override
    public List<String> gatherings() {
        return gatherings.names();
    }

    @Override
    public List<String> placements() {
        return placements.names();
    }
}

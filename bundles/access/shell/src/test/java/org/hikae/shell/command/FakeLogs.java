package org.hikae.shell.command;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.Disk;
import org.hikae.api.log.LogManager;
import org.hikae.api.log.LogSession;
import org.hikae.api.log.LogStrategy;
import org.hikae.api.media.GenerationWriter;

/** Strategies in a map. */
final class FakeLogs implements LogManager {

    final Map<String, LogStrategy> strategies = new TreeMap<>();

    @Override
    public LogSession open(Disk disk, BlockSet wanted, GenerationWriter generation, LogStrategy strategy) {
        throw new UnsupportedOperationException("the shell opens no logs");
    }

    @Override
    public LogStrategy strategy(String disk) {
        LogStrategy byDefault = strategies.getOrDefault("", LogStrategy.DEFAULT);
        return disk == null ? byDefault : strategies.getOrDefault(disk, byDefault);
    }

    @Override
    public boolean hasStrategy(String disk) {
        return strategies.containsKey(disk == null ? "" : disk);
    }

    @Override
    public void setStrategy(String disk, LogStrategy strategy) throws IOException {
        if (strategy == null) {
            strategies.remove(disk == null ? "" : disk);
            return;
        }
        if (!gatherings().contains(strategy.gather())) {
            throw new IOException("there is no log gathering " + strategy.gather());
        }
        strategies.put(disk == null ? "" : disk, strategy);
    }

    @Override
    public List<String> gatherings() {
        return List.of("central", "per-node", "their-own");
    }

    @Override
    public List<String> placements() {
        return List.of("medium", "overlay", "separate", "their-place");
    }
}

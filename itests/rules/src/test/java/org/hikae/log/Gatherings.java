package org.hikae.log;

import java.util.function.Supplier;
import org.hikae.api.log.spi.LogGathering;
import org.hikae.logcentral.CentralGathering;
import org.hikae.logpernode.PerNodeGathering;

/** The gatherings in use. */
enum Gatherings {
    CENTRAL(CentralGathering::new),
    PER_NODE(PerNodeGathering::new);

    private final Supplier<LogGathering> maker;

    Gatherings(Supplier<LogGathering> maker) {
        this.maker = maker;
    }

    LogGathering make() {
        return maker.get();
    }
}

package org.hikae.block.inplace;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.hikae.api.job.Reason;
import org.hikae.api.media.Generations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps generations on their media as long as they stand in for disks. A hold may outlive its mount, and never the other way. */
record Holds(Generations generations) {

    private static final Logger LOG = LoggerFactory.getLogger(Holds.class);

    private static final String HOLDER = "the in-place mount of disk ";

    void take(InPlaceState mount) throws IOException {
        generations.hold(mount.generation().id(), holder(mount));
    }

    void give(InPlaceState mount) {
        give(mount.generation().id(), holder(mount));
    }

    private void give(String generation, String holder) {
        try {
            generations.release(generation, holder);
        } catch (IOException e) {
            LOG.warn("generation {} is held until the next start of the platform: {}", generation, Reason.of(e));
        }
    }

    private static String holder(InPlaceState mount) {
        return HOLDER + mount.name();
    }

    /** Gives back what a crash has left, unless it is not known what stands in for some disk. */
    void tidy(StandIns standIns) {
        List<StandIn> mounted = standIns.all();
        if (standIns.anyDamaged()) {
            return;
        }
        try {
            for (Map.Entry<String, List<String>> held : generations.holds().entrySet()) {
                List<String> left = held.getValue().stream()
                        .filter(holder -> holder.startsWith(HOLDER))
                        .filter(holder -> mounted.stream().noneMatch(each -> isOf(each, held.getKey(), holder)))
                        .toList();
                left.forEach(holder -> give(held.getKey(), holder));
            }
        } catch (IOException e) {
            LOG.warn("which generations are held cannot be read: {}", Reason.of(e));
        }
    }

    private static boolean isOf(StandIn mounted, String generation, String holder) {
        return mounted.generation().equals(generation)
                && holder(mounted.state()).equals(holder);
    }
}

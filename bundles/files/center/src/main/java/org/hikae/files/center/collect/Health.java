package org.hikae.files.center.collect;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.function.DoubleSupplier;
import org.hikae.api.files.center.Conditions;
import org.hikae.api.media.spi.MediumSpace;
import org.hikae.files.center.plan.Planner.Hold;

/** Whether medium and machine let anything be received (e.4). Thread-safe. */
public final class Health {

    /** Where the space is. */
    @FunctionalInterface
    public interface Space {
        MediumSpace space() throws IOException;
    }

    private final Space space;
    private final DoubleSupplier load;

    /** @param load runnable threads a processor; negative: not known */
    public Health(Space space, DoubleSupplier load) {
        this.space = space;
        this.load = load;
    }

    /** Of this machine, over the last minute. */
    public static double machineLoad() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()
                / Runtime.getRuntime().availableProcessors();
    }

    /** @param why a sentence; null if nothing is held */
    record State(Hold hold, String why) {}

    State look(Conditions conditions) {
        try {
            long free = space.space().free();
            if (free >= 0 && free < Math.max(1, conditions.freeSpace())) {
                return new State(
                        Hold.ALL,
                        "the medium has " + free + " bytes left, and " + conditions.freeSpace() + " are to stay free");
            }
        } catch (IOException e) {
            return new State(Hold.ALL, "the medium cannot be used: " + e.getMessage());
        }
        double now = load.getAsDouble();
        if (conditions.load() > 0 && now > conditions.load()) {
            return new State(
                    Hold.BEGIN,
                    String.format(java.util.Locale.ROOT, "the load is %.2f, above %.2f", now, conditions.load()));
        }
        return new State(Hold.NONE, null);
    }
}

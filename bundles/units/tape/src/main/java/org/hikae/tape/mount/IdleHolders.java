package org.hikae.tape.mount;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Those who hold drives in case that more is to be done, and do nothing: they let go when somebody has to move the cartridge. Guarded by
 * the {@link DriveQueue}.
 */
final class IdleHolders {

    private static final long SLICE_MILLIS = 100;
    private static final int SLICES = 100;
    /** For so many one waits also for those who do something: they may be about to end it. */
    private static final int MOMENT = 8;

    private final Object queue;
    private final Set<Bay> asked = new HashSet<>();

    /** @param queue what guards this, and is notified when a drive is let go */
    IdleHolders(Object queue) {
        this.queue = queue;
    }

    /** Whether the holder of a drive is asked to let it go. */
    boolean isAsked(Bay bay) {
        return isIdle(bay) && asked.contains(bay);
    }

    private static boolean isIdle(Bay bay) {
        return isHeld(bay) && bay.holder.idle;
    }

    private static boolean isHeld(Bay bay) {
        return bay.holder != null;
    }

    /** Asks those to let go who do nothing, and waits for that, but not for long; they may find something to do meanwhile. */
    void ask(Collection<Bay> bays) {
        asked.addAll(bays);
        try {
            for (int i = 0;
                    i < SLICES && bays.stream().anyMatch(i < MOMENT ? IdleHolders::isHeld : IdleHolders::isIdle);
                    i++) {
                TimeUnit.MILLISECONDS.timedWait(queue, SLICE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            asked.removeAll(bays);
        }
    }
}

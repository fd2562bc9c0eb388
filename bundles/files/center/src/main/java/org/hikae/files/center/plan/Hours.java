package org.hikae.files.center.plan;

import java.util.List;
import org.hikae.api.files.TransferWindow;

/** Times that are open and times that are not. Times are milliseconds since 1970. Immutable. */
interface Hours {

    /** Later than anything. */
    long NEVER = Long.MAX_VALUE;

    Hours ALWAYS = new Hours() {
        @Override
        public boolean open(long time) {
            return true;
        }

        @Override
        public long until(long time) {
            return NEVER;
        }
    };

    boolean open(long time);

    /** Before this, which is later than {@code time}, it stays as it is then; there it may be otherwise. */
    long until(long time);

    /** Open while one of them is. @param windows empty: always */
    static Hours of(List<TransferWindow> windows) {
        if (windows.isEmpty()) {
            return ALWAYS;
        }
        List<WallHours> all = windows.stream().map(WallHours::new).toList();
        return all.size() == 1 ? all.get(0) : new AnyOf(all);
    }

    /** Open while one of them is. */
    record AnyOf(List<WallHours> all) implements Hours {

        @Override
        public boolean open(long time) {
            for (WallHours one : all) {
                if (one.open(time)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public long until(long time) {
            long until = NEVER;
            for (WallHours one : all) {
                until = Math.min(until, one.until(time));
            }
            return until;
        }
    }
}

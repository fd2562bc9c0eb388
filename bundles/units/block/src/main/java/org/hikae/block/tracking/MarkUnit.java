package org.hikae.block.tracking;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.hikae.api.cache.CacheControl;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.Disks;
import org.hikae.api.disk.Mark;
import org.hikae.api.disk.Marks;
import org.hikae.config.Configured;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets marks at instants at which all nodes stand still (a.11, R5). */
@Component
public final class MarkUnit implements Marks {

    private static final Logger LOG = LoggerFactory.getLogger(MarkUnit.class);

    private final Disks disks;
    private final CacheControl cacheControl;
    private final Clock clock;

    @Activate
    public MarkUnit(@Reference Disks disks, @Reference CacheControl cacheControl) {
        this(disks, cacheControl, Clock.systemUTC());
    }

    MarkUnit(Disks disks, CacheControl cacheControl, Clock clock) {
        this.disks = disks;
        this.cacheControl = cacheControl;
        this.clock = clock;
    }

    @Override
    public Mark add(String disk, String name) throws IOException {
        if (!Configured.isName(name)) {
            throw new IOException("'" + name + "' cannot be the name of a mark: use a letter or digit, then up to 62 "
                    + "letters, digits, dots, dashes and underscores");
        }
        AutoCloseable use = disks.use(disk, "it is being marked");
        try {
            return add(disks.get(disk), name);
        } finally {
            end(use);
        }
    }

    private Mark add(Disk disk, String name) throws IOException {
        Tracking tracking = tracking(disk);
        tracking.checkNewMark(name);
        tracking.prepare();
        Attempt attempt = new Attempt(tracking);
        try {
            cacheControl.instant(disk, attempt::make);
            return attempt.keep(name);
        } finally {
            attempt.giveBack();
        }
    }

    /** The epoch that ends at the instant, which may have to be made again. */
    private final class Attempt {

        private final Tracking tracking;
        private ClosedEpoch closed;
        private Instant time;

        Attempt(Tracking tracking) {
            this.tracking = tracking;
        }

        void make() {
            giveBack();
            time = clock.instant();
            closed = tracking.closeEpoch();
        }

        Mark keep(String name) throws IOException {
            Mark mark = tracking.mark(closed.point(), name, time);
            closed = null;
            return mark;
        }

        void giveBack() {
            if (closed != null) {
                closed.giveBack();
                closed = null;
            }
        }
    }

    @Override
    public List<Mark> list(String disk) throws IOException {
        return tracking(disks.get(disk)).marks();
    }

    @Override
    public void remove(String disk, String name) throws IOException {
        tracking(disks.get(disk)).unmark(name);
    }

    private static Tracking tracking(Disk disk) throws IOException {
        if (disk.changes() instanceof Tracking tracking) {
            return tracking;
        }
        throw new IOException("the changes of disk '" + disk.name() + "' are tracked by somebody else");
    }

    private static void end(AutoCloseable use) {
        try {
            use.close();
        } catch (Exception e) {
            LOG.warn("the use of a disk did not end cleanly", e);
        }
    }
}

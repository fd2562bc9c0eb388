package org.hikae.block.tracking;

import java.io.IOException;
import org.hikae.api.job.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a disk's lineage ends: in memory, or so that no later platform goes on with it either. One caller at a time. */
final class Endings {

    private static final Logger LOG = LoggerFactory.getLogger(Endings.class);

    private final Subject disk;
    private final TrackingFiles files;
    private final Present present;

    Endings(Subject disk, TrackingFiles files, Present present) {
        this.disk = disk;
        this.files = files;
        this.present = present;
    }

    /** In memory. The state in the home stays until the next write, and then goes first. */
    void end(String reason) {
        Run last = present.end(reason);
        if (last != null) {
            end(last.log());
        }
        LOG.warn("disk {}: change tracking begins anew, since {}; the next backup is a full one", disk.name(), reason);
    }

    void end(RegionLog log) {
        try {
            log.end();
        } catch (IOException e) {
            LOG.warn("disk {}: a log of its changes was not closed cleanly", disk.name(), e);
        }
    }

    /**
     * In the home too, where the marks stay and the reason is kept. A home without room for that forgets the reason.
     *
     * @throws IOException if it is not known whether the state in the home has ended
     */
    void endDurably(String reason) throws IOException {
        end(reason);
        try {
            files.replaceState(TrackingState.ended(disk, reason, present.marks()));
        } catch (IOException e) {
            endState(e, "disk '" + disk.name() + "': that another content takes its place");
        }
    }

    /**
     * Nothing is counted any more, as soon as it is certain that nobody will rely on it.
     *
     * @throws IOException if that cannot be made certain
     */
    void giveUp(IOException cause) throws IOException {
        String reason = "its changes could not be recorded in the home: " + Reason.of(cause);
        if (present.lineage() != null || !reason.equals(present.reason())) {
            end(reason);
        }
        endState(cause, "disk '" + disk.name() + "' is not written: that it changes");
    }

    private void endState(IOException cause, String what) throws IOException {
        try {
            files.endState();
        } catch (IOException e) {
            IOException refused =
                    new IOException(what + " can neither be recorded in the home, nor can tracking be given "
                            + "up there (" + Reason.of(cause) + "); make the home writable");
            refused.addSuppressed(e);
            throw refused;
        }
    }
}

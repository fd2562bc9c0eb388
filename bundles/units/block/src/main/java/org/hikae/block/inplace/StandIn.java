package org.hikae.block.inplace;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.Callable;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockRun;
import org.hikae.api.disk.ChangeTracker;
import org.hikae.api.disk.InPlaceStatus;
import org.hikae.api.job.Reason;
import org.hikae.block.tracking.DamagedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A generation that stands in for a disk (R21). As long as anybody has the disk open, all share one overlay; the next one is
 * made of what the home knows, so that a failure does not outlive those who were told of it. Thread-safe.
 */
public final class StandIn {

    private static final Logger LOG = LoggerFactory.getLogger(StandIn.class);

    private static final int REGION_BYTES = 1 << 20;

    private final PresenceStore store;
    private final Source.Opener opener;
    private final int regionBytes;
    private final Asking asking;
    /** Null: nobody has the disk open. Guarded by this, as all below. */
    private Overlay overlay;

    private int users;
    private boolean ended;
    private boolean stopped;
    private boolean bringingBack;
    /** Why bringing back ended; null if it did not, or for good reasons. */
    private String failure;

    StandIn(PresenceStore store, Source.Opener opener, Asking asking) {
        this(store, opener, REGION_BYTES, asking);
    }

    StandIn(PresenceStore store, Source.Opener opener, int regionBytes) {
        this(store, opener, regionBytes, new Asking(Asking.PATIENCE));
    }

    StandIn(PresenceStore store, Source.Opener opener, int regionBytes, Asking asking) {
        this.asking = asking;
        this.store = store;
        this.opener = opener;
        this.regionBytes = regionBytes;
    }

    InPlaceState state() {
        return store.state();
    }

    /** The name that users choose the disk's format by, as long as this stands in. */
    public String format() {
        return state().format();
    }

    /** Id of the generation. */
    public String generation() {
        return state().generation().id();
    }

    /** What to do before the disk can be anything else, in half a sentence. */
    public String howToEnd() {
        String back = "bring all of it back first (" + command("mount") + ")";
        return touched() ? back : back + ", or have the old disk back (" + command("unmount") + ")";
    }

    /** @param verb of the commands for generations */
    String command(String verb) {
        String name = state().name();
        String to = generation().startsWith(name + "@") ? "" : " --to " + name;
        return "'generation " + verb + " " + generation() + " --in-place" + to + "'";
    }

    /**
     * What is seen of the disk.
     *
     * @param disk its file, which whoever opens it has for himself; closed with what is returned, and if this fails
     * @param ours says that what is written although no guest does is ours, and is closed with what is returned; null: nothing
     *     is
     * @throws IOException if the generation cannot be read, or it is not known which blocks are on the disk
     */
    public BlockDevice open(BlockDevice disk, ChangeTracker.Recorder ours) throws IOException {
        boolean taken = false;
        try {
            Overlay entered = enter(disk.size());
            taken = entered != null;
            return taken ? new OverlaidDevice(entered, disk, ours, this::leave) : disk;
        } catch (IOException | RuntimeException | Error e) {
            disk.close();
            throw e;
        } finally {
            if (!taken && ours != null) {
                ours.close();
            }
        }
    }

    /**
     * Asks something of what is seen, for which its medium may be needed.
     *
     * @throws IOException if that does not answer in time, or the question throws it
     */
    public <T> T ask(Callable<T> question) throws IOException {
        return asking.ask(question);
    }

    /** Null if the disk is as any other again. */
    private Overlay enter(long size) throws IOException {
        Overlay entered = join(size);
        boolean open = entered == null;
        try {
            if (!open) {
                openSource(entered);
                open = true;
            }
            return entered;
        } finally {
            if (!open) {
                leave();
            }
        }
    }

    private synchronized Overlay join(long size) throws IOException {
        if (ended) {
            return null;
        } else if (stopped) {
            throw new IOException("disk '" + state().name() + "' is closed: the block manager has stopped");
        }
        if (overlay == null) {
            overlay = begin(size);
        }
        users++;
        return overlay;
    }

    /** Not under the monitor: a medium may take its time, and those who leave or look do not wait for it. */
    private static void openSource(Overlay entered) throws IOException {
        try {
            if (!entered.presence().complete()) {
                entered.source().open();
            }
        } catch (ClosedChannelException e) {
            if (!entered.presence().complete()) {
                throw e;
            }
        }
    }

    private Overlay begin(long size) throws IOException {
        Presence presence = presence();
        if (size < state().generation().size()) {
            throw new IOException("disk '" + state().name() + "' has " + size + " bytes, and generation "
                    + generation() + ", which stands in for it, has "
                    + state().generation().size() + "; give the disk its size back");
        }
        Source source = new Source(state().generation().size(), opener);
        return new Overlay(size, state().blockSize(), presence, source, store, regionBytes);
    }

    private Presence presence() throws IOException {
        try {
            return new Presence(state().blocks(), store.load());
        } catch (DamagedException e) {
            throw new IOException(
                    "disk '" + state().name() + "' cannot be used: which of its blocks are its own, and which those of "
                            + generation() + ", is not known any more, since " + e.getMessage()
                            + ", in the folder in-place/"
                            + state().disk() + " of the home" + StandIns.ADVICE,
                    e);
        }
    }

    private void leave() throws IOException {
        Overlay left = giveBack();
        if (left != null) {
            left.source().close();
        }
    }

    /** Null if somebody has the disk open still. */
    private synchronized Overlay giveBack() {
        users--;
        if (users > 0) {
            return null;
        }
        Overlay left = overlay;
        overlay = null;
        store.rest();
        return left;
    }

    /**
     * Lets nobody use it any more: whoever comes after this one in the home knows nothing of those who still do. What is being
     * written to the disk is waited for.
     */
    void stop() {
        Overlay stopping;
        synchronized (this) {
            stopped = true;
            stopping = overlay;
        }
        if (stopping != null) {
            stopping.stop();
        }
        store.rest();
    }

    /** Whether all blocks are to be brought back. */
    void restore(boolean restore) throws IOException {
        store.restore(restore);
    }

    boolean touched() {
        return state().touched();
    }

    /**
     * Lets one bring the blocks back at a time.
     *
     * @throws IOException if somebody does, or all is brought back
     */
    synchronized void beginBringingBack() throws IOException {
        if (ended) {
            throw new IOException("disk '" + state().name() + "' is as any other again");
        } else if (bringingBack) {
            throw new IOException("generation " + generation() + " is being brought back onto disk '" + state().name()
                    + "' already; see 'job list'");
        }
        bringingBack = true;
        failure = null;
    }

    /** @param why it has ended before all was brought back; null if for good reasons */
    synchronized void endBringingBack(String why) {
        bringingBack = false;
        failure = why;
    }

    /**
     * Ends it, durably: the disk is as any other. Who has it open goes on.
     *
     * @throws IOException if that cannot be; it is not known then whether it has ended
     */
    synchronized void end() throws IOException {
        if (ended) {
            return; // another mount may have begun since
        }
        store.end();
        ended = true;
        if (overlay != null) {
            closeSource(overlay.source());
        }
    }

    private static void closeSource(Source source) {
        try {
            source.close();
        } catch (IOException e) {
            LOG.warn("a generation that stood in for a disk was not closed cleanly", e);
        }
    }

    InPlaceStatus status() {
        InPlaceState now = state();
        long present = -1;
        String problem;
        try {
            Presence presence = known();
            present = bytes(presence);
            checkReadable(presence);
            problem = failure();
        } catch (IOException e) {
            problem = Reason.of(e);
        }
        return new InPlaceStatus(
                now.name(), generation(), now.restore(), now.generation().size(), present, !now.touched(), problem);
    }

    private synchronized String failure() {
        return failure;
    }

    private synchronized Presence known() throws IOException {
        return overlay == null ? presence() : overlay.presence();
    }

    private void checkReadable(Presence presence) throws IOException {
        if (!presence.complete() && !isOpen()) {
            asking.ask(() -> {
                opener.open().close();
                return presence;
            });
        }
    }

    private synchronized boolean isOpen() {
        return overlay != null && overlay.source().isOpen();
    }

    /** The last block may be short. */
    private long bytes(Presence presence) {
        long size = state().generation().size();
        BlockRun last = new BlockRun(presence.blocks() - 1, 1);
        long bytes = presence.count() * state().blockSize();
        return presence.hasAll(last) ? bytes - (presence.blocks() * state().blockSize() - size) : bytes;
    }
}

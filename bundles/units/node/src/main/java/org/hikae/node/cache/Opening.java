package org.hikae.node.cache;

import java.io.IOException;
import java.nio.file.NoSuchFileException;

/**
 * Tells the file system that a file is open on this node: as long as somebody uses it, and as long as something of it is
 * dirty. Else its blocks could be given to another file, and what is written out late would destroy that. Thread-safe.
 */
final class Opening {

    private final OpenVolume volume;
    private final long inode;
    /** Guarded by this, as all below. */
    private int users;

    private boolean open;

    Opening(OpenVolume volume, long inode) {
        this.volume = volume;
        this.inode = inode;
    }

    /** @throws NoSuchFileException if there is no such file */
    synchronized void open() throws IOException {
        if (!open) {
            tellOpen();
            open = true;
        }
        users++;
    }

    synchronized void leave() {
        users--;
    }

    synchronized boolean isOpen() {
        return open;
    }

    /** Ends it, if nobody uses the file and nothing of it is dirty; whether it has ended. */
    synchronized boolean closeIfSettled(RegularFile file) throws IOException {
        if (open && users == 0 && file.isSettled()) {
            open = false;
            tellClosed();
        }
        return !open;
    }

    private void tellOpen() throws IOException {
        volume.tell(files -> {
            files.open(inode, volume.opener());
            return null;
        });
    }

    /** The end of a file without a name is a change. */
    private void tellClosed() throws IOException {
        volume.change(files -> {
            files.close(inode, volume.opener());
            return null;
        });
    }

    /**
     * Ends it, if the file has no name any more and nobody has it open, here or on any other node: then nothing needs to be
     * written out.
     *
     * @return whether it has ended, and the file is gone
     */
    synchronized boolean closeIfGone() throws IOException {
        if (!open || users > 0 || volume.files().attributes(inode).links() > 0) {
            return false;
        }
        try {
            tellClosed();
            tellOpen();
            return false;
        } catch (NoSuchFileException e) {
            open = false;
            return true;
        }
    }
}

package org.hikae.files.client.send;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.FileSystemException;
import org.hikae.files.client.buffer.BufferedRun;
import org.hikae.files.client.capture.LocalBackups;
import org.hikae.files.transfer.run.FrameReader;

/** The frames of a run in the buffer. Where they cannot be read, and not by chance, the next run is to take its place. */
final class WatchedRun implements ReadableByteChannel {

    private final BufferedRun run;
    private final ReadableByteChannel frames;
    private final LocalBackups backups;
    private final Runnable changed;

    WatchedRun(BufferedRun run, ReadableByteChannel frames, LocalBackups backups, Runnable changed) {
        this.run = run;
        this.frames = frames;
        this.backups = backups;
        this.changed = changed;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        try {
            return frames.read(to);
        } catch (IOException e) {
            if (frames.isOpen() && isDamaged()) {
                backups.damaged(run);
                changed.run();
            }
            throw e;
        }
    }

    /** Reads all of it again. One that is not there any more was released; one that cannot be opened may be all right. */
    private boolean isDamaged() {
        try (FrameReader again = new FrameReader(run.open(0))) {
            while (again.next() != null) {
                // Each frame is checked.
            }
            return false;
        } catch (FileSystemException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public boolean isOpen() {
        return frames.isOpen();
    }

    @Override
    public void close() throws IOException {
        frames.close();
    }
}

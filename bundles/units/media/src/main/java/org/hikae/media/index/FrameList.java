package org.hikae.media.index;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The frames that one writer writes, in bounded memory, however many they are. Not thread-safe. */
public final class FrameList implements Closeable {

    /** Takes frames. */
    public interface Consumer {
        void accept(Frame frame) throws IOException;
    }

    private static final int IN_MEMORY = 1024;

    private final ScratchFolder folder;
    private final List<Frame> list = new ArrayList<>();
    private SpillFile file;
    private int count;

    public FrameList(ScratchFolder folder) {
        this.folder = folder;
    }

    /** @throws IOException if the scratch folder cannot be written to, or there are more frames than can be numbered */
    public void add(Frame frame) throws IOException {
        if (count == Integer.MAX_VALUE) {
            throw new IOException("a generation has no more than " + count + " frames");
        }
        if (list.size() == IN_MEMORY) {
            spill();
        }
        list.add(frame);
        count++;
    }

    private void spill() throws IOException {
        if (file == null) {
            file = new SpillFile(folder);
        }
        ByteBuffer bytes = ByteBuffer.allocate(FramePage.maxBytes(list.size()));
        FramePage.encode(list, bytes);
        file.append(bytes.flip());
        list.clear();
    }

    /** Number of frames. */
    public int count() {
        return count;
    }

    /** Hands over all frames in their order; can be called again. */
    public void forEach(Consumer consumer) throws IOException {
        if (file != null) {
            SpillFile.Pages pages = file.pages();
            for (ByteBuffer bytes = pages.next(); bytes != null; bytes = pages.next()) {
                FramePage page = FramePage.decode(bytes, IN_MEMORY, Integer.MAX_VALUE);
                for (int i = 0; i < page.count(); i++) {
                    consumer.accept(page.get(i));
                }
            }
        }
        for (Frame frame : list) {
            consumer.accept(frame);
        }
    }

    /** Releases the file. Idempotent. */
    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
            file = null;
        }
        list.clear();
    }
}

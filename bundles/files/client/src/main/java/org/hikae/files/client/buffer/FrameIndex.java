package org.hikae.files.client.buffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.hikae.io.BufferedIo;

/**
 * Where the frames of a run are: the file {@code index} of its folder, an entry of {@value #ENTRY} bytes for each. Damage of an entry
 * shows by its frame, which has checksums of its own, or by the one that the entry has.
 */
final class FrameIndex implements AutoCloseable {

    static final String NAME = "index";
    static final int ENTRY = 24;

    private final FileChannel channel;
    private final long frames;

    /**
     * A frame.
     *
     * @param frozen number of the frozen file with its content; 0: it is stored as it is sent
     * @param length bytes as it is stored; of a frozen one, those of the content
     * @param position in the file of frames, or in the frozen file
     * @param crc CRC32C of the packed items of a frozen one
     */
    record Entry(int frozen, int length, long position, int crc) {

        byte[] encode() {
            ByteBuffer bytes = ByteBuffer.allocate(ENTRY);
            bytes.putInt(frozen).putInt(length).putLong(position).putInt(crc);
            return bytes.putInt(check(bytes.array())).array();
        }

        private static int check(byte[] bytes) {
            CRC32C check = new CRC32C();
            check.update(bytes, 0, ENTRY - Integer.BYTES);
            return (int) check.getValue();
        }

        static Entry decode(byte[] bytes) throws IOException {
            ByteBuffer from = ByteBuffer.wrap(bytes);
            Entry entry = new Entry(from.getInt(), from.getInt(), from.getLong(), from.getInt());
            if (from.getInt() != check(bytes)) {
                throw new IOException("the index of a run in the buffer is damaged");
            }
            return entry;
        }
    }

    FrameIndex(Path folder, long frames) throws IOException {
        this.frames = frames;
        channel = FileChannel.open(folder.resolve(NAME), StandardOpenOption.READ);
    }

    long frames() {
        return frames;
    }

    Entry entry(long frame) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(ENTRY);
        if (!BufferedIo.read(channel, bytes, frame * ENTRY)) {
            throw new IOException("the index of a run in the buffer is cut off");
        }
        return Entry.decode(bytes.array());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

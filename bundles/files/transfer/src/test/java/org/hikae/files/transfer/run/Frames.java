package org.hikae.files.transfer.run;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.hikae.files.transfer.run.RunItem.Data;
import org.hikae.files.transfer.run.RunItem.Start;

/** Frames of runs, in memory. */
final class Frames {
    private Frames() {}

    static List<byte[]> of(RandomRun run) throws IOException {
        return of(run.start, run.items());
    }

    static List<byte[]> of(Start start, List<RunItem> items) throws IOException {
        List<byte[]> frames = new ArrayList<>();
        try (FrameCodec codec = new FrameCodec()) {
            RunWriter writer = new RunWriter(start, (number, raw) -> {
                ByteBuffer bytes = codec.encode(number, start.mark(), raw).bytes();
                byte[] frame = new byte[bytes.remaining()];
                bytes.get(frame);
                frames.add(frame);
            });
            for (RunItem item : items) {
                writer.write(item);
            }
            writer.finish();
        }
        return frames;
    }

    static ReadableByteChannel channel(List<byte[]> frames) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        frames.forEach(bytes::writeBytes);
        return channel(bytes.toByteArray());
    }

    static ReadableByteChannel channel(byte[] bytes) {
        return Channels.newChannel(new ByteArrayInputStream(bytes));
    }

    /** All items, each a copy, contents that follow each other as one piece. */
    static List<RunItem> read(List<byte[]> frames, RunState state) throws IOException {
        List<RunItem> items = new ArrayList<>();
        try (RunReader reader = new RunReader(channel(frames), state)) {
            for (RunItem item = reader.next(); item != null; item = reader.next()) {
                items.add(item);
            }
        }
        return joined(items);
    }

    /** With pieces that touch each other as one. */
    static List<RunItem> joined(List<RunItem> items) {
        List<RunItem> joined = new ArrayList<>();
        for (RunItem item : items) {
            int last = joined.size() - 1;
            if (item instanceof Data next
                    && last >= 0
                    && joined.get(last) instanceof Data before
                    && before.offset() + before.bytes().remaining() == next.offset()) {
                ByteBuffer both = ByteBuffer.allocate(
                        before.bytes().remaining() + next.bytes().remaining());
                both.put(before.bytes().duplicate()).put(next.bytes().duplicate());
                joined.set(last, new Data(before.offset(), both.flip()));
            } else {
                joined.add(item);
            }
        }
        return joined;
    }
}

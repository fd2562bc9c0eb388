package org.hikae.files.client.restore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.hikae.api.files.RunId;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.files.client.ModelCenter;
import org.hikae.files.transfer.message.ContentRequest;
import org.hikae.files.transfer.message.VersionKey;
import org.hikae.files.transfer.message.VersionsRequest;
import org.hikae.files.transfer.run.ContentHash;
import org.hikae.files.transfer.run.FrameCodec;
import org.hikae.files.transfer.run.RunItem;
import org.hikae.files.transfer.run.RunWriter;
import org.hikae.files.transfer.uplink.Uplink;

/** A center with empty files, as many as may be, a hundred in each folder, of which it remembers nothing. Of every tenth there is a second backup. */
class ManyFiles extends Through {

    private static final int IN_FOLDER = 100;
    private static final byte[] EMPTY = new ContentHash().finish(0);
    static final String SHA256 = HexFormat.of().formatHex(EMPTY);

    private final long count;

    ManyFiles(long count) {
        super(new ModelCenter());
        this.count = count;
    }

    /** As a relay may: what is only above comes behind what is here. */
    @Override
    public void versions(VersionsRequest request, Uplink.VersionSink to) throws IOException {
        for (int part = 0; part < 2; part++) {
            for (long i = part; i < count; i += 2) {
                if (i % IN_FOLDER == 0) {
                    to.version(version("docs", folder(i), FileType.DIRECTORY, 1));
                }
                if (i % 10 == 0) {
                    to.version(version("again", file(i), FileType.REGULAR, 2));
                }
                to.version(version("docs", file(i), FileType.REGULAR, 1));
            }
        }
    }

    private static String folder(long i) {
        return String.format(Locale.ROOT, "/w/folder %08d", i / IN_FOLDER);
    }

    private static String file(long i) {
        return folder(i) + String.format(Locale.ROOT, "/a file whose name has some length %02d", i % IN_FOLDER);
    }

    private static StoredVersion version(String backup, String path, FileType type, long run) {
        return new StoredVersion(
                new RunId("me", backup, run),
                FileName.parse(path),
                0,
                Instant.EPOCH.plusSeconds(run),
                type,
                0,
                Instant.EPOCH,
                type == FileType.REGULAR ? SHA256 : null,
                "m",
                null);
    }

    @Override
    public ReadableByteChannel content(ContentRequest request) throws IOException {
        return new Answer(request.versions()
                .subList(request.skipFiles(), request.versions().size())
                .iterator());
    }

    /** Made as it is read. */
    private static final class Answer implements ReadableByteChannel {

        private final Iterator<VersionKey> keys;
        private final FrameCodec codec = new FrameCodec();
        private final Deque<ByteBuffer> frames = new ArrayDeque<>();
        private final RunWriter writer;
        private boolean ended;

        Answer(Iterator<VersionKey> keys) throws IOException {
            this.keys = keys;
            RunItem.Start start = new RunItem.Start(new UUID(1, 2), "x", 1, 0, Instant.EPOCH);
            writer = new RunWriter(start, (number, raw) -> {
                ByteBuffer heap = ByteBuffer.allocate(raw.remaining()).put(raw.duplicate());
                frames.add(codec.encode(number, start.mark(), heap.flip()).bytes());
            });
        }

        private void write(FileName path) throws IOException {
            boolean folder = path.toString().matches(".*/folder [0-9]+");
            writer.write(new RunItem.FileItem(
                    path,
                    folder ? FileType.DIRECTORY : FileType.REGULAR,
                    0700,
                    0,
                    0,
                    "somebody",
                    null,
                    new RunItem.Times(Instant.EPOCH, Instant.EPOCH, null, null),
                    0,
                    null,
                    0,
                    List.of(),
                    0,
                    folder ? new RunItem.Nothing() : new RunItem.Follows()));
            if (!folder) {
                writer.write(new RunItem.FileEnd(EMPTY, null));
            }
        }

        @Override
        public int read(ByteBuffer to) throws IOException {
            while (frames.isEmpty() && !ended) {
                if (keys.hasNext()) {
                    write(keys.next().path());
                } else {
                    writer.finish();
                    ended = true;
                }
            }
            ByteBuffer frame = frames.peek();
            if (frame == null) {
                return -1;
            }
            int count = Math.min(to.remaining(), frame.remaining());
            to.put(frame.slice().limit(count));
            frame.position(frame.position() + count);
            if (!frame.hasRemaining()) {
                frames.remove();
            }
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            codec.close();
        }
    }
}

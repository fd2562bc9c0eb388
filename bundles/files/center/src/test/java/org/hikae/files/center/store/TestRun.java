package org.hikae.files.center.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.files.transfer.run.ContentHash;
import org.hikae.files.transfer.run.FrameCodec;
import org.hikae.files.transfer.run.RawFrames;
import org.hikae.files.transfer.run.RunItem.Content;
import org.hikae.files.transfer.run.RunItem.Data;
import org.hikae.files.transfer.run.RunItem.FileEnd;
import org.hikae.files.transfer.run.RunItem.FileItem;
import org.hikae.files.transfer.run.RunItem.FileVoid;
import org.hikae.files.transfer.run.RunItem.Follows;
import org.hikae.files.transfer.run.RunItem.Gone;
import org.hikae.files.transfer.run.RunItem.Nothing;
import org.hikae.files.transfer.run.RunItem.Same;
import org.hikae.files.transfer.run.RunItem.Start;
import org.hikae.files.transfer.run.RunItem.Times;
import org.hikae.files.transfer.run.RunWriter;
import org.hikae.files.transfer.run.SmallFrames;

/** A run as a client has it. */
record TestRun(RunInfo info, List<byte[]> frames) {

    private static final AtomicLong MADE = new AtomicLong();

    static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    /** When a run of that number is taken. */
    static Instant taken(long number) {
        return BEGIN.plusSeconds(3600 * number);
    }

    static Maker make(String origin, String backup, long number, long base) throws IOException {
        return new Maker(new RunId(origin, backup, number), base, RunWriter::new);
    }

    /** As the other, of frames that are a hundred times smaller. */
    static Maker small(String origin, String backup, long number, long base) throws IOException {
        return new Maker(new RunId(origin, backup, number), base, SmallFrames::writer);
    }

    /** Makes writers. */
    private interface Writers {
        RunWriter writer(Start start, RawFrames frames) throws IOException;
    }

    /** Makes a run, item by item. */
    static final class Maker {

        private final RunId id;
        private final UUID identity;
        private final long base;
        private final List<byte[]> frames = new ArrayList<>();
        private final FrameCodec codec = new FrameCodec();
        private final RunWriter writer;

        Maker(RunId id, long base, Writers writers) throws IOException {
            this.id = id;
            this.base = base;
            identity = new UUID(id.number(), MADE.incrementAndGet());
            Start start = new Start(identity, id.backup(), id.number(), base, taken(id.number()));
            writer = writers.writer(start, (number, raw) -> {
                ByteBuffer heap = ByteBuffer.allocate(raw.remaining()).put(raw).flip();
                ByteBuffer stored = codec.encode(number, start.mark(), heap).bytes();
                byte[] bytes = new byte[stored.remaining()];
                stored.get(bytes);
                frames.add(bytes);
            });
        }

        private static FileItem item(String path, FileType type, int mode, long size, Content content) {
            Times times = new Times(BEGIN.plusNanos(mode), BEGIN, null, null);
            return new FileItem(
                    FileName.parse(path), type, mode, 1, 2, "o", null, times, size, null, 0, List.of(), 0, content);
        }

        Maker folder(String path, int mode) throws IOException {
            writer.write(item(path, FileType.DIRECTORY, mode, 0, new Nothing()));
            return this;
        }

        Maker file(String path, int mode, byte[] content) throws IOException {
            open(path, mode, content);
            writer.write(new FileEnd(sha256(content), null));
            return this;
        }

        /** Of the content another SHA-256 is said. */
        Maker lie(String path, int mode, byte[] content, byte[] sha256) throws IOException {
            open(path, mode, content);
            writer.write(new FileEnd(sha256, null));
            return this;
        }

        Maker voided(String path, byte[] content) throws IOException {
            open(path, 0, content);
            writer.write(new FileVoid());
            return this;
        }

        private void open(String path, int mode, byte[] content) throws IOException {
            writer.write(item(path, FileType.REGULAR, mode, content.length, new Follows()));
            for (int at = 0; at < content.length; at += 100_000) {
                int length = Math.min(100_000, content.length - at);
                writer.write(new Data(at, ByteBuffer.wrap(content, at, length).slice()));
            }
        }

        Maker same(String path, int mode, long size, long run, String of) throws IOException {
            writer.write(item(path, FileType.REGULAR, mode, size, new Same(run, FileName.parse(of))));
            return this;
        }

        Maker gone(String path) throws IOException {
            writer.write(new Gone(FileName.parse(path)));
            return this;
        }

        TestRun end() throws IOException {
            writer.finish();
            codec.close();
            RunInfo info = new RunInfo(id, identity, base, taken(id.number()), null, false, frames.size(), 0, 0);
            return new TestRun(info, frames);
        }
    }

    static byte[] sha256(byte[] content) {
        ContentHash hash = new ContentHash();
        hash.add(0, ByteBuffer.wrap(content));
        return hash.finish(content.length);
    }

    /** Bytes that tell where they come from, and are quickly made. */
    static byte[] content(int seed, int length) {
        byte[] content = new byte[length];
        for (int i = 0; i < length; i += 64) {
            content[i] = (byte) (seed + i * 31);
            if (i + 1 < length) {
                content[i + 1] = (byte) (seed >> 8);
            }
        }
        return content;
    }
}

package org.hikae.files.transfer.uplink;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.files.transfer.run.FrameCodec;

/** Runs in memory. Guarded by itself; who waits for something is notified of every change. */
final class TestOutbox implements RunOutbox {
    final Map<RunId, List<byte[]>> runs = new LinkedHashMap<>();
    final Map<RunId, Long> received = new LinkedHashMap<>();
    final List<RunId> complete = new ArrayList<>();
    final Set<String> full = new HashSet<>();
    final List<String> problems = new ArrayList<>();
    final List<String> refused = new ArrayList<>();
    int opened;
    int closed;

    static UUID identity(RunId run) {
        return new UUID(1, run.number());
    }

    /** A run whose frames are random bytes: nothing here looks into them. */
    synchronized RunId add(String backup, int number, int frames, int size, Random random) {
        RunId run = new RunId("alice", backup, number);
        List<byte[]> made = new ArrayList<>();
        try (FrameCodec codec = new FrameCodec()) {
            for (int i = 0; i < frames; i++) {
                byte[] raw = new byte[1 + random.nextInt(size)];
                random.nextBytes(raw);
                ByteBuffer bytes = codec.encode(i, number, ByteBuffer.wrap(raw)).bytes();
                byte[] frame = new byte[bytes.remaining()];
                bytes.get(frame);
                made.add(frame);
            }
        }
        runs.put(run, made);
        return run;
    }

    @Override
    public synchronized List<RunInfo> runs() {
        List<RunInfo> infos = new ArrayList<>();
        runs.forEach((run, frames) -> {
            if (!complete.contains(run)) {
                infos.add(new RunInfo(run, identity(run), 0, Instant.EPOCH, null, false, frames.size(), 1, 1));
            }
        });
        return infos;
    }

    @Override
    public synchronized ReadableByteChannel open(RunId run, long frame) throws IOException {
        List<byte[]> frames = runs.get(run);
        if (frames == null) {
            throw new IOException("there is no such run");
        }
        opened++;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        frames.subList((int) frame, frames.size()).forEach(bytes::writeBytes);
        ReadableByteChannel channel = Channels.newChannel(new ByteArrayInputStream(bytes.toByteArray()));
        return new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer to) throws IOException {
                return channel.read(to);
            }

            @Override
            public boolean isOpen() {
                return channel.isOpen();
            }

            @Override
            public void close() throws IOException {
                if (channel.isOpen()) {
                    channel.close();
                    synchronized (TestOutbox.this) {
                        closed++;
                        TestOutbox.this.notifyAll();
                    }
                }
            }
        };
    }

    @Override
    public synchronized void received(RunId run, long frames) {
        received.merge(run, frames, Math::max);
        notifyAll();
    }

    @Override
    public synchronized void complete(RunId run, UUID identity) {
        if (identity.equals(identity(run)) && !complete.contains(run)) {
            complete.add(run);
        }
        notifyAll();
    }

    @Override
    public synchronized void fullWanted(String origin, String backup, long above) {
        full.add(origin + "/" + backup + ">" + above);
        notifyAll();
    }

    @Override
    public synchronized void refused(RunId run, UUID identity, String text) {
        refused.add(run + " " + identity + " " + text);
        notifyAll();
    }

    @Override
    public synchronized void problem(RunId run, String text) {
        problems.add(run + " " + text);
        notifyAll();
    }

    synchronized void await(BooleanSupplier condition) {
        try {
            while (!condition.getAsBoolean()) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }
}

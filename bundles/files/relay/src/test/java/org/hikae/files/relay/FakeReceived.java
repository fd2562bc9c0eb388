package org.hikae.files.relay;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.relay.Received;

/** What a center has received, in memory. */
final class FakeReceived implements Received {

    final Map<String, RunInfo> here = new TreeMap<>();
    final List<String> askedForFull = new ArrayList<>();
    final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    /** Told of each run before its content goes. */
    Consumer<RunId> onRelease = run -> {};
    /** What the next deletions do: fail before, fail afterwards, or nothing of that. */
    final List<String> failures = new ArrayList<>();

    static final Instant TAKEN = Instant.parse("2026-11-01T00:00:00Z");

    static RunInfo info(String origin, String backup, long number, long base) {
        RunId id = new RunId(origin, backup, number);
        UUID upon = base == 0 ? null : new UUID(1, base);
        return new RunInfo(id, new UUID(1, number), base, upon, TAKEN.plusSeconds(number), null, false, 3, 100, 2);
    }

    synchronized RunInfo receive(String origin, String backup, long number, long base) {
        RunInfo run = info(origin, backup, number, base);
        here.put(run.id().toString(), run);
        listeners.forEach(Runnable::run);
        return run;
    }

    @Override
    public synchronized List<RunInfo> runs() {
        return List.copyOf(here.values());
    }

    @Override
    public synchronized ReadableByteChannel frames(RunId run, long from) throws IOException {
        if (!here.containsKey(run.toString())) {
            throw new NoSuchFileException(run.toString());
        }
        byte[] bytes = (run + "#" + from).getBytes(StandardCharsets.US_ASCII);
        return Channels.newChannel(new ByteArrayInputStream(bytes));
    }

    @Override
    public synchronized void release(RunId run) throws IOException {
        String failure = failures.isEmpty() ? "" : failures.remove(0);
        if (failure.equals("before")) {
            throw new IOException("the disk is full");
        }
        onRelease.accept(run);
        here.remove(run.toString());
        if (failure.equals("after")) {
            throw new IOException("the disk is gone");
        }
    }

    @Override
    public synchronized void askForFull(String origin, String backup, long above) {
        askedForFull.add(origin + "/" + backup + ">" + above);
    }

    @Override
    public AutoCloseable onReceived(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}

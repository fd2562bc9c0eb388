package org.hikae.itests.platform;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.files.transfer.run.ContentHash;
import org.hikae.files.transfer.run.FrameWriter;
import org.hikae.files.transfer.run.RunItem;
import org.hikae.files.transfer.run.RunWriter;
import org.hikae.files.transfer.uplink.RunOutbox;

/** Runs of one file each, in memory. */
final class RunsInMemory implements RunOutbox {

    final Map<RunId, RunInfo> runs = new ConcurrentHashMap<>();
    private final Map<RunId, List<byte[]>> frames = new ConcurrentHashMap<>();

    void add(String origin, long number, String path, byte[] content) throws IOException {
        UUID id = UUID.randomUUID();
        Instant now = Instant.now();
        RunItem.Start start = new RunItem.Start(id, "docs", number, 0, now);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<Integer> ends = new ArrayList<>();
        try (FrameWriter writer = new FrameWriter(Channels.newChannel(out), start.mark())) {
            RunWriter run = new RunWriter(start, (at, raw) -> {
                writer.frame(at, raw);
                ends.add(out.size());
            });
            run.write(new RunItem.FileItem(
                    FileName.of(path.getBytes(StandardCharsets.UTF_8)),
                    FileType.REGULAR,
                    0644,
                    0,
                    0,
                    "root",
                    "root",
                    new RunItem.Times(now, now, null, null),
                    content.length,
                    null,
                    0,
                    List.of(),
                    0,
                    new RunItem.Follows()));
            run.write(new RunItem.Data(0, ByteBuffer.wrap(content)));
            ContentHash hash = new ContentHash();
            hash.add(0, ByteBuffer.wrap(content));
            run.write(new RunItem.FileEnd(hash.finish(content.length), null));
            run.finish();
        }
        RunId of = new RunId(origin, "docs", number);
        List<byte[]> all = new ArrayList<>();
        byte[] bytes = out.toByteArray();
        for (int i = 0; i < ends.size(); i++) {
            all.add(Arrays.copyOfRange(bytes, i == 0 ? 0 : ends.get(i - 1), ends.get(i)));
        }
        frames.put(of, all);
        runs.put(of, new RunInfo(of, id, 0, now, null, false, all.size(), bytes.length, 1));
    }

    @Override
    public List<RunInfo> runs() {
        return List.copyOf(runs.values());
    }

    @Override
    public ReadableByteChannel open(RunId run, long frame) {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        List<byte[]> all = frames.get(run);
        all.subList((int) frame, all.size()).forEach(rest::writeBytes);
        return Channels.newChannel(new ByteArrayInputStream(rest.toByteArray()));
    }

    @Override
    public void received(RunId run, long many) {}

    @Override
    public void complete(RunId run, UUID identity) {
        runs.values().removeIf(each -> each.id().equals(run) && each.identity().equals(identity));
    }

    @Override
    public void fullWanted(String origin, String backup, long above) {}

    @Override
    public void refused(RunId run, UUID identity, String text) {
        throw new AssertionError(run + ": " + text);
    }

    @Override
    public void problem(RunId run, String text) {
        throw new AssertionError(run + ": " + text);
    }
}

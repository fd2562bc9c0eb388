package org.hikae.files.client;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.hikae.api.files.Reach;
import org.hikae.api.files.RunId;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.fs.FileName;
import org.hikae.files.client.buffer.BufferedRun;
import org.hikae.files.client.select.PathOrder;
import org.hikae.files.client.send.Archive;
import org.hikae.files.transfer.message.ContentRequest;
import org.hikae.files.transfer.message.VersionKey;
import org.hikae.files.transfer.message.VersionsRequest;
import org.hikae.files.transfer.run.ContentHash;
import org.hikae.files.transfer.run.FrameWriter;
import org.hikae.files.transfer.run.RunItem;
import org.hikae.files.transfer.run.RunReader;
import org.hikae.files.transfer.run.RunWriter;
import org.hikae.files.transfer.uplink.Uplink;

/** A center in memory that is as simple as can be. */
public class ModelCenter implements Archive {

    /** A version: what came, and what became of it. */
    static final class Version {
        final long run;
        final Instant taken;
        final RunItem.FileItem item;
        final TreeMap<Long, byte[]> pieces;
        final byte[] sha256;
        final String doubt;
        long until;

        Version(
                long run,
                Instant taken,
                RunItem.FileItem item,
                TreeMap<Long, byte[]> pieces,
                byte[] sha256,
                String doubt) {
            this.run = run;
            this.taken = taken;
            this.item = item;
            this.pieces = pieces;
            this.sha256 = sha256;
            this.doubt = doubt;
        }
    }

    /** By backup and path, the oldest first. */
    final Map<String, TreeMap<FileName, List<Version>>> versions = new HashMap<>();

    final Map<String, Long> last = new HashMap<>();

    /** Complete ones, by backup and number. */
    private final Map<String, TreeMap<Long, BufferedRun>> runs = new HashMap<>();

    private final Map<String, Instant> taken = new HashMap<>();

    /** The versions of one backup, by path. */
    private TreeMap<FileName, List<Version>> of(String backup) {
        return versions.computeIfAbsent(
                backup, key -> new TreeMap<>((a, b) -> PathOrder.compare(a.bytes(), b.bytes())));
    }

    /** Takes a run, as it is sent. @return false: what it builds upon is missing */
    public boolean take(BufferedRun run) throws IOException {
        String backup = run.backup();
        if (run.base() != 0 && run.base() != last.getOrDefault(backup, 0L)) {
            return false;
        }
        if (run.base() == 0) {
            of(backup).values().forEach(list -> end(list, run.number()));
        }
        try (RunReader reader = new RunReader(run.open(0))) {
            RunItem.FileItem file = null;
            TreeMap<Long, byte[]> pieces = new TreeMap<>();
            ContentHash hash = null;
            for (RunItem item = reader.next(); item != null; item = reader.next()) {
                if (item instanceof RunItem.FileItem came) {
                    file = came;
                    pieces = new TreeMap<>();
                    hash = new ContentHash();
                    if (came.content() instanceof RunItem.Same same) {
                        Version before = find(backup, same.run(), same.path());
                        enter(run, came, before.pieces, before.sha256, before.doubt);
                    } else if (came.content() instanceof RunItem.Nothing) {
                        enter(run, came, pieces, null, null);
                    }
                } else if (item instanceof RunItem.Data data) {
                    hash.add(data.offset(), data.bytes());
                    byte[] bytes = new byte[data.bytes().remaining()];
                    data.bytes().duplicate().get(bytes);
                    pieces.put(data.offset(), bytes);
                } else if (item instanceof RunItem.FileEnd end) {
                    if (!Arrays.equals(hash.finish(file.size()), end.sha256())) {
                        throw new IOException("the hash of " + file.path() + " is wrong");
                    }
                    enter(run, file, pieces, end.sha256(), end.doubt());
                } else if (item instanceof RunItem.Gone gone) {
                    end(of(backup).get(gone.path()), run.number());
                }
            }
        }
        last.put(backup, run.number());
        runs.computeIfAbsent(backup, key -> new TreeMap<>()).put(run.number(), run);
        taken.put(backup + run.number(), run.taken());
        return true;
    }

    private Version find(String backup, long run, FileName path) {
        return of(backup).get(path).stream()
                .filter(version -> version.run == run)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(path + " is not in run " + run));
    }

    private void enter(
            BufferedRun run, RunItem.FileItem item, TreeMap<Long, byte[]> pieces, byte[] sha256, String doubt) {
        List<Version> list = of(run.backup()).computeIfAbsent(item.path(), key -> new ArrayList<>());
        end(list, run.number());
        list.add(new Version(run.number(), run.taken(), item, pieces, sha256, doubt));
    }

    private static void end(List<Version> list, long run) {
        if (list != null && !list.isEmpty() && list.get(list.size() - 1).until == 0) {
            list.get(list.size() - 1).until = run;
        }
    }

    @Override
    public String name() {
        return "model";
    }

    @Override
    public String origin() {
        return "me";
    }

    @Override
    public void versions(VersionsRequest request, Uplink.VersionSink to) throws IOException {
        for (String backup : List.copyOf(versions.keySet())) {
            for (List<Version> list : of(backup).values()) {
                for (Version version : list) {
                    boolean wanted = PathOrder.isWithin(
                                    version.item.path().bytes(), request.path().bytes())
                            && isWanted(backup, version, request);
                    if (wanted) {
                        to.version(stored(backup, version));
                    }
                }
            }
        }
        if (!request.all()) {
            to.reach(reach(request.at()));
        }
    }

    private Map<String, Reach> reach(Instant at) {
        Map<String, Reach> reach = new HashMap<>();
        runs.forEach((backup, of) -> {
            long run = of.values().stream()
                    .filter(each -> at == null || !each.taken().isAfter(at))
                    .mapToLong(BufferedRun::number)
                    .max()
                    .orElse(0);
            boolean gap = of.tailMap(run, false).values().stream()
                    .anyMatch(later -> later.base() == 0 && later.number() > 1 && !of.containsKey(later.number() - 1));
            reach.put(backup, new Reach(run, of.lastKey(), gap));
        });
        return reach;
    }

    private boolean isWanted(String backup, Version version, VersionsRequest request) {
        if (request.at() == null) {
            return request.all() || version.until == 0;
        }
        boolean over = version.until != 0 && !taken.get(backup + version.until).isAfter(request.at());
        return !version.taken.isAfter(request.at()) && !over;
    }

    /** Whether a run of that time came, and was not replaced. */
    boolean hasAll(Instant time) {
        return taken.containsValue(time);
    }

    private StoredVersion stored(String backup, Version version) {
        return new StoredVersion(
                new RunId(origin(), backup, version.run),
                version.item.path(),
                version.until,
                version.taken,
                version.item.type(),
                version.item.size(),
                version.item.times().modified(),
                version.sha256 == null ? null : HexFormat.of().formatHex(version.sha256),
                "m",
                version.doubt);
    }

    @Override
    public ReadableByteChannel content(ContentRequest request) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RunItem.Start start = new RunItem.Start(new UUID(1, 2), "x", 1, 0, Instant.EPOCH);
        try (FrameWriter frames = new FrameWriter(Channels.newChannel(bytes), start.mark())) {
            RunWriter writer = new RunWriter(start, frames);
            for (VersionKey key : request.versions()
                    .subList(request.skipFiles(), request.versions().size())) {
                write(find(key.backup(), key.run(), key.path()), writer);
            }
            writer.finish();
        }
        return Channels.newChannel(new ByteArrayInputStream(bytes.toByteArray()));
    }

    void write(Version version, RunWriter writer) throws IOException {
        RunItem.FileItem item = version.item;
        boolean content = version.sha256 != null;
        writer.write(new RunItem.FileItem(
                item.path(),
                item.type(),
                item.mode(),
                item.uid(),
                item.gid(),
                item.owner(),
                item.group(),
                item.times(),
                item.size(),
                item.target(),
                item.device(),
                item.attributes(),
                item.link(),
                content ? new RunItem.Follows() : new RunItem.Nothing()));
        if (content) {
            for (Map.Entry<Long, byte[]> piece : version.pieces.entrySet()) {
                writer.write(new RunItem.Data(piece.getKey(), ByteBuffer.wrap(piece.getValue())));
            }
            writer.write(new RunItem.FileEnd(version.sha256, version.doubt));
        }
    }
}

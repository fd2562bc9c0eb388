package org.hikae.files.relay;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.hikae.api.files.Confirmation;
import org.hikae.api.files.Reach;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.RunKey;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.files.transfer.message.ContentRequest;
import org.hikae.files.transfer.message.ErrorReply;
import org.hikae.files.transfer.message.VersionKey;
import org.hikae.files.transfer.message.VersionsRequest;
import org.hikae.files.transfer.run.ContentHash;
import org.hikae.files.transfer.run.FrameCodec;
import org.hikae.files.transfer.run.RunItem;
import org.hikae.files.transfer.run.RunItem.Start;
import org.hikae.files.transfer.run.RunWriter;
import org.hikae.files.transfer.uplink.RefusedException;
import org.hikae.files.transfer.uplink.RunOutbox;
import org.hikae.files.transfer.uplink.Uplink;
import org.hikae.files.transfer.uplink.UplinkStatus;

/** A center above, whose polls the test makes one by one. It checks as a center does who speaks and what a run builds upon. */
final class FakeLink implements Link {

    final Member member;
    /** By the names that it knows; a test may share it with the center's next life. */
    final Set<RunId> has;

    final Supplier<List<UUID>> route;
    private final RunOutbox outbox;
    boolean started;
    boolean closed;
    int changes;
    String problem;
    /** Whether it says which versions it has not. */
    boolean saysWhich = true;

    final List<StoredVersion> versions = new ArrayList<>();
    /** What it says of how far that reaches; null: nothing. */
    Map<String, Reach> reach;

    final List<Object> asked = new ArrayList<>();

    FakeLink(Member member, RunOutbox outbox, Set<RunId> has, Supplier<List<UUID>> route) {
        this.member = member;
        this.outbox = outbox;
        this.has = has;
        this.route = route;
    }

    FakeLink(Member member, RunOutbox outbox, Supplier<List<UUID>> route) {
        this(member, outbox, new HashSet<>(), route);
    }

    private long newest(RunId run) {
        return has.stream()
                .filter(each ->
                        each.origin().equals(run.origin()) && each.backup().equals(run.backup()))
                .mapToLong(RunId::number)
                .max()
                .orElse(0);
    }

    /** Receipts for what is there; a refusal for what cannot be taken. @return the others */
    List<RunInfo> poll() throws IOException {
        List<RunInfo> takes = new ArrayList<>();
        Set<RunId> coming = new HashSet<>();
        for (RunInfo run : outbox.runs()) {
            if (!run.id().origin().endsWith("@" + member.name())) {
                throw new AssertionError("it speaks for " + run.id().origin());
            }
            if (has.contains(run.id())) {
                outbox.received(run.id(), run.frames());
                outbox.complete(run.id(), run.identity());
            } else if (run.id().number() > newest(run.id())
                    && (run.base() == 0
                            || run.base() == newest(run.id())
                            || coming.contains(
                                    new RunId(run.id().origin(), run.id().backup(), run.base())))) {
                coming.add(run.id());
                takes.add(run);
            } else {
                outbox.fullWanted(run.id().origin(), run.id().backup(), newest(run.id()));
                outbox.refused(run.id(), run.identity(), "it needs a full one");
            }
        }
        return takes;
    }

    /** It is durable there; whether that is heard of is another thing. */
    void take(RunInfo run) {
        has.add(run.id());
    }

    /** As long as there is anything that it takes. */
    void takeAll() throws IOException {
        for (List<RunInfo> takes = poll(); !takes.isEmpty(); takes = poll()) {
            take(takes.get(0));
            outbox.complete(takes.get(0).id(), takes.get(0).identity());
        }
    }

    /** Says of all that it is asked for whether it has it, under its own id. */
    void confirm() throws IOException {
        for (RunKey run : outbox.asked()) {
            if (!run.run().origin().endsWith("@" + member.name())) {
                throw new AssertionError("it asks for " + run);
            }
            boolean there = has.contains(run.run());
            outbox.confirmed(new Confirmation(run, there ? List.of(member.id()) : List.of(), there, !there));
        }
    }

    @Override
    public void start() {
        started = true;
    }

    @Override
    public void changed() {
        changes++;
    }

    @Override
    public UplinkStatus status() {
        return new UplinkStatus(null, problem, List.of());
    }

    @Override
    public void versions(VersionsRequest request, Uplink.VersionSink to) throws IOException {
        asked.add(request);
        if (problem != null) {
            throw new IOException(problem);
        }
        for (StoredVersion each : versions) {
            to.version(each);
        }
        if (reach != null && request.at() != null) {
            to.reach(reach);
        }
    }

    @Override
    public ReadableByteChannel content(ContentRequest request) throws IOException {
        asked.add(request);
        if (problem != null) {
            throw new IOException(problem);
        }
        List<VersionKey> has = versions.stream()
                .map(each -> new VersionKey(each.run().backup(), each.run().number(), each.path()))
                .toList();
        List<Integer> lacks = IntStream.range(0, request.versions().size())
                .filter(i -> !has.contains(request.versions().get(i)))
                .boxed()
                .toList();
        if (!lacks.isEmpty()) {
            ErrorReply error = new ErrorReply(ErrorReply.MISSING, "not here", saysWhich ? lacks : List.of());
            throw new RefusedException(404, error, Duration.ZERO);
        }
        return Channels.newChannel(new ByteArrayInputStream(frames(request)));
    }

    /** Each version as a file with this center's address in it. */
    private byte[] frames(ContentRequest request) throws IOException {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        Start start = new Start(new UUID(3, 4), "restore", 1, 0, FakeReceived.TAKEN);
        try (FrameCodec codec = new FrameCodec()) {
            RunWriter writer = new RunWriter(start, (number, raw) -> {
                ByteBuffer heap = ByteBuffer.allocate(raw.remaining()).put(raw).flip();
                ByteBuffer bytes = codec.encode(number, start.mark(), heap).bytes();
                byte[] copy = new byte[bytes.remaining()];
                bytes.get(copy);
                frames.write(copy);
            });
            for (VersionKey each : request.versions()
                    .subList(request.skipFiles(), request.versions().size())) {
                write(writer, each.path());
            }
            writer.finish();
        }
        return frames.toByteArray();
    }

    private static byte[] hash(byte[] content) {
        ContentHash hash = new ContentHash();
        hash.add(0, ByteBuffer.wrap(content));
        return hash.finish(content.length);
    }

    private void write(RunWriter writer, FileName path) throws IOException {
        byte[] content = member.address().toString().getBytes(StandardCharsets.US_ASCII);
        RunItem.Times times = new RunItem.Times(FakeReceived.TAKEN, FakeReceived.TAKEN, null, null);
        writer.write(new RunItem.FileItem(
                path,
                FileType.REGULAR,
                0600,
                0,
                0,
                null,
                null,
                times,
                content.length,
                null,
                0,
                List.of(),
                0,
                new RunItem.Follows()));
        writer.write(new RunItem.Data(0, ByteBuffer.wrap(content)));
        writer.write(new RunItem.FileEnd(hash(content), null));
    }

    @Override
    public void close() {
        closed = true;
    }
}

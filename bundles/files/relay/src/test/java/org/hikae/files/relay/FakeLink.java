package org.hikae.files.relay;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.hikae.api.files.Confirmation;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.RunKey;
import org.hikae.api.files.StoredVersion;
import org.hikae.files.transfer.message.ContentRequest;
import org.hikae.files.transfer.message.VersionsRequest;
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
    final List<StoredVersion> versions = new ArrayList<>();
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
    }

    @Override
    public ReadableByteChannel content(ContentRequest request) throws IOException {
        asked.add(request);
        if (problem != null) {
            throw new IOException(problem);
        }
        return Channels.newChannel(new ByteArrayInputStream(member.name().getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    public void close() {
        closed = true;
    }
}

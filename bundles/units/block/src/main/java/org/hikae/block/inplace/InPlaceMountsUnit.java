package org.hikae.block.inplace;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.Disks;
import org.hikae.api.disk.InPlaceMounts;
import org.hikae.api.disk.InPlaceRequest;
import org.hikae.api.disk.InPlaceStatus;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Generations;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets generations take the place of disks, and gives the disks their places back (c.1, R21). */
@Component
public final class InPlaceMountsUnit implements InPlaceMounts {

    private static final Logger LOG = LoggerFactory.getLogger(InPlaceMountsUnit.class);

    private static final int REGION_BYTES = 1 << 20;

    private final Disks disks;
    private final InPlaceDisks places;
    private final StandIns standIns;
    private final Generations generations;
    private final Supplier<UUID> uuids;

    @Activate
    public InPlaceMountsUnit(
            @Reference Disks disks,
            @Reference InPlaceDisks places,
            @Reference StandIns standIns,
            @Reference Generations generations) {
        this(disks, places, standIns, generations, UUID::randomUUID);
    }

    InPlaceMountsUnit(
            Disks disks, InPlaceDisks places, StandIns standIns, Generations generations, Supplier<UUID> uuids) {
        this.disks = disks;
        this.places = places;
        this.standIns = standIns;
        this.generations = generations;
        this.uuids = uuids;
        new Holds(generations).tidy(standIns);
    }

    @Override
    public InPlaceStatus mount(InPlaceRequest request) throws IOException {
        Optional<StandIn> there = find(request.disk());
        if (there.isEmpty()) {
            check(generations.get(request.generation()));
            try (GenerationReader reader = generations.open(request.generation())) {
                places.alone(
                        request.disk(),
                        "replaced by generation " + request.generation(),
                        disk -> begin(disk, reader, request));
            }
        } else {
            again(there.get(), request);
        }
        return standIn(request.disk()).status();
    }

    private static void check(GenerationInfo generation) throws IOException {
        if (generation.problem() != null) {
            throw new IOException("generation " + generation.id() + " cannot be read: " + generation.problem());
        } else if (generation.partial()) {
            throw new IOException("generation " + generation.id() + " holds only what changed since the mark '"
                    + generation.mark() + "', which makes no whole disk; mount one that was backed up without --since,"
                    + " and restore this one onto the disk then");
        } else if (generation.group() != null) {
            throw new IOException("generation " + generation.id() + " holds the files of group '"
                    + generation.groupName()
                    + "' alone, which makes no whole disk; mount one that was backed up without"
                    + " --group, or get the files out of this one with 'generation get' or 'generation restore'");
        }
    }

    private static void again(StandIn there, InPlaceRequest request) throws IOException {
        if (!there.generation().equals(request.generation())) {
            throw new IOException("generation " + there.generation() + " stands in for disk '" + request.disk()
                    + "' already; " + there.howToEnd());
        }
        there.restore(request.restore());
    }

    private void begin(Disk disk, GenerationReader reader, InPlaceRequest request) throws IOException {
        if (find(disk.name()).isPresent()) {
            throw new IOException("another generation has just taken the place of disk '" + disk.name() + "'");
        } else if (disk.size() < reader.size()) {
            throw new IOException(
                    "disk '" + disk.name() + "' has " + disk.size() + " bytes, and generation " + request.generation()
                            + " needs " + reader.size() + "; give the disk that size, or name a larger one");
        }
        InPlaceState first = first(disk, reader, request);
        Holds holds = new Holds(generations);
        holds.take(first);
        try {
            disk.changes().end("generation " + request.generation() + " took its place");
            standIns.begin(first);
        } finally {
            if (standIns.of(disk.id()).isEmpty()) {
                holds.give(first);
            }
        }
        places.refresh(disk.name());
        track(disk, reader);
    }

    private InPlaceState first(Disk disk, GenerationReader reader, InPlaceRequest request) throws IOException {
        GenerationInfo info = reader.info();
        return new InPlaceState(
                uuids.get(),
                disk.id(),
                disk.name(),
                disk.path().toString(),
                new InPlaceState.Generation(info.id(), info.diskId(), info.instant(), reader.size()),
                places.driver(info.format(), reader),
                disk.blockSize(),
                request.restore(),
                false,
                false,
                0,
                0);
    }

    /** From now on the disk holds what the generation does: the next backup can build upon that, if it is one of this disk. */
    private static void track(Disk disk, GenerationReader reader) {
        boolean same = reader.info().diskId().equals(disk.id())
                && reader.size() == disk.size()
                && reader.blockSize() == disk.blockSize();
        if (!same) {
            return;
        }
        try {
            disk.changes().startFrom(reader.info().id());
        } catch (IOException e) {
            LOG.warn("disk {}: the next backup is a full one: {}", disk.name(), Reason.of(e));
        }
    }

    @Override
    public List<InPlaceStatus> list() {
        return standIns.all().stream()
                .map(StandIn::status)
                .sorted(Comparator.comparing(InPlaceStatus::disk))
                .toList();
    }

    @Override
    public Optional<InPlaceStatus> of(String disk) {
        return standIns.all().stream()
                .filter(each -> each.state().name().equals(disk))
                .findFirst()
                .map(StandIn::status);
    }

    private Optional<StandIn> find(String disk) throws IOException {
        return standIns.of(disks.get(disk).id());
    }

    private StandIn standIn(String disk) throws IOException {
        return find(disk)
                .orElseThrow(() -> new IOException("no generation stands in for disk '" + disk
                        + "'; 'generation mount' with --in-place lets one do so"));
    }

    @Override
    public void bringBack(String disk, Progress progress) throws IOException {
        StandIn standIn = standIn(disk);
        standIn.beginBringingBack();
        String failure = null;
        AutoCloseable use = null;
        try {
            use = disks.use(disk, "generation " + standIn.generation() + " is brought back onto it");
            bringBack(disks.get(disk), progress);
            finish(disk, standIn);
        } catch (CancellationException e) {
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            failure = Reason.of(e);
            throw e;
        } finally {
            end(use);
            standIn.endBringingBack(failure);
        }
    }

    private static void bringBack(Disk disk, Progress progress) throws IOException {
        try (var door = disk.openForDoor()) {
            if (!(door instanceof OverlaidDevice device)) {
                return;
            }
            progress.phase("bringing back");
            progress.total(device.overlay().end(device.overlay().presence().blocks()));
            BringBack work = new BringBack(device, progress, REGION_BYTES);
            new BringBackWorkers(work).run();
            work.checkAll();
            // Last: what a guest has written instead of a block that could not be read has to be durable too.
            device.force();
        }
    }

    private void finish(String disk, StandIn standIn) throws IOException {
        places.keepFormat(disk, standIn.format());
        standIns.end(standIn);
        new Holds(generations).give(standIn.state());
    }

    private static void end(AutoCloseable use) {
        try {
            if (use != null) {
                use.close();
            }
        } catch (Exception e) {
            LOG.warn("the use of a disk did not end cleanly", e);
        }
    }

    @Override
    public void undo(String disk) throws IOException {
        StandIn standIn = standIn(disk);
        places.alone(disk, "given its place back", own -> {
            if (standIn.touched()) {
                throw new IOException("disk '" + disk + "' has been written since generation " + standIn.generation()
                        + " took its place, and what was there before is lost in part; bring all of it back instead ("
                        + standIn.command("mount") + ")");
            }
            own.changes().end("the in-place mount of generation " + standIn.generation() + " was undone");
            standIns.end(standIn);
        });
        places.refresh(disk);
        new Holds(generations).give(standIn.state());
    }
}

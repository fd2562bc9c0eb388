package org.hikae.shell.command;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.hikae.api.backup.Backups;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.disk.Disks;
import org.hikae.api.disk.InPlaceMounts;
import org.hikae.api.disk.InPlaceRequest;
import org.hikae.api.disk.InPlaceStatus;
import org.hikae.api.job.Job;
import org.hikae.api.job.Reason;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.Generations;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.UsageException;
import org.hikae.shell.text.ByteCount;
import org.hikae.shell.text.Times;

/** Lets a generation take the place of a disk, and has the old disk back (c.1). */
final class InPlaceMounting {

    private final Call call;
    private final String generation;

    InPlaceMounting(Call call, String generation) {
        this.call = call;
        this.generation = generation;
    }

    void mount(InPlaceOptions options, boolean asJson) throws IOException, InterruptedException {
        GenerationInfo info = call.service(Generations.class).get(generation);
        DiskStatus disk = disk(options.disk, info);
        if (!options.force && !standsInFor(disk.name())) {
            confirm(info, disk);
        }
        var request = new InPlaceRequest(generation, disk.name(), !options.noRestore);
        Optional<Job> job = call.service(Backups.class).mountInPlace(request);
        if (job.isEmpty()) {
            show(disk.name(), info.medium(), asJson);
        } else if (options.detach) {
            JobOptions.detached(call, job.get(), asJson);
        } else {
            follow(job.get(), disk.name(), asJson);
        }
    }

    /** Generations outlive their disk. */
    private DiskStatus disk(String chosen, GenerationInfo info) throws IOException {
        Disks disks = call.service(Disks.class);
        try {
            return Find.disk(disks, chosen == null ? info.disk() : chosen);
        } catch (IOException e) {
            throw chosen == null ? new IOException(Reason.of(e) + "; or name another disk with --to", e) : e;
        }
    }

    private boolean standsInFor(String disk) {
        InPlaceStatus status = InPlaceViews.all(call.services()).get(disk);
        return status != null && status.generation().equals(generation);
    }

    private void confirm(GenerationInfo info, DiskStatus disk) throws IOException {
        String what = "this replaces what is on disk " + disk.name() + " (" + disk.path() + ", "
                + ByteCount.showOrDash(disk.size()) + ") by " + generation + " of "
                + Times.show(info.instant(), call.caller().zone());
        if (!call.caller().asks()) {
            throw new UsageException(what + "; if that is meant, add --force");
        } else if (!Question.isConfirmed(call, what, "Is that meant?")) {
            throw new IOException("not confirmed; disk '" + disk.name() + "' is as it was");
        }
    }

    private void show(String disk, String medium, boolean asJson) throws IOException {
        if (asJson) {
            InPlaceStatus status = InPlaceViews.all(call.services()).get(disk);
            if (status == null) {
                throw new IOException("generation " + generation + " stands in for disk " + disk + " no longer");
            }
            call.print(InPlaceViews.json(status).node());
        } else {
            call.say(sentence(disk) + "; blocks stay on medium " + medium + " until they are asked for");
        }
    }

    private void follow(Job job, String disk, boolean asJson) throws IOException, InterruptedException {
        if (!asJson) {
            call.note(sentence(disk) + "; its blocks are brought back by job " + job.id());
        }
        // If it ends early, its reason says how the disk stands and what can be done.
        new Follow(call).toResult(job, asJson);
    }

    private String sentence(String disk) {
        return "generation " + generation + " stands in for disk " + disk;
    }

    /** @param disk null: the only one that the generation stands in for */
    void undo(String disk) throws IOException {
        InPlaceMounts mounts = call.service(InPlaceMounts.class);
        List<String> disks = mounts.list().stream()
                .filter(status -> status.generation().equals(generation))
                .map(InPlaceStatus::disk)
                .filter(name -> disk == null || name.equals(disk))
                .toList();
        if (disks.isEmpty()) {
            throw new IOException("generation " + generation + " stands in for "
                    + (disk == null ? "no disk" : "no disk '" + disk + "'") + "; see 'disk list'");
        } else if (disks.size() > 1) {
            throw new UsageException("generation " + generation + " stands in for the disks " + String.join(", ", disks)
                    + "; say which with --to");
        }
        mounts.undo(disks.get(0));
        call.say("disk " + disks.get(0) + " is the old one again; its next backup is a full one");
    }
}

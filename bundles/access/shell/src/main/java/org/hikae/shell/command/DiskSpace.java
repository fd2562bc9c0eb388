package org.hikae.shell.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.disk.Disks;
import org.hikae.api.job.Reason;
import org.hikae.api.shared.FileSystems;
import org.hikae.api.shared.SharedFileSystem.Space;
import org.hikae.shell.call.Services;
import org.hikae.shell.text.ByteCount;
import org.hikae.shell.text.Json;

/**
 * How much room the file system of a disk has.
 *
 * @param space null if that cannot be told
 * @param problem why; null if there is none
 */
record DiskSpace(String disk, Space space, String problem) {

    static final Listing<DiskSpace> LISTING = new Listing<>(DiskSpace::json)
            .text("DISK", DiskSpace::disk)
            .number("SIZE", each -> ByteCount.showOrDash(each.size()))
            .number("USED", each -> ByteCount.showOrDash(each.used()))
            .number("FREE", each -> ByteCount.showOrDash(each.free()))
            .number("USED%", each -> each.space == null ? null : percent(each.used(), each.size()))
            .number("FILES", each -> each.space == null ? null : Long.toString(each.space.files()))
            .number("METADATA", each -> each.space == null ? null : ByteCount.show(each.space.metadataBytes()))
            .number(
                    "USED%",
                    each -> each.space == null ? null : percent(each.space.metadataUsed(), each.space.metadataLimit()))
            .wrong("PROBLEM", DiskSpace::problem);

    /** @throws IOException if it cannot be told */
    static DiskSpace of(Services services, String disk) throws IOException {
        Find.disk(services.get(Disks.class), disk);
        return new DiskSpace(disk, services.get(FileSystems.class).space(disk), null);
    }

    /** Of all disks that nodes share files on. */
    static List<DiskSpace> all(Services services) throws IOException {
        Disks disks = services.get(Disks.class);
        List<String> shared = disks.sharedFormats();
        List<DiskSpace> found = new ArrayList<>();
        for (DiskStatus disk : disks.list()) {
            if (shared.contains(disk.driver())) {
                found.add(attempt(services, disk));
            }
        }
        return found;
    }

    private static DiskSpace attempt(Services services, DiskStatus disk) throws IOException {
        FileSystems fileSystems = services.get(FileSystems.class);
        try {
            return new DiskSpace(disk.name(), fileSystems.space(disk.name()), null);
        } catch (IOException e) {
            return new DiskSpace(disk.name(), null, Reason.of(e));
        }
    }

    private long size() {
        return space == null ? -1 : space.blocks() * space.blockSize();
    }

    private long free() {
        return space == null ? -1 : space.free() * space.blockSize();
    }

    private long used() {
        return space == null ? -1 : size() - free();
    }

    /** Rounded up: what is not empty is not shown as such, and what is full is. */
    private static String percent(long part, long whole) {
        return whole <= 0 ? null : (long) Math.ceil(100.0 * part / whole) + "%";
    }

    private Json json() {
        return new Json()
                .put("disk", disk)
                .put("blockSize", space == null ? null : space.blockSize())
                .known("size", size())
                .known("usedBytes", used())
                .known("freeBytes", free())
                .put("files", space == null ? null : space.files())
                .put("metadataBytes", space == null ? null : space.metadataBytes())
                .put("metadataUsedBytes", space == null ? null : space.metadataUsed())
                .put("metadataLimitBytes", space == null ? null : space.metadataLimit())
                .put("problem", problem);
    }
}

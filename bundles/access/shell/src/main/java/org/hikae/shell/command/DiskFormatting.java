package org.hikae.shell.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.hikae.api.disk.Disks;
import org.hikae.api.job.Reason;
import org.hikae.api.shared.DiskNotBlankException;
import org.hikae.api.shared.FileSystems;
import org.hikae.api.shared.FormatOptions;
import org.hikae.shell.call.Call;
import org.hikae.shell.text.ByteCount;

/** Makes a file system on a disk, having asked where that destroys something. */
final class DiskFormatting {

    private final Call call;
    private final String disk;
    private final String format;

    DiskFormatting(Call call, String disk, String format) {
        this.call = call;
        this.disk = disk;
        this.format = format;
    }

    /** @param metadata bytes; 0: chosen by the size of the disk */
    void run(long metadata, String label, boolean force) throws IOException {
        FileSystems fileSystems = call.service(FileSystems.class);
        var options = new FormatOptions(UUID.randomUUID(), label, metadata, own("unix:uid"), own("unix:gid"));
        try {
            fileSystems.format(disk, format, options, force);
        } catch (DiskNotBlankException e) {
            if (!call.caller().asks()) {
                throw new IOException(Reason.of(e) + "; --force destroys what is on it", e);
            }
            confirm(Reason.of(e));
            fileSystems.format(disk, format, options, true);
        }
        long size = call.service(Disks.class).get(disk).size();
        call.say("disk " + disk + " is formatted: " + format + ", " + ByteCount.show(size));
    }

    /** The root directory is given to whoever runs the platform. */
    private static long own(String attribute) throws IOException {
        return Integer.toUnsignedLong((Integer) Files.getAttribute(Path.of("/proc/self"), attribute));
    }

    private void confirm(String what) throws IOException {
        if (!Question.isConfirmed(call, what, "Destroy what is on disk '" + disk + "'?")) {
            throw new IOException("not confirmed; disk '" + disk + "' is as it was");
        }
    }
}

package org.hikae.block.tracking;

/**
 * By what a disk is known again (R14).
 *
 * @param device which file system the file is on; empty if that means nothing
 * @param file which file of that file system it is; empty if that means nothing
 * @param size bytes
 * @param times what changes with every write, whoever makes it, such as the file's time of change; empty if there is
 *     nothing of that kind
 * @param fileSystem as {@link FileSystemStamp#now}
 */
record DiskStamp(String device, String file, long size, String times, String fileSystem) {

    private static final String SEPARATOR = "\n";

    /** @param traces as {@link #traces} */
    static DiskStamp of(String device, String file, long size, String traces) {
        int end = traces.indexOf(SEPARATOR);
        return end < 0
                ? new DiskStamp(device, file, size, traces, "")
                : new DiskStamp(device, file, size, traces.substring(0, end), traces.substring(end + 1));
    }

    /** What writes leave behind, as it stands in the home. */
    String traces() {
        return fileSystem.isEmpty() ? times : times + SEPARATOR + fileSystem;
    }

    /** This, with what the file system told before if it tells nothing now. */
    DiskStamp orFileSystem(String before) {
        return fileSystem.isEmpty() ? new DiskStamp(device, file, size, times, before) : this;
    }

    /**
     * Why the disk cannot be the one of this stamp, unchanged; null if it can.
     *
     * @param now its stamp now
     * @param touched whether we may have written to it since this stamp was taken: the times say nothing then
     */
    String differenceTo(DiskStamp now, boolean touched) {
        if (now.size != size) {
            return "it has " + now.size + " bytes, and had " + size;
        } else if (!now.file.equals(file) || touched && !now.device.equals(device)) {
            return "another file has taken its place";
        } else if (!touched && isUsedBetween(now)) {
            return "it was changed by something else than Hikae's nodes: its file system was mounted, repaired or made anew";
        } else if (!touched && !now.times.equals(times)) {
            return "it was changed by something else than Hikae's nodes";
        }
        return null;
    }

    /** A format whose driver is not there says nothing, and has not changed for that. */
    private boolean isUsedBetween(DiskStamp now) {
        return !fileSystem.isEmpty() && !now.fileSystem.isEmpty() && !now.fileSystem.equals(fileSystem);
    }
}

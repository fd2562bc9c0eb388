package org.hikae.block.tracking;

/**
 * By what a disk is known again (R14).
 *
 * @param device which file system the file is on; empty if that means nothing
 * @param file which file of that file system it is; empty if that means nothing
 * @param size bytes
 * @param times what changes with every write, whoever makes it, such as the file's time of change; empty if there is
 *     nothing of that kind. A file system format can add what it knows itself, such as when it was last mounted.
 */
record DiskStamp(String device, String file, long size, String times) {

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
        } else if (!touched && !now.times.equals(times)) {
            return "it was changed by something else than Hikae's nodes";
        }
        return null;
    }
}

package org.hikae.media.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.hikae.api.job.Reason;
import org.hikae.io.FileDevice;
import org.hikae.media.format.ObjectHeader;

/** Opens the image that a log is laid over, if it can be one of the log's disk. */
final class Image {

    private Image() {}

    /**
     * Opens an image for writing; nothing is written.
     *
     * @throws IOException if it is no image of that disk, or one of the log's own files
     */
    static FileDevice open(Path path, List<LogPart> log) throws IOException {
        ObjectHeader header = log.get(0).header();
        boolean regular = checkKind(path);
        FileDevice device = openDevice(path, header);
        try {
            checkApart(path, device, log);
            checkSize(path, device.size(), header, regular);
            return device;
        } catch (IOException e) {
            device.close();
            throw e;
        }
    }

    private static FileDevice openDevice(Path path, ObjectHeader header) throws IOException {
        try {
            return FileDevice.open(path, header.blockSize(), FileDevice.Mode.READ_WRITE);
        } catch (IOException e) {
            throw new IOException("the image " + path + " cannot be written: " + Reason.of(e), e);
        }
    }

    /** Whether it is a regular file; else it is a block device. Nothing else is opened: a FIFO would wait for ever. */
    private static boolean checkKind(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new IOException("there is no image " + path + "; give the raw image to lay the log over");
        }
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (attributes.isDirectory()) {
            throw new IOException(path + " is a folder; give the raw image to lay the log over");
        }
        if (!attributes.isRegularFile() && !isBlockDevice(path)) {
            throw new IOException(path + " is neither a regular file nor a block device; give a raw image");
        }
        return attributes.isRegularFile();
    }

    private static boolean isBlockDevice(Path path) throws IOException {
        try {
            int type = (Integer) Files.getAttribute(path, "unix:mode") & 0170000;
            return type == 0060000;
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return false; // a system that has none
        }
    }

    private static void checkApart(Path path, FileDevice device, List<LogPart> log) throws IOException {
        for (LogPart part : log) {
            if (device.key() != null && device.key().equals(part.key())) {
                throw new IOException(path + " is a part of the log itself; give the raw image to lay it over");
            }
        }
    }

    private static void checkSize(Path path, long size, ObjectHeader header, boolean regular) throws IOException {
        if (regular && size != header.size()) {
            throw new IOException(path + " has " + size + " bytes, but the log is of a disk of " + header.size()
                    + ": it is no image of that disk; give one");
        } else if (size < header.size()) {
            throw new IOException(path + " has only " + size + " bytes, but the log is of a disk of " + header.size()
                    + "; choose a larger device");
        }
    }
}

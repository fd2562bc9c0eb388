package org.hikae.block;

import java.io.IOException;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.fs.spi.DetectedFileSystem;
import org.hikae.block.tracking.FileSystemStamp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the driver of a disk's format when the file system was last mounted and written to (R14). */
record LastUse(Formats formats, DiskSettings disk, Opener opener) implements FileSystemStamp {

    private static final Logger LOG = LoggerFactory.getLogger(LastUse.class);

    /** What there is instead of a stamp: whoever made that of a file system has written to the disk. */
    private static final String GONE = "none";

    private static final String UNREADABLE = "unreadable";

    /** Opens what is seen of the disk, for reading. */
    @FunctionalInterface
    interface Opener {
        BlockDevice open() throws IOException;
    }

    @Override
    public String now() {
        if (disk.isRaw()) {
            return "";
        }
        try (BlockDevice device = opener.open()) {
            return formats.detect(disk.format(), device)
                    .map(DetectedFileSystem::stamp)
                    .orElse(GONE);
        } catch (FileSystemRefusedException e) {
            return UNREADABLE;
        } catch (IOException e) {
            LOG.debug("the file system of disk {} tells nothing", disk.name(), e);
            return "";
        }
    }
}

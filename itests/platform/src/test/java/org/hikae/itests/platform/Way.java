package org.hikae.itests.platform;

import java.io.IOException;
import org.hikae.api.disk.Disk;
import org.hikae.api.media.LogPlace;

/**
 * A way of keeping the log.
 *
 * @param logMedium null: the backup's own
 */
record Way(ProbeGathering gathering, LogPlace place, String logMedium) {

    /** The next backup of the disk keeps its log in this way. */
    void choose(Lab lab, Disk disk) throws IOException {
        lab.strategy(disk.name(), gathering.name(), place.text(), logMedium);
    }
}

package org.hikae.shell.command;

import java.util.Map;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.disk.InPlaceStatus;
import org.hikae.shell.call.Services;
import org.hikae.shell.text.ByteCount;
import org.hikae.shell.text.Json;

/** How disks look. */
final class DiskViews {

    private DiskViews() {}

    static Listing<DiskStatus> listing(Services services) {
        Map<String, InPlaceStatus> inPlace = InPlaceViews.all(services);
        Listing<DiskStatus> listing = new Listing<DiskStatus>(disk -> json(disk, inPlace.get(disk.name())))
                .text("NAME", DiskStatus::name)
                .number("SIZE", disk -> ByteCount.showOrDash(disk.size()))
                .number("BLOCK", disk -> ByteCount.showOrDash(disk.blockSize()))
                .word("FORMAT", DiskStatus::format)
                .text("PATH", disk -> Details.text(disk.path()));
        if (!inPlace.isEmpty()) {
            listing.text("STANDS IN", disk -> InPlaceViews.brief(inPlace.get(disk.name())));
        }
        return listing.wrong("PROBLEM", disk -> problem(disk, inPlace.get(disk.name())));
    }

    /** Its own problem, or that of the generation that stands in for it; null if there is none. */
    static String problem(DiskStatus disk, InPlaceStatus inPlace) {
        return disk.problem() != null || inPlace == null ? disk.problem() : inPlace.problem();
    }

    /** @param inPlace null if no generation stands in for it */
    static Json json(DiskStatus disk, InPlaceStatus inPlace) {
        return new Json()
                .put("name", disk.name())
                .put("path", disk.path())
                .put("format", disk.format())
                .known("size", disk.size())
                .known("blockSize", disk.blockSize())
                .put("inPlace", InPlaceViews.json(inPlace))
                .put("problem", disk.problem());
    }
}

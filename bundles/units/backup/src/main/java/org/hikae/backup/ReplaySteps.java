package org.hikae.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hikae.api.backup.ReplayRequest;
import org.hikae.api.disk.Disks;
import org.hikae.api.job.Progress;
import org.hikae.api.media.LogReplay;
import org.hikae.api.media.Media;

/** Laying a log over an image as a job (a.7). */
final class ReplaySteps {

    private static final String END_UNKNOWN =
            "this log is of a version of Hikae whose logs do not say where they end: make"
                    + " sure that no part at its end is missing or cut off";

    private final LogReplay logReplay;

    ReplaySteps(LogReplay logReplay) {
        this.logReplay = logReplay;
    }

    /**
     * @throws IOException if the image is a shared disk, which only nodes write to (R5), or lies in a medium, which only
     *     media control writes to
     */
    static void check(ReplayRequest request, Disks disks, Media media) throws IOException {
        Path image = request.image();
        Optional<String> disk = disks.at(image);
        if (disk.isPresent()) {
            throw new IOException(
                    image + " is disk '" + disk.get() + "', which its nodes write to; lay the log over a copy");
        }
        Optional<String> medium = media.around(image);
        if (medium.isPresent()) {
            throw new IOException(image + " lies in medium '" + medium.get()
                    + "'; lay the log over a copy of it outside of the medium");
        }
    }

    /** What a job does, in a few words. */
    static String subject(ReplayRequest request) {
        int more = request.log().size() - 1;
        String log = request.log().isEmpty() ? "no log" : request.log().get(0).toString();
        return log + (more > 0 ? " and " + more + " more" : "") + " onto " + request.image();
    }

    Map<String, Object> run(ReplayRequest request, Progress progress) throws IOException {
        LogReplay.Replayed replayed = logReplay.replay(request.log(), request.image(), progress);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("image", request.image().toString());
        result.put("disk", replayed.diskId().toString());
        result.put("generation", replayed.generation());
        result.put("records", replayed.records());
        result.put("writtenBytes", replayed.bytes());
        if (!replayed.endKnown()) {
            result.put("warning", END_UNKNOWN);
        }
        return result;
    }
}

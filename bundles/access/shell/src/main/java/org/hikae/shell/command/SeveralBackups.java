package org.hikae.shell.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.Backups;
import org.hikae.api.disk.Disks;
import org.hikae.api.job.Job;
import org.hikae.api.job.Reason;
import org.hikae.api.media.Media;
import org.hikae.shell.call.Call;
import org.hikae.shell.text.Printable;

/** Backups of several disks or groups at the same time. One that fails stops none of the others. */
final class SeveralBackups {

    private final Call call;

    SeveralBackups(Call call) {
        this.call = call;
    }

    /** @throws IOException if there is no such disk or medium, and nothing was begun; or if any of the backups was not made */
    void run(List<BackupRequest> requests, JobOptions options) throws IOException, InterruptedException {
        checkNames(requests);
        List<Job> jobs = begin(requests);
        int failed = requests.size() - jobs.size() + options.show(call, jobs);
        if (failed > 0) {
            throw new IOException(
                    failed + " of " + requests.size() + " backups " + (failed == 1 ? "was" : "were") + " not made");
        }
    }

    /** A name that is mistyped is told before anything is begun. */
    private void checkNames(List<BackupRequest> requests) throws IOException {
        for (BackupRequest request : requests) {
            Find.disk(call.service(Disks.class), request.disk());
            call.service(Media.class).get(request.medium());
        }
    }

    private static String subject(BackupRequest request) {
        return request.group() == null
                ? request.disk()
                : "group " + request.group().name() + " of " + request.disk();
    }

    private List<Job> begin(List<BackupRequest> requests) throws IOException {
        Backups backups = call.service(Backups.class);
        List<Job> jobs = new ArrayList<>();
        for (BackupRequest request : requests) {
            try {
                jobs.add(backups.backUp(request));
            } catch (IOException | RuntimeException e) {
                call.note(Printable.of(
                        "backup " + subject(request) + " to " + request.medium() + " was not begun: " + Reason.of(e)));
            }
        }
        return jobs;
    }
}

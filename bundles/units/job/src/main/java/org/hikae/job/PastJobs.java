package org.hikae.job;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.JobInfo.State;
import org.hikae.api.job.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of jobs that ended, of this run and earlier ones. Those of earlier runs are read when first asked for,
 * since most commands never do. Not thread-safe.
 */
final class PastJobs {

    private static final Logger LOG = LoggerFactory.getLogger(PastJobs.class);

    private final JobFiles files;
    private final Instant opened;
    private final int kept;
    private final JobChanges changes;
    private final NavigableMap<Long, JobInfo> known = new TreeMap<>();
    /** Records of earlier runs that were not read yet. */
    private final NavigableSet<Long> unread;

    private long lastId;

    PastJobs(JobFiles files, Instant opened, int kept, JobChanges changes) throws IOException {
        this.files = files;
        this.opened = opened;
        this.kept = kept;
        this.changes = changes;
        this.unread = files.ids();
        this.lastId = unread.isEmpty() ? 0 : unread.last();
    }

    /** An id that no job had before, as far as records go back. */
    long nextId() {
        return ++lastId;
    }

    List<JobInfo> list() {
        readAll();
        return List.copyOf(known.values());
    }

    /** The job of that id; null if there is none. */
    JobInfo get(long id) {
        readAll();
        return known.get(id);
    }

    /** Adds one that ended, and forgets the oldest ones beyond what is kept. */
    void add(JobInfo job) {
        known.put(job.id(), job);
        while (known.size() + unread.size() > kept) {
            boolean inUnread = !unread.isEmpty() && (known.isEmpty() || unread.first() < known.firstKey());
            forget(inUnread ? unread.pollFirst() : known.pollFirstEntry().getKey());
        }
    }

    private void readAll() {
        while (!unread.isEmpty()) {
            long id = unread.pollFirst();
            try {
                JobInfo job = files.read(id);
                known.put(id, job.state() == State.RUNNING ? interrupted(job) : job);
            } catch (IOException e) {
                LOG.warn("the record {} cannot be read: {}", files.file(id), Reason.of(e));
                known.put(id, unreadable(id, e));
            }
        }
    }

    /** Listed all the same: that there was a job, and which, is worth knowing. The file stays as it is. */
    private JobInfo unreadable(long id, IOException failure) {
        return new JobInfo(
                id,
                "unknown",
                "unknown",
                State.UNREADABLE,
                false,
                null,
                -1,
                -1,
                0,
                -1,
                null,
                null,
                "its record " + files.file(id) + " cannot be read: " + Reason.of(failure),
                Map.of());
    }

    private JobInfo interrupted(JobInfo job) {
        JobInfo ended = new JobInfo(
                job.id(),
                job.kind(),
                job.subject(),
                State.INTERRUPTED,
                false,
                job.phase(),
                job.doneBytes(),
                job.totalBytes(),
                job.bytesPerSecond(),
                -1,
                job.started(),
                opened,
                "the platform was killed or crashed before the job ended",
                Map.of());
        try {
            files.write(ended);
        } catch (IOException e) {
            LOG.warn("that job {} was interrupted cannot be recorded", job.id(), e);
        }
        changes.changed(ended.state().name(), ended);
        return ended;
    }

    private void forget(long id) {
        try {
            files.remove(id);
        } catch (IOException e) {
            LOG.warn("the old record {} cannot be removed", files.file(id), e);
        }
    }
}

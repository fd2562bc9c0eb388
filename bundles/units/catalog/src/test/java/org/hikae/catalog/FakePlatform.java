package org.hikae.catalog;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.hikae.api.disk.TrackingPoint;
import org.hikae.api.group.Group;
import org.hikae.api.group.Groups;
import org.hikae.api.group.Meta;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.Jobs;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationSurvey;
import org.hikae.api.media.Generations;
import org.hikae.api.media.Media;
import org.hikae.api.media.MediumStatus;

/** What a catalog follows, as a test wants it. Not thread-safe. */
final class FakePlatform {

    static final UUID DISK = new UUID(1, 2);

    /** By medium; null: it cannot be looked at. */
    final Map<String, List<GenerationInfo>> shelves = new TreeMap<>();

    final List<Group> groups = new ArrayList<>();
    final List<JobInfo> jobs = new ArrayList<>();
    Instant now = Instant.parse("2026-11-01T10:00:00Z");

    Truth truth() {
        return new Truth(
                jobsService(),
                service(Generations.class, (proxy, method, arguments) -> survey()),
                service(Media.class, (proxy, method, arguments) -> media()),
                service(Groups.class, (proxy, method, arguments) -> List.copyOf(groups)),
                () -> now);
    }

    private static <T> T service(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private GenerationSurvey survey() {
        List<GenerationInfo> all = new ArrayList<>();
        List<GenerationSurvey.Unread> unread = new ArrayList<>();
        shelves.forEach((medium, infos) -> {
            if (infos == null) {
                unread.add(new GenerationSurvey.Unread(medium, "is not there"));
            } else {
                all.addAll(infos);
            }
        });
        return new GenerationSurvey(all, unread);
    }

    private List<MediumStatus> media() {
        return shelves.keySet().stream()
                .map(name -> new MediumStatus(name, "fake", "", -1, -1, List.of(), null))
                .toList();
    }

    /** Runs what is started at once. */
    Jobs jobsService() {
        return service(Jobs.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "list" -> List.copyOf(jobs);
            case "start" -> start((String) arguments[0], (String) arguments[1], (Jobs.Work) arguments[2]);
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private Job start(String kind, String subject, Jobs.Work work) {
        long id = jobs.stream().mapToLong(JobInfo::id).max().orElse(0) + 1;
        jobs.add(job(id, kind, subject, JobInfo.State.RUNNING, null, Map.of()));
        JobInfo ended;
        try {
            ended = job(id, kind, subject, JobInfo.State.DONE, null, work.run(Progress.NONE));
        } catch (Exception e) {
            ended = job(id, kind, subject, JobInfo.State.FAILED, Reason.of(e), Map.of());
        }
        jobs.set(jobs.size() - 1, ended);
        return new Ended(ended);
    }

    JobInfo job(long id, String kind, String subject, JobInfo.State state, String reason, Map<String, Object> result) {
        Instant ended = state == JobInfo.State.RUNNING ? null : now.plusNanos(5);
        return new JobInfo(id, kind, subject, state, false, "copying", 5, -1, 7, -1, now, ended, reason, result);
    }

    void addJob(long id, String kind) {
        jobs.add(
                job(id, kind, "data", JobInfo.State.DONE, null, Map.of("generation", "data@" + id, "bytes", id << 40)));
    }

    void put(String medium, GenerationInfo... infos) {
        shelves.put(medium, new ArrayList<>(List.of(infos)));
    }

    static GenerationInfo generation(String disk, long number, String medium, GenerationGroup group) {
        return new GenerationInfo(
                disk + "@" + number,
                disk,
                DISK,
                number,
                number == 1 ? "full" : "differential",
                number == 1 ? null : disk + "@" + (number - 1),
                null,
                group,
                new TrackingPoint(DISK, number),
                Instant.ofEpochSecond(1_700_000_000 + number, 123_456_789),
                1L << 40,
                4096,
                "ext4",
                1000,
                100,
                409_600,
                123_456,
                3,
                "packed",
                "medium",
                medium,
                medium,
                1_234_567,
                null);
    }

    static GenerationInfo generation(long number, String medium) {
        return generation("data", number, medium, null);
    }

    static GenerationInfo damaged(long number, String medium) {
        return new GenerationInfo(
                "data@" + number,
                "data",
                null,
                number,
                null,
                null,
                null,
                null,
                null,
                null,
                0,
                0,
                null,
                0,
                0,
                0,
                0,
                0,
                null,
                null,
                medium,
                null,
                0,
                "its manifest is damaged");
    }

    static GenerationGroup group(String name, String... lines) {
        return new GenerationGroup(name, Meta.ALL, List.of(lines));
    }

    /** A job that has ended. */
    private record Ended(JobInfo info) implements Job {

        @Override
        public long id() {
            return info.id();
        }

        @Override
        public void cancel() {}

        @Override
        public void pause() {}

        @Override
        public void resume() {}

        @Override
        public boolean await(Duration time) {
            return true;
        }
    }

    /** Fails with the reason for which the job has failed. */
    static JobInfo done(Job job) throws IOException {
        if (job.info().state() != JobInfo.State.DONE) {
            throw new IOException(job.info().reason());
        }
        return job.info();
    }
}

package org.hikae.backup;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.hikae.api.job.Job;
import org.hikae.api.media.Media;
import org.hikae.api.media.MediumStatus;
import org.hikae.api.nbd.NbdServer;
import org.hikae.api.tape.Tapes;

/** Tape jobs over fakes. */
final class TapeJobsFixture {

    static final Instant NOON = Instant.parse("2026-11-05T12:00:00Z");

    Instant now = NOON;
    final FakeStore store = new FakeStore();
    final FakeTier tier = new FakeTier(() -> now);
    final TestJobs jobs = new TestJobs();
    final Map<String, MediumStatus> media = new TreeMap<>();
    final Map<String, UUID> ids = new TreeMap<>();
    /** What was added: name, driver and location. */
    final List<String> added = new ArrayList<>();

    final Set<String> mounted = new TreeSet<>();
    final TapeJobsUnit unit;

    /** What a method of a service answers. */
    interface Answers {
        Object to(String method, Object[] arguments) throws IOException;
    }

    TapeJobsFixture() {
        store.tier = tier;
        Media service = proxy(Media.class, this::ofMedia);
        unit = new TapeJobsUnit(jobs, store, service, () -> now);
        unit.bindTier(tier);
        unit.bindNbd(proxy(NbdServer.class, (method, arguments) -> mounted));
    }

    static <T> T proxy(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answers.to(method.getName(), arguments)));
    }

    private Object ofMedia(String method, Object[] arguments) {
        return switch (method) {
            case "list" -> List.copyOf(media.values());
            case "ids" -> ids;
            case "get" -> media.get(arguments[0]);
            case "add" -> {
                added.add(arguments[0] + " " + arguments[1] + " " + arguments[2]);
                medium((String) arguments[0], -1, -1, null);
                ids.put((String) arguments[0], UUID.fromString((String) arguments[2]));
                yield media.get(arguments[0]);
            }
            default -> throw new UnsupportedOperationException(method);
        };
    }

    /** A medium whose objects are on tape. */
    void tapeMedium(String name) {
        media.put(name, new MediumStatus(name, "tape", "lib", -1, -1, List.of(), null));
    }

    void medium(String name, long total, long free, String problem) {
        media.put(name, new MediumStatus(name, "directory", "/" + name, total, free, List.of("random_read"), problem));
    }

    /** @param answers of its methods */
    void tapes(Answers answers) {
        unit.bindTapes(proxy(Tapes.class, answers));
    }

    /** A generation that old, on the store's medium. */
    String add(String parent, Duration age) {
        return store.add(parent, now.minus(age));
    }

    /** What a job has come to. */
    static Map<String, Object> result(Job job) throws InterruptedException {
        Throwable failure = ((TestJobs.TestJob) job).end();
        if (failure != null) {
            throw new AssertionError("job failed", failure);
        }
        return job.info().result();
    }

    static Throwable failure(Job job) throws InterruptedException {
        return ((TestJobs.TestJob) job).end();
    }

    boolean isOnTape(String generation) throws IOException {
        return TapeState.of(generation, store, tier, "p").onTape();
    }
}

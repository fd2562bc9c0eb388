package org.hikae.files.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.Jobs;
import org.hikae.api.job.Progress;
import org.junit.jupiter.api.Test;

/** Equal content is looked for when there may be some, and by one job at a time. */
class SharerTest {

    private final FakeStore store = new FakeStore();
    private final List<Jobs.Work> begun = new ArrayList<>();
    private JobInfo.State state = JobInfo.State.RUNNING;
    private boolean cancelled;

    private final Jobs jobs = (Jobs) Proxy.newProxyInstance(
            SharerTest.class.getClassLoader(), new Class<?>[] {Jobs.class}, (proxy, method, values) -> {
                assertThat(method.getName()).isEqualTo("start");
                begun.add((Jobs.Work) values[2]);
                return job();
            });

    private Job job() {
        return (Job) Proxy.newProxyInstance(
                SharerTest.class.getClassLoader(),
                new Class<?>[] {Job.class},
                (proxy, method, values) -> switch (method.getName()) {
                    case "info" ->
                        new JobInfo(1, "share", "files", state, false, null, 0, 0, 0, 0, null, null, null, Map.of());
                    case "cancel" -> {
                        cancelled = true;
                        yield null;
                    }
                    case "await" -> {
                        assertThat((Duration) values[0]).isPositive();
                        yield true;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Test
    void oneAtATimeAndOnlyIfThereIsAnythingToDo() throws Exception {
        try (Sharer sharer = new Sharer(store, jobs)) {
            sharer.look(Progress.NONE);
            assertThat(begun).isEmpty();
            store.toShare = true;
            sharer.look(Progress.NONE);
            sharer.look(Progress.NONE);
            assertThat(begun).hasSize(1);
            assertThat(begun.get(0).run(Progress.NONE)).containsEntry("saved", 100L);
            state = JobInfo.State.DONE;
            sharer.look(Progress.NONE);
            assertThat(begun).hasSize(1);
            store.toShare = true;
            sharer.look(Progress.NONE);
            assertThat(begun).hasSize(2);
        }
        assertThat(cancelled).isTrue();
    }

    @Test
    void whatFailedIsNotTriedAgainAtOnce() throws IOException {
        try (Sharer sharer = new Sharer(store, jobs)) {
            store.toShare = true;
            sharer.look(Progress.NONE);
            state = JobInfo.State.FAILED;
            sharer.look(Progress.NONE);
            assertThat(begun).hasSize(1);
        }
    }

    @Test
    void afterTheEndNothingIsBegun() throws IOException {
        Sharer sharer = new Sharer(store, jobs);
        sharer.close();
        store.toShare = true;
        sharer.look(Progress.NONE);
        assertThat(begun).isEmpty();
    }
}

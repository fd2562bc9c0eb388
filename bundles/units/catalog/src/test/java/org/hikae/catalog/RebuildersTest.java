package org.hikae.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hikae.api.catalog.Rebuilder;
import org.hikae.api.job.JobInfo;
import org.hikae.sql.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Others who keep tables in the catalog's database. */
class RebuildersTest {

    private final FakePlatform platform = new FakePlatform();
    private final Database database = Databases.open(Databases.likePostgres());

    @AfterEach
    void close() {
        database.close(Duration.ofSeconds(20));
    }

    private JobInfo rebuild(Rebuilder... others) throws IOException {
        return new Books(platform.truth(), database, platform.jobsService(), () -> List.of(others))
                .rebuild()
                .info();
    }

    @Test
    void allAreAskedAndCounted() throws IOException {
        JobInfo done = rebuild(progress -> Map.of("x", 3L), progress -> Map.of("y", 4L));
        assertThat(done.state()).isEqualTo(JobInfo.State.DONE);
        assertThat(done.result()).containsEntry("x", 3L).containsEntry("y", 4L).containsKey("generations");
    }

    @Test
    void oneThatFailsIsToldAfterTheOthers() throws IOException {
        boolean[] asked = new boolean[1];
        JobInfo failed = rebuild(
                progress -> {
                    throw new IOException("medium 'x' is away");
                },
                progress -> {
                    asked[0] = true;
                    return Map.of();
                });
        assertThat(failed.state()).isEqualTo(JobInfo.State.FAILED);
        assertThat(failed.reason()).contains("medium 'x' is away");
        assertThat(asked[0]).isTrue();
    }
}

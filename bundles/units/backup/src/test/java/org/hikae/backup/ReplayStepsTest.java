package org.hikae.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hikae.api.backup.ReplayRequest;
import org.hikae.api.disk.Disks;
import org.hikae.api.job.Progress;
import org.hikae.api.media.LogReplay;
import org.hikae.api.media.Media;
import org.junit.jupiter.api.Test;

class ReplayStepsTest {

    private static final UUID DISK = new UUID(1, 2);
    private static final Path IMAGE = Path.of("/srv/copy.img");

    private final ReplayRequest request =
            new ReplayRequest(List.of(Path.of("/m/log.0000"), Path.of("/m/log.0001")), IMAGE);

    /** A service that answers one question about the image. */
    private static <T> T answering(Class<T> type, String question, String answer) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo(question);
                    assertThat(arguments[0]).isEqualTo(IMAGE);
                    return Optional.ofNullable(answer);
                }));
    }

    private void check(String disk, String medium) throws IOException {
        ReplaySteps.check(request, answering(Disks.class, "at", disk), answering(Media.class, "around", medium));
    }

    @Test
    void disksAndMediaAreLeftAlone() {
        assertThatThrownBy(() -> check("data", null))
                .hasMessage("/srv/copy.img is disk 'data', which its nodes write to; lay the log over a copy");
        assertThatThrownBy(() -> check(null, "m")).hasMessageContaining("/srv/copy.img lies in medium 'm'");
        assertThatCode(() -> check(null, null)).doesNotThrowAnyException();
    }

    @Test
    void theResultSaysWhatWasLaidOver() throws IOException {
        LogReplay replay = (log, image, progress) -> {
            assertThat(log).isEqualTo(request.log());
            assertThat(image).isEqualTo(IMAGE);
            return new LogReplay.Replayed(7, DISK, 3, 5000, true);
        };
        assertThat(new ReplaySteps(replay).run(request, Progress.NONE))
                .isEqualTo(Map.of(
                        "image",
                        "/srv/copy.img",
                        "disk",
                        DISK.toString(),
                        "generation",
                        7L,
                        "records",
                        3L,
                        "writtenBytes",
                        5000L));
    }

    @Test
    void aLogThatDoesNotSayWhereItEndsGetsAWarning() throws IOException {
        LogReplay replay = (log, image, progress) -> new LogReplay.Replayed(7, DISK, 3, 5000, false);
        assertThat(new ReplaySteps(replay).run(request, Progress.NONE).get("warning"))
                .asString()
                .contains("do not say where they end");
    }

    @Test
    void theSubjectNamesTheFirstPart() {
        assertThat(ReplaySteps.subject(request)).isEqualTo("/m/log.0000 and 1 more onto /srv/copy.img");
        assertThat(ReplaySteps.subject(new ReplayRequest(List.of(Path.of("/m/l")), IMAGE)))
                .isEqualTo("/m/l onto /srv/copy.img");
    }
}

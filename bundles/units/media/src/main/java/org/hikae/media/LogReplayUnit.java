package org.hikae.media;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hikae.api.job.Progress;
import org.hikae.api.media.LogReplay;
import org.hikae.media.replay.Replay;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** The service {@link LogReplay}. */
@Component
public final class LogReplayUnit implements LogReplay {

    private final Replay replay = new Replay();

    @Override
    public Replayed replay(List<Path> log, Path image, Progress progress) throws IOException {
        return replay.replay(log, image, progress);
    }

    @Deactivate
    void deactivate() {
        replay.close();
    }
}

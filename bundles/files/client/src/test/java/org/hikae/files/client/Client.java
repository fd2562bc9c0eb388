package org.hikae.files.client;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hikae.api.files.client.RestoreFiles;
import org.hikae.api.job.Progress;
import org.hikae.files.client.buffer.Buffer;
import org.hikae.files.client.buffer.BufferFullException;
import org.hikae.files.client.buffer.BufferedRun;
import org.hikae.files.client.buffer.Room;
import org.hikae.files.client.buffer.Steps;
import org.hikae.files.client.capture.LocalBackups;
import org.hikae.files.client.known.RowStates;
import org.hikae.files.client.restore.Restorer;
import org.hikae.files.client.select.Selection;
import org.hikae.files.client.send.Archive;

/** A client without a platform: what it has in its home, and a clock. */
public final class Client {

    public static final Room.Waiting IMPATIENT = (buffer, why, pause) -> {
        throw new BufferFullException(why);
    };

    public final Path home;
    public final Buffer buffer;
    public final RowStates states;
    public final LocalBackups backups;
    public final Restorer restorer;
    public Instant now = Instant.parse("2026-01-01T00:00:00Z");
    public long limit = 1L << 40;

    public Client(Path home, Steps steps) throws IOException {
        this.home = home;
        buffer = new Buffer(home.resolve("buffer"), steps);
        states = new RowStates(home.resolve("rows"));
        backups = new LocalBackups(buffer, states, List.of(home), () -> now, steps);
        restorer = new Restorer(home.resolve("restore"), buffer, states, Duration.ZERO);
        buffer.limit(limit);
    }

    public Client add(String row) throws IOException {
        states.begin(row, 0, now);
        return this;
    }

    public Map<String, Object> run(String row, Path... paths) throws IOException {
        return run(row, Progress.NONE, paths);
    }

    public Map<String, Object> run(String row, Progress progress, Path... paths) throws IOException {
        now = now.plusSeconds(3600);
        List<String> texts = new ArrayList<>();
        for (Path path : paths) {
            texts.add(path.toString());
        }
        return backups.run(row, new Selection(texts, List.of()), IMPATIENT, progress);
    }

    /** Hands over what waits, and releases it. */
    public void send(String row, ModelCenter center) throws IOException {
        for (BufferedRun run : buffer.runs(row)) {
            if (center.take(run)) {
                buffer.delete(run);
            } else {
                backups.fullWanted(row, 0);
                backups.refused(run);
                return;
            }
        }
    }

    public Map<String, Object> restore(Path path, Instant at, Path to, Archive... centers) throws IOException {
        return restore(new RestoreFiles(path.toString(), at, to, false, null), centers);
    }

    public Map<String, Object> restore(RestoreFiles request, Archive... centers) throws IOException {
        return restorer.restore(request, only(centers), Progress.NONE);
    }

    /** Of which the first one has all runs. */
    public static Restorer.Centers only(Archive... centers) {
        return new Restorer.Centers() {
            @Override
            public List<Archive> asked() {
                return List.of(centers);
            }

            @Override
            public Archive of(String row) {
                return centers[0];
            }
        };
    }
}

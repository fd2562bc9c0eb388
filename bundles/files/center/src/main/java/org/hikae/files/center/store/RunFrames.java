package org.hikae.files.center.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import org.hikae.api.files.RunId;
import org.hikae.files.center.table.BackupRow;
import org.hikae.files.center.table.PartRow;
import org.hikae.files.center.table.RunRow;
import org.hikae.files.transfer.run.Feed;
import org.hikae.files.transfer.run.FrameHeader;
import org.hikae.files.transfer.run.StoredFrame;

/** The frames of a run as they were received (e.8). */
final class RunFrames extends Feed {

    private final Core core;
    private final RunId run;
    private final List<PartRow> parts;
    private int part;
    /** Null: none is open. */
    private PartInput input;

    private long position;
    private long frame;
    private long wanted;

    private RunFrames(Core core, RunId run, List<PartRow> parts, long from) {
        this.core = core;
        this.run = run;
        this.parts = parts;
        this.wanted = from;
        while (part < parts.size() && parts.get(part).end() <= from) {
            part++;
        }
    }

    /** @throws NoSuchFileException if the run is not here with all its frames */
    static RunFrames open(Core core, RunId run, long from) throws IOException {
        List<PartRow> parts = core.tables().call(connection -> {
            Optional<BackupRow> backup = BackupRow.find(connection, run.origin(), run.backup());
            Optional<RunRow> row = backup.isEmpty()
                    ? Optional.empty()
                    : RunRow.find(connection, backup.get().id(), run.number());
            return row.isPresent() && row.get().complete() && row.get().state() == RunRow.State.KEPT
                    ? PartRow.list(connection, row.get().id())
                    : List.<PartRow>of();
        });
        if (parts.isEmpty()) {
            throw new NoSuchFileException(run.toString(), null, "it is not here with all it has");
        }
        long frames = parts.get(parts.size() - 1).end();
        if (from < 0 || from > frames) {
            throw new IOException("run " + run + " has " + frames + " frames, and none from " + from + " on");
        }
        return new RunFrames(core, run, parts, from);
    }

    @Override
    protected ByteBuffer next() throws IOException {
        while (part < parts.size()) {
            PartRow now = parts.get(part);
            if (input == null) {
                String name = PartName.part(run, now.first()).toString();
                input = new PartInput(core.area(now.medium()).open(name), now.framesEnd());
                position = now.framesAt();
                frame = now.first();
            }
            if (frame == now.end()) {
                input.close();
                input = null;
                part++;
                continue;
            }
            StoredFrame next = input.frame(position);
            if (next.number() != frame) {
                throw new IOException("run " + run + " has frame " + next.number() + " instead of " + frame);
            }
            position += FrameHeader.LENGTH + next.header().storedLength();
            frame++;
            if (next.number() >= wanted) {
                return next.bytes();
            }
        }
        return null;
    }

    @Override
    protected void end() throws IOException {
        if (input != null) {
            input.close();
        }
    }
}

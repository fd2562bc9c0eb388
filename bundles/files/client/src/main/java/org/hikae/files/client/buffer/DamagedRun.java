package org.hikae.files.client.buffer;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hikae.api.fs.FileName;
import org.hikae.files.client.select.PathOrder;
import org.hikae.files.transfer.run.FrameReader;
import org.hikae.files.transfer.run.RunItem;
import org.hikae.files.transfer.run.RunParser;
import org.hikae.files.transfer.run.RunState;
import org.hikae.files.transfer.run.StoredFrame;

/**
 * A sealed run in the buffer whose file {@code run} cannot be read. Whatever it has of files is nowhere else as long as it was not sent, so
 * nobody may take what came before it for the latest. Immutable.
 *
 * @param folder of the run
 * @param reason what is wrong with it, in a sentence
 * @param sent whether the next party has all of it durably, be it held for other receipts or not: then nothing is lost
 */
public record DamagedRun(Path folder, String reason, boolean sent) {

    public String backup() {
        return folder.getParent().getFileName().toString();
    }

    public long number() {
        return Long.parseLong(folder.getFileName().toString());
    }

    /** How it begins, if its frames still tell: their first one says what the file said. */
    public Optional<RunItem.Start> start() {
        try (FrameReader frames = new FrameReader(FileChannel.open(folder.resolve(RunBuilder.FRAMES)));
                RunParser parser = new RunParser(RunState.BEGIN)) {
            StoredFrame first = frames.next();
            List<RunItem> items = first == null ? List.of() : parser.items(first);
            boolean right = !items.isEmpty()
                    && items.get(0) instanceof RunItem.Start start
                    && start.backup().equals(backup())
                    && start.number() == number();
            return right ? Optional.of((RunItem.Start) items.get(0)) : Optional.empty();
        } catch (IOException e) {
            // Damaged as well: nothing is known of when it was made.
            return Optional.empty();
        }
    }

    /** Whether it may say something of a path or of what is in it; false only if it is certain that it does not. */
    public boolean mayConcern(FileName path, boolean full) {
        if (full) {
            // Of what it does not name it says that it is gone.
            return true;
        }
        try (RunTable.Reader table = new RunTable.Reader(folder)) {
            for (RunTable.Entry entry = table.next(); entry != null; entry = table.next()) {
                if (PathOrder.isWithin(entry.path().bytes(), path.bytes())) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            // Nobody knows.
            return true;
        }
    }
}

package org.hikae.files.client.restore;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.hikae.api.fs.FileType;
import org.hikae.api.job.Progress;
import org.hikae.files.transfer.run.FormatException;
import org.hikae.files.transfer.run.RunItem;

/**
 * Hands items that come in the order in which they were asked for on to the placer. Nothing is taken that was not asked for. What is wrong
 * with one file is its own failure, unless it has to come again; what is wrong with the order ends all. Not thread-safe.
 */
final class Feed {

    private final List<Wanted> wanted;
    private final Placer placer;
    private final Progress progress;
    private final Outcome outcome;
    private int next;

    /** Whether what comes of the file is left out: it cannot be put into place. */
    private boolean skipping;

    /** Whether it has come as something else than what was asked for, as what is void may. */
    private boolean isUnknown;

    Feed(List<Wanted> wanted, Placer placer, Progress progress, Outcome outcome) {
        this.wanted = wanted;
        this.placer = placer;
        this.progress = progress;
        this.outcome = outcome;
    }

    /** How many have come, whatever has become of them. */
    int settled() {
        return next;
    }

    /** @throws FormatException if it was not asked for */
    void item(RunItem item) throws IOException {
        progress.check();
        if (item instanceof RunItem.FileItem file) {
            file(file);
        } else if (item instanceof RunItem.Data data) {
            step(() -> placer.data(data));
        } else if (item instanceof RunItem.FileEnd end) {
            if (isUnknown) {
                throw new FormatException(current().path() + " was asked for, and comes as something else");
            }
            step(() -> placer.end(end));
            over();
        } else if (item instanceof RunItem.FileVoid) {
            placer.abandon();
            outcome.failed(current().path(), new IOException("its content is damaged where it is stored"));
            over();
        } else if (item instanceof RunItem.Gone gone) {
            throw new FormatException("what was asked for is answered with a name that is gone: " + gone.path());
        }
    }

    private Wanted current() throws FormatException {
        if (next >= wanted.size()) {
            throw new FormatException("more files come than were asked for");
        }
        return wanted.get(next);
    }

    private void file(RunItem.FileItem file) throws IOException {
        Wanted asked = current();
        // What is damaged wholly comes as a regular file that is void.
        isUnknown = file.type() != asked.version().type()
                && file.type() == FileType.REGULAR
                && file.content() instanceof RunItem.Follows;
        if (!file.path().equals(asked.version().path())
                || file.type() != asked.version().type() && !isUnknown) {
            throw new FormatException(asked.version().path() + " was asked for, and " + file.path() + " comes");
        } else if (file.content() instanceof RunItem.Same) {
            throw new FormatException(file.path() + " comes without its content");
        }
        if (isUnknown) {
            skipping = true;
            return;
        }
        step(() -> placer.begin(asked, file));
        if (file.type() != FileType.REGULAR) {
            over();
        }
    }

    private void over() {
        next++;
        skipping = false;
    }

    /** Something with a file that may fail. */
    private interface Step {
        void run() throws IOException;
    }

    private void step(Step step) throws IOException {
        if (skipping) {
            return;
        }
        try {
            step.run();
        } catch (StartOverException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            if (e instanceof CancellationException cancelled) {
                throw cancelled;
            }
            skipping = true;
            outcome.failed(current().path(), e);
            placer.abandon();
        }
    }
}

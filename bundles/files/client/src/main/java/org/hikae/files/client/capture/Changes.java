package org.hikae.files.client.capture;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.hikae.api.fs.FileName;
import org.hikae.api.job.Progress;
import org.hikae.files.client.buffer.RunBuilder;
import org.hikae.files.client.known.KnownFile;
import org.hikae.files.client.known.KnownFiles;
import org.hikae.files.client.select.Facts;
import org.hikae.files.client.select.PathOrder;
import org.hikae.files.client.select.Walk;
import org.hikae.files.transfer.run.RunItem;

/**
 * Lays what is there beside what the last run saw, both in the order of paths, and puts the differences into a run. What cannot be looked
 * at stays known as it was: it is not taken for gone. Not thread-safe.
 */
final class Changes implements Walk.Visitor {

    private final KnownFiles.Reader before;
    private final KnownFiles.Writer now;
    private final RunBuilder run;
    private final Capture capture;
    private final Progress progress;
    private final Findings findings;

    /** @param before what the last run saw; nothing for a run that is full */
    Changes(
            KnownFiles.Reader before,
            KnownFiles.Writer now,
            RunBuilder run,
            Capture capture,
            Progress progress,
            Findings findings) {
        this.before = before;
        this.now = now;
        this.run = run;
        this.capture = capture;
        this.progress = progress;
        this.findings = findings;
    }

    @Override
    public void found(byte[] path, Path place, Facts facts) throws IOException {
        progress.pass();
        KnownFile known = at(path);
        findings.files++;
        if (known != null && known.looksLike(facts)) {
            now.add(known);
            return;
        }
        try {
            now.add(capture.file(path, place, facts, known));
        } catch (SourceException e) {
            lost(path, known, e.getCause());
        }
    }

    /** A file that was found and could not be read. */
    private void lost(byte[] path, KnownFile known, Throwable why) throws IOException {
        findings.files--;
        if (why instanceof NoSuchFileException) {
            if (known != null) {
                gone(known);
            }
            return;
        }
        findings.unread(path, why);
        if (known != null) {
            now.add(known);
        }
    }

    @Override
    public void unknown(byte[] path, IOException why) throws IOException {
        progress.pass();
        findings.unread(path, why);
        goneBefore(path);
        for (KnownFile next = before.peek();
                next != null && PathOrder.isWithin(next.path(), path);
                next = before.peek()) {
            now.add(next);
            before.skip();
        }
    }

    @Override
    public void missing(byte[] path) {
        findings.unread(FileName.of(path) + ": no such file or folder");
    }

    /** What was known and was not come across is gone. */
    void end() throws IOException {
        for (KnownFile next = before.peek(); next != null; next = before.peek()) {
            gone(next);
            before.skip();
        }
    }

    /** What is known of a path; null: nothing. */
    private KnownFile at(byte[] path) throws IOException {
        goneBefore(path);
        KnownFile next = before.peek();
        if (next == null || PathOrder.compare(next.path(), path) != 0) {
            return null;
        }
        before.skip();
        return next;
    }

    private void goneBefore(byte[] path) throws IOException {
        for (KnownFile next = before.peek();
                next != null && PathOrder.compare(next.path(), path) < 0;
                next = before.peek()) {
            gone(next);
            before.skip();
        }
    }

    private void gone(KnownFile file) throws IOException {
        run.write(new RunItem.Gone(FileName.of(file.path())));
        findings.gone++;
    }
}

package org.hikae.shell.tree;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Remembers what it is told. */
final class Told implements CopyListener {

    final List<String> failures = new ArrayList<>();
    final List<String> lacking = new ArrayList<>();
    long files;
    long bytes;
    /** After so many questions whether to go on, the work is cancelled. */
    int patience = Integer.MAX_VALUE;

    @Override
    public void check() {
        if (patience-- == 0) {
            throw new CancellationException("cancelled");
        }
    }

    @Override
    public void done(FileFacts file) {
        files++;
    }

    @Override
    public void written(long more) {
        bytes += more;
    }

    @Override
    public void failed(Path path, String why) {
        failures.add(path.getFileName() + ": " + why);
    }

    @Override
    public void lacking(Path path, Attribute attribute, String why) {
        lacking.add(path.getFileName() + ": " + attribute);
    }
}

package org.hikae.fs.shared.testing;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hikae.api.fs.FileName;
import org.hikae.api.shared.FormatOptions;
import org.hikae.fs.shared.store.Superblock;

/** What tests of the names need: a place on the disk, and a clock that stands still. */
public final class Rig {

    public static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678912345Z");
    public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    public static final FormatOptions OPTIONS = new FormatOptions(new UUID(1, 2), "label", 0, 10, 20);
    public static final int BLOCK = 4096;

    private Rig() {}

    /** A file system with so many blocks for data, the first one block 81. */
    public static Superblock superblock(long blocks) {
        return new Superblock(OPTIONS.id(), OPTIONS.label(), BLOCK, 81 + blocks + 1, 16, 64);
    }

    public static FileName name(String text) {
        return FileName.parse(text);
    }

    /** Does something that cannot fail. */
    public static void ok(Doing doing) {
        try {
            doing.run();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits for something that is done elsewhere, up to a minute. */
    public static void done(Future<?> elsewhere) {
        try {
            elsewhere.get(1, TimeUnit.MINUTES);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** Something with files. */
    @FunctionalInterface
    public interface Doing {
        void run() throws IOException;
    }
}

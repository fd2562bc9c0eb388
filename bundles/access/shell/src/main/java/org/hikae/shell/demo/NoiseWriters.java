package org.hikae.shell.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.node.Nodes;

/** Nodes that overwrite a disk with noise, each its share, as fast as they can, from the instant of a backup on. */
final class NoiseWriters {

    private static final int PIECE = 1 << 20;

    private final Nodes nodes;
    private final String disk;

    NoiseWriters(Nodes nodes, String disk) {
        this.nodes = nodes;
        this.disk = disk;
    }

    /** Waits for the instant, then overwrites the whole disk; the number of bytes written. */
    long overwrite(Job backup, List<String> names) throws IOException {
        awaitInstant(backup);
        List<CompletableFuture<Long>> writers = new ArrayList<>();
        for (int share = 0; share < names.size(); share++) {
            int mine = share;
            writers.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return write(names.get(mine), mine, names.size());
                } catch (IOException e) {
                    throw new CompletionException(e);
                }
            }));
        }
        try {
            return writers.stream().mapToLong(CompletableFuture::join).sum();
        } catch (CompletionException e) {
            throw new IOException("a node could not write: " + e.getCause().getMessage(), e);
        }
    }

    /** The copy is the first thing that a backup does after its instant. */
    private static void awaitInstant(Job backup) {
        JobInfo info = backup.info();
        while (info.state() == JobInfo.State.RUNNING && !"copying".equals(info.phase())) {
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            info = backup.info();
        }
    }

    /** From the end backwards: there the copier comes last. */
    private long write(String node, int share, int shares) throws IOException {
        ByteBuffer noise = ByteBuffer.allocateDirect(PIECE);
        byte[] random = new byte[PIECE];
        new Random(share).nextBytes(random);
        noise.put(random);
        long written = 0;
        try (BlockDevice device = nodes.get(node).open(disk)) {
            long pieces = device.size() / PIECE;
            for (long piece = pieces - 1 - share; piece >= 0; piece -= shares) {
                device.write(noise.clear(), piece * PIECE);
                written += PIECE;
            }
        }
        return written;
    }
}

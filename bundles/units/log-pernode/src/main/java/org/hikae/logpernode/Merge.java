package org.hikae.logpernode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.log.spi.LogGathering;
import org.hikae.api.log.spi.LogSink;

/**
 * Makes one log of those of all nodes, by the flow of figure 5: records are taken in the order of their numbers, and the oldest
 * of each block stays. It goes in rounds: lists are read as far as every node's share of what stays fits into one message,
 * then the shares are fetched, and put into the sink. So memory depends on the number of nodes, and not on what they have
 * logged but for the set of logged blocks.
 */
final class Merge {

    /** The most pieces of a round. */
    private static final int ROUND = 8192;

    /** Consecutive blocks that stay; they lie in the share from {@code at} on. */
    private record Piece(long number, BlockRun run, Share share, int at) {}

    private final List<Source> sources;
    private final LogSink sink;
    private final int blockSize;
    private final Check check;
    private final PriorityQueue<Source> byNumber =
            new PriorityQueue<>(Comparator.comparingLong(source -> source.peek().number()));
    private final BlockSet.Builder logged = new BlockSet.Builder();
    private final List<Piece> round = new ArrayList<>();
    private long taken;
    private long records;
    private long dropped;

    /** Asked again and again. */
    @FunctionalInterface
    interface Check {
        void run() throws IOException;
    }

    /** @param check throws if there is no use in going on */
    Merge(List<Source> sources, LogSink sink, int blockSize, Check check) {
        this.sources = sources;
        this.sink = sink;
        this.blockSize = blockSize;
        this.check = check;
    }

    /** @param droppedBefore blocks that nodes themselves have left out */
    LogGathering.Gathered run(long droppedBefore) throws IOException {
        byNumber.addAll(sources);
        while (!byNumber.isEmpty()) {
            plan();
            for (Source source : sources) {
                source.fetch();
            }
            putRound();
        }
        return new LogGathering.Gathered(
                records,
                droppedBefore + dropped,
                sources.stream().mapToLong(Source::messages).sum(),
                sources.stream().mapToLong(Source::messageBytes).sum(),
                logged.build());
    }

    /** Goes through the lists until a share is full. */
    private void plan() throws IOException {
        boolean room = true;
        while (room && !byNumber.isEmpty()) {
            Source oldest = byNumber.peek();
            ListEntry entry = oldest.peek();
            List<BlockRun> kept = logged.missing(entry.run());
            room = kept.isEmpty() || oldest.share().hasRoom(entry) && round.size() < ROUND;
            if (room) {
                take(oldest, entry, kept);
            }
        }
    }

    private void take(Source source, ListEntry entry, List<BlockRun> kept) throws IOException {
        if (entry.number() <= taken) {
            throw new IOException("node '" + source.node() + "' and another one have logged a record " + entry.number()
                    + ": the counter was restarted");
        }
        taken = entry.number();
        long blocks = 0;
        if (!kept.isEmpty()) {
            int at = source.share().add(entry);
            for (BlockRun run : kept) {
                int within = Math.toIntExact((run.first() - entry.run().first()) * blockSize);
                round.add(new Piece(entry.number(), run, source.share(), at + within));
                blocks += run.count();
            }
            logged.add(entry.run());
            records++;
        }
        dropped += entry.run().count() - blocks;
        byNumber.remove();
        source.advance();
        if (source.peek() != null) {
            byNumber.add(source);
        }
    }

    private void putRound() throws IOException {
        for (Piece piece : round) {
            check.run();
            int length = Math.toIntExact(piece.run.count() * blockSize);
            sink.put(piece.number, piece.run, piece.share.slice(piece.at, length));
        }
        round.clear();
        sources.forEach(source -> source.share().clear());
    }
}

package org.hikae.shell.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.job.Reason;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Generations;
import org.hikae.shell.text.ByteCount;

/**
 * What it costs that a generation builds upon others.
 *
 * @param length number of generations, itself included
 * @param storedBytes what all of them take on media; -1 if not known of all
 * @param asked how many of them are asked for a block, on average of some places all over what it has; null if it cannot be
 *     read, or has nothing
 * @param problem why it cannot be read, where that is not the generation's own problem; null if nothing is known
 */
record ChainCost(int length, long storedBytes, Double asked, String problem) {

    /** Each costs a frame. */
    private static final int PLACES = 16;

    static ChainCost of(List<GenerationInfo> chain, Generations generations) {
        boolean known = chain.stream().allMatch(GenerationViews::isKnown);
        long stored =
                known ? chain.stream().mapToLong(GenerationInfo::storedBytes).sum() : -1;
        GenerationInfo oldest = chain.get(chain.size() - 1);
        if (chain.size() == 1) {
            return new ChainCost(1, stored, oldest.problem() == null ? 1.0 : null, null);
        } else if (oldest.problem() != null) {
            return new ChainCost(chain.size(), stored, null, oldest.id() + ": " + oldest.problem());
        }
        try (GenerationReader reader = generations.open(chain.get(0).id())) {
            return new ChainCost(chain.size(), stored, asked(reader), null);
        } catch (IOException e) {
            return new ChainCost(chain.size(), stored, null, Reason.of(e));
        }
    }

    /** Null: there is nothing to read. */
    private static Double asked(GenerationReader reader) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(reader.blockSize());
        List<Long> places = places(reader);
        for (long place : places) {
            reader.read(block.clear(), place * reader.blockSize());
        }
        return places.isEmpty() ? null : reader.generationsAsked();
    }

    /** Blocks that can be read: of a group's generation only those that are in it (R2). */
    private static List<Long> places(GenerationReader reader) throws IOException {
        BlockSet all =
                reader.info().group() == null ? BlockSet.range(0, reader.size() / reader.blockSize()) : reader.set();
        List<Long> places = new ArrayList<>();
        long before = 0;
        for (BlockRun run : all) {
            while (places.size() < Math.min(PLACES, all.count())
                    && all.count() * places.size() / PLACES < before + run.count()) {
                places.add(run.first() + all.count() * places.size() / PLACES - before);
            }
            before += run.count();
        }
        return places;
    }

    /** {@code 3 generations, 70 MiB; a read asks 1.4 of them}. */
    String show() {
        String text = length + (length == 1 ? " generation" : " generations");
        if (storedBytes >= 0) {
            text += ", " + ByteCount.show(storedBytes);
        }
        return asked == null || length == 1
                ? text
                : text + String.format(Locale.ROOT, "; a read asks %.1f of them", asked);
    }
}

package org.hikae.shell.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
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
 * @param asked how many of them are asked for a block, on average of some places all over the disk; null if it cannot be read
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

    private static double asked(GenerationReader reader) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(reader.blockSize());
        long blocks = reader.size() / reader.blockSize();
        for (int place = 0; place < Math.min(PLACES, blocks); place++) {
            reader.read(block.clear(), blocks * place / PLACES * reader.blockSize());
        }
        return reader.generationsAsked();
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

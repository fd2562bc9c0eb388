package org.hikae.backup;

import java.io.IOException;
import java.util.List;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.Generations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notices chains that have grown long: each generation is one more to be asked for a block. */
final class ChainCare {

    /** As many as a month of daily backups. */
    static final int LONG = 30;

    private static final Logger LOG = LoggerFactory.getLogger(ChainCare.class);

    private ChainCare() {}

    /** What to do about the chain of a generation that was just made; null if nothing needs to be done. */
    static String warning(Generations generations, String id) {
        try {
            List<GenerationInfo> chain = generations.chain(id);
            return chain.size() < LONG ? null : warning(id, chain.get(chain.size() - 1), chain.size());
        } catch (IOException e) {
            // The backup is made, and whoever reads it will be told.
            LOG.warn("generation {}: how long its chain is cannot be told", id, e);
            return null;
        }
    }

    private static String warning(String id, GenerationInfo oldest, int length) {
        return "the chain of generation " + id + " has " + length
                + " generations, and reading becomes slower with each: "
                + "'generation merge " + oldest.id() + ".." + id + "' makes one of them, 'generation merge --auto "
                + oldest.disk() + (oldest.group() == null ? "" : " --group " + oldest.groupName())
                + " --keep ...' keeps some";
    }
}

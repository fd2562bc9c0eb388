package org.hikae.api.media;

import java.util.List;
import org.hikae.api.block.BlockSet;

/**
 * What a check of a generation found.
 *
 * @param bytesRead bytes read from the media
 * @param damages what is damaged, a sentence each; empty if nothing is
 * @param affected the blocks of the disk that cannot be read; with a damaged manifest or index all blocks
 * @param parents ids of the generations that it builds upon, nearest first, which this check has not read; what is
 *     damaged there is missing here
 */
public record VerifyReport(long bytesRead, List<String> damages, BlockSet affected, List<String> parents) {

    public boolean intact() {
        return damages.isEmpty();
    }
}

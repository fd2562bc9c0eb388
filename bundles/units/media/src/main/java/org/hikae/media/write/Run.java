package org.hikae.media.write;

import org.hikae.api.media.GenerationRequest;
import org.hikae.media.format.GenerationId;
import org.hikae.media.index.ScratchFolder;
import org.hikae.media.medium.UsableMedium;

/**
 * What is fixed of a generation when it is begun.
 *
 * @param level zstd's level of compression
 * @param objectBytes bytes beyond which an object is not filled further
 * @param scratch where the index grows
 * @param media finds the medium of a log
 * @param parent the generation that it builds upon; null: none
 * @param ended told once, when the generation is sealed or dropped
 */
public record Run(
        GenerationId id,
        GenerationRequest request,
        UsableMedium medium,
        int level,
        long objectBytes,
        ScratchFolder scratch,
        MediumLookup media,
        Parent parent,
        Runnable ended) {

    Extent extent() {
        long size = request.size();
        int blockSize = request.blockSize();
        return new Extent(blockSize, size / blockSize + (size % blockSize == 0 ? 0 : 1));
    }
}

package org.hikae.media.write;

import java.io.IOException;
import java.util.function.IntFunction;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.media.GenerationRequest;
import org.hikae.api.media.Layout;
import org.hikae.api.media.spi.Medium;
import org.hikae.media.format.GenerationId;
import org.hikae.media.format.ObjectHeader;
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

    /** Of which files the generation is; null: it is of the whole disk. */
    GenerationGroup group() {
        return request.group();
    }

    boolean image() {
        return request.layout() == Layout.IMAGE;
    }

    /**
     * Checks that the medium can be overwritten in part.
     *
     * @param what needs that
     * @param instead what else can be chosen
     * @throws IOException if it cannot; says what to do
     */
    void checkOverwritable(String what, String instead) throws IOException {
        if (!medium.objects().capabilities().contains(Medium.Capability.OVERWRITE)) {
            throw new IOException("medium '" + medium.name() + "' cannot be overwritten in part, which " + what
                    + " takes: use a medium that has 'overwrite' among its capabilities, or " + instead);
        }
    }

    /** Names and headers of objects of frames. */
    Segments.Naming naming(ObjectHeader.Kind kind, int writer, IntFunction<String> names) {
        return new Segments.Naming() {
            @Override
            public String name(int sequence) {
                return names.apply(sequence);
            }

            @Override
            public ObjectHeader header(int sequence) {
                return new ObjectHeader(
                        kind, request.diskId(), id.number(), request.size(), request.blockSize(), writer, sequence);
            }
        };
    }

    Extent extent() {
        long size = request.size();
        int blockSize = request.blockSize();
        return new Extent(blockSize, size / blockSize + (size % blockSize == 0 ? 0 : 1));
    }
}

package org.hikae.api.media;

import java.io.IOException;
import java.util.List;
import org.hikae.api.job.Progress;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The generations on all media (24): images of disks, each exact to one instant. Thread-safe.
 *
 * <p>A generation is sealed or it is not there (I3).
 */
@ProviderType
public interface Generations {

    /**
     * Every generation on every medium that can be used, by disk and number; damaged ones too.
     *
     * @throws IOException if a medium cannot be read; says which
     */
    List<GenerationInfo> list() throws IOException;

    /**
     * The generation of that id.
     *
     * @param id {@code DISK@N}
     * @throws IOException if there is none on any medium that can be used
     */
    GenerationInfo get(String id) throws IOException;

    /**
     * Begins a generation, with the next number of its disk. Numbers are not given twice, whatever happens to the
     * generation.
     *
     * @throws IOException if there is no such medium or it cannot be used
     */
    GenerationWriter create(GenerationRequest request) throws IOException;

    /**
     * Opens a generation for reading. It cannot be removed while it is open.
     *
     * @throws IOException if there is no such generation, or its manifest, index or log is missing or damaged
     */
    GenerationReader open(String id) throws IOException;

    /**
     * Reads and checks every byte of a generation.
     *
     * @return what is damaged; empty if nothing is
     * @throws IOException if the generation is not there or its medium cannot be used
     */
    VerifyReport verify(String id, Progress progress) throws IOException;

    /**
     * Removes a generation and its data: the manifest first, so that what is left after a crash is garbage.
     *
     * @throws IOException if there is none, or it is in use
     */
    void remove(String id) throws IOException;
}

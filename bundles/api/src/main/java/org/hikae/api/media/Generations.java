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
     * Every generation on every medium that can be read, and the media that cannot.
     *
     * @throws IOException if it is not known which media there are
     */
    GenerationSurvey survey() throws IOException;

    /** As {@link #survey}, without a word on media that cannot be read. */
    default List<GenerationInfo> list() throws IOException {
        return survey().generations();
    }

    /**
     * The generation of that id.
     *
     * @param id {@code DISK@N}
     * @throws IOException if there is none on any medium that can be used
     */
    GenerationInfo get(String id) throws IOException;

    /**
     * A generation and those that it builds upon: itself, its parent, and so on to a full one. Where the chain is broken
     * it ends, and the last one's problem says why.
     *
     * @throws IOException if the generation itself is on no medium that can be used
     */
    List<GenerationInfo> chain(String id) throws IOException;

    /**
     * Begins a generation, with the next number of its disk. Numbers are not given twice, whatever happens to the
     * generation.
     *
     * @throws IOException if there is no such medium or it cannot be used, or the parent is not there, does not fit, or
     *     builds upon something that is not there
     */
    GenerationWriter create(GenerationRequest request) throws IOException;

    /**
     * Opens a generation for reading. Neither it nor one that it builds upon can be removed while it is open.
     *
     * @throws IOException if there is no such generation, its manifest, index or log is missing or damaged, or the
     *     manifest of one that it builds upon is
     */
    GenerationReader open(String id) throws IOException;

    /**
     * Reads and checks every byte of a generation; those that it builds upon are named only.
     *
     * @return what is damaged; empty if nothing is
     * @throws IOException if the generation is not there or its medium cannot be used
     */
    VerifyReport verify(String id, Progress progress) throws IOException;

    /**
     * Removes a generation and its data: the manifest first, so that what is left after a crash is garbage.
     *
     * @throws IOException if there is none, it is in use, or others build upon it: says which
     */
    void remove(String id) throws IOException;
}

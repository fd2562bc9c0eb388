package org.hikae.api.media;

import java.io.IOException;
import java.util.List;
import java.util.Map;
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
     * @throws IOException if there is none, it is in use or held, or others build upon it: says which
     */
    void remove(String id) throws IOException;

    /**
     * Makes one generation of several neighbours of a chain (a.10), which answers to the newest one's name and set (R20), has
     * the newest one's data in each block, and builds upon what the oldest one builds upon. Of a single generation and
     * another medium it is a move. Either the result is there when this returns or nothing has changed, whatever happens;
     * what a crash leaves undone after that is done when the media are next looked at.
     *
     * <p>Frames are not compressed again: they are referred to where they lie, or copied as they are to another medium.
     * Readers that are open go on undisturbed (I5): what they need is deleted when they are closed.
     *
     * @throws java.util.concurrent.CancellationException if the progress was cancelled; nothing has changed
     * @throws IOException if the generations are no neighbours of a chain; one that is not in the range builds upon one of it
     *     other than the newest; one that would be gone is in use or held; or anything cannot be read or written. Says which;
     *     nothing has changed
     */
    MergeReport merge(MergeRequest request, Progress progress) throws IOException;

    /**
     * Keeps a generation from being removed, or merged into a newer one, durably: until it is {@link #release released}, also
     * after a restart. It may be merged with older ones, and moved. Idempotent.
     *
     * @param holder who needs it, for messages, such as {@code disk data}; one line
     * @throws IOException if there is no such generation, or this cannot be stored
     */
    void hold(String id, String holder) throws IOException;

    /** Ends a hold; one that is not there is no error. */
    void release(String id, String holder) throws IOException;

    /** Who holds which generation: holders by id. */
    Map<String, List<String>> holds() throws IOException;

    /**
     * The objects that a generation consists of, held until this is closed.
     *
     * @throws IOException if there is no such generation, or its manifest cannot be read
     */
    StoredObjects objects(String id) throws IOException;

    /**
     * Deletes the data and the log of a generation from its media, where a second tier has a proven copy of each object (c.3). It
     * goes on being read, from there. Readers that are open go on. Objects that other generations need which are not evicted stay.
     *
     * @throws IOException if there is no such generation, it has no data on its media any more, or an object has no proven copy;
     *     nothing was deleted then
     */
    Eviction evict(String id) throws IOException;

    /**
     * Where the data of the generations lies, by their ids: of those of {@link #survey} whose manifest can be read.
     *
     * @throws IOException if it is not known which media there are
     */
    Map<String, DataPlace> places() throws IOException;
}

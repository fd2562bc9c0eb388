package org.hikae.api.media;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.hikae.api.media.spi.ObjectReader;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The objects that a generation consists of, on its medium and on that of its log; not those that it builds upon. As long as this is
 * open, the generation and its objects stay. Thread-safe.
 */
@ProviderType
public interface StoredObjects extends AutoCloseable {

    /** Id of the generation. */
    String generation();

    /** The objects in the order in which they have to be written for the generation to be there with the last one. */
    List<StoredObject> list();

    /**
     * Opens an object for reading, wherever it lies; the caller closes it.
     *
     * @throws IOException if it is not there or cannot be opened
     */
    ObjectReader open(StoredObject object) throws IOException;

    /** Idempotent. */
    @Override
    void close();

    /**
     * An object.
     *
     * @param medium id of the medium that it lies on
     * @param mediumName name of that medium
     * @param name of the object
     * @param length bytes
     * @param near whether its medium itself holds it; else a second tier alone does
     * @param bulk whether it is data or log, which may lie in a second tier alone; manifests, indexes and meta information stay
     */
    record StoredObject(UUID medium, String mediumName, String name, long length, boolean near, boolean bulk) {}
}

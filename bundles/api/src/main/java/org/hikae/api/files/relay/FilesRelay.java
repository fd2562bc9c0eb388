package org.hikae.api.files.relay;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Hands on what its own center has received to one or several centers (e.8, e.9). Thread-safe. */
@ProviderType
public interface FilesRelay {

    /**
     * Joins the centers above, and lets the center of this platform listen, durably.
     *
     * @param upstreams the centers above; each gets everything
     * @param tokens one for each; of those that were joined before, null or left out
     * @throws IOException if one cannot be joined, or would be a loop; nothing listens then
     */
    RelayStatus start(String listen, List<URI> upstreams, List<String> tokens, String medium) throws IOException;

    /** Hands on nothing more and listens no more, durably. */
    void stop() throws IOException;

    RelayStatus status() throws IOException;
}

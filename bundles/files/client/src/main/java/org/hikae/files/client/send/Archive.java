package org.hikae.files.client.send;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import org.hikae.files.transfer.message.ContentRequest;
import org.hikae.files.transfer.message.VersionsRequest;
import org.hikae.files.transfer.uplink.Uplink;

/** What is stored of this client elsewhere. What it answers is not to be trusted. Thread-safe. */
public interface Archive {

    /** What it is called here. */
    String name();

    /** Name under which it knows this client. */
    String origin();

    /** As {@link Uplink#versions}. */
    void versions(VersionsRequest request, Uplink.VersionSink to) throws IOException;

    /** As {@link Uplink#content}. */
    ReadableByteChannel content(ContentRequest request) throws IOException;
}

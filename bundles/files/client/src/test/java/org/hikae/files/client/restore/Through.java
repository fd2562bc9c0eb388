package org.hikae.files.client.restore;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import org.hikae.files.client.send.Archive;
import org.hikae.files.transfer.message.ContentRequest;
import org.hikae.files.transfer.message.VersionsRequest;
import org.hikae.files.transfer.uplink.Uplink;

/** Asks another one. */
class Through implements Archive {

    private final Archive other;

    Through(Archive other) {
        this.other = other;
    }

    @Override
    public String name() {
        return other.name();
    }

    @Override
    public String origin() {
        return other.origin();
    }

    @Override
    public void versions(VersionsRequest request, Uplink.VersionSink to) throws IOException {
        other.versions(request, to);
    }

    @Override
    public ReadableByteChannel content(ContentRequest request) throws IOException {
        return other.content(request);
    }
}

package org.hikae.files.client.send;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.ReadableByteChannel;
import org.hikae.api.files.client.Membership;
import org.hikae.files.transfer.message.ContentRequest;
import org.hikae.files.transfer.message.VersionsRequest;
import org.hikae.files.transfer.uplink.Uplink;
import org.hikae.files.transfer.uplink.UplinkStatus;

/** A center that this client has joined. */
public record Center(String name, URI address, Outbox outbox, Uplink uplink) implements Archive, Closeable {

    private static final long LOOK_MILLIS = 500;

    public Membership membership() {
        UplinkStatus status = uplink.status();
        return new Membership(name, address, outbox.origin(), status.heard(), status.problem());
    }

    @Override
    public String origin() {
        return outbox.origin();
    }

    @Override
    public void versions(VersionsRequest request, Uplink.VersionSink to) throws IOException {
        uplink.versions(request, to, new BusyWait(millis -> sleep(millis, to)));
    }

    /** Not longer than somebody waits for the answer. */
    private static void sleep(long millis, Uplink.VersionSink to) throws InterruptedException {
        for (long left = millis; left > 0; left -= LOOK_MILLIS) {
            to.check();
            Thread.sleep(Math.min(LOOK_MILLIS, left));
        }
    }

    @Override
    public ReadableByteChannel content(ContentRequest request) throws IOException {
        return uplink.content(request);
    }

    @Override
    public void close() {
        uplink.close();
    }
}

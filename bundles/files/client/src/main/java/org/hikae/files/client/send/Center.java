package org.hikae.files.client.send;

import java.io.Closeable;
import java.net.URI;
import org.hikae.api.files.client.Membership;
import org.hikae.files.transfer.uplink.Uplink;
import org.hikae.files.transfer.uplink.UplinkStatus;

/**
 * A center that this client has joined.
 *
 * @param name what it is called here
 */
public record Center(String name, URI address, Outbox outbox, Uplink uplink) implements Closeable {

    public Membership membership() {
        UplinkStatus status = uplink.status();
        return new Membership(name, address, outbox.origin(), status.heard(), status.problem());
    }

    @Override
    public void close() {
        uplink.close();
    }
}

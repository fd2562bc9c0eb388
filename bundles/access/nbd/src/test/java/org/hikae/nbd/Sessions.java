package org.hikae.nbd;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.nio.channels.Channels;
import org.hikae.nbd.handshake.Agreement;
import org.hikae.nbd.protocol.Input;
import org.hikae.nbd.protocol.Output;
import org.hikae.nbd.session.Helpers;
import org.hikae.nbd.session.Payloads;
import org.hikae.nbd.session.Session;

/** Sessions without sockets and without helpers, and so one request after the other. */
final class Sessions {

    private Sessions() {}

    /** Runs a session until the client's bytes end; what the server says. */
    static byte[] run(MemoryDevice device, boolean structured, boolean allocation, byte[] client) {
        return run(device, structured, allocation, client, work -> false, () -> {});
    }

    /** The same with helpers, and a connection that is not closed when it should be. */
    static byte[] run(
            MemoryDevice device,
            boolean structured,
            boolean allocation,
            byte[] client,
            Helpers helpers,
            Closeable connection) {
        Agreement agreement = new Agreement(new TestLease("data", device), structured, allocation);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Input input = new Input(Channels.newChannel(new ByteArrayInputStream(client)));
        new Session(agreement, input, new Output(Channels.newChannel(said)), new Payloads(1), helpers, connection)
                .run();
        return said.toByteArray();
    }
}

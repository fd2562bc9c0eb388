package org.hikae.files.relay;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;
import org.hikae.files.transfer.identity.Identity;
import org.hikae.files.transfer.identity.IdentityFiles;
import org.hikae.files.transfer.message.ContentRequest;
import org.hikae.files.transfer.message.VersionsRequest;
import org.hikae.files.transfer.uplink.Uplink;
import org.hikae.files.transfer.uplink.UplinkStatus;
import org.hikae.files.transfer.uplink.UplinkTimes;

/** The way over the network. */
record UplinkLink(Uplink uplink) implements Link {

    static Link.Factory factory(Clock clock) {
        return (member, folder, outbox, route) -> new UplinkLink(
                new Uplink(member.address(), identity(folder), outbox, route, UplinkTimes.USUAL, clock, new Random()));
    }

    private static Identity identity(Path folder) throws IOException {
        return new IdentityFiles(folder)
                .load()
                .orElseThrow(
                        () -> new IOException("the identity in " + folder + " is missing; join again with a token"));
    }

    @Override
    public void start() {
        uplink.start();
    }

    @Override
    public void changed() {
        uplink.changed();
    }

    @Override
    public UplinkStatus status() {
        return uplink.status();
    }

    @Override
    public void versions(VersionsRequest request, Uplink.VersionSink to) throws IOException {
        uplink.versions(request, to);
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

package org.hikae.files.relay;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.hikae.files.transfer.message.ContentRequest;
import org.hikae.files.transfer.message.VersionsRequest;
import org.hikae.files.transfer.uplink.RunOutbox;
import org.hikae.files.transfer.uplink.Uplink;
import org.hikae.files.transfer.uplink.UplinkStatus;

/** The way to a center above: an {@link Uplink}, or a test's. What comes from there is not to be trusted. Thread-safe. */
interface Link extends Closeable {

    /** Makes ways. */
    @FunctionalInterface
    interface Factory {
        /**
         * @param folder with the identity
         * @param route asked before each announcement
         * @throws IOException if the identity cannot be read, or is of no use
         */
        Link open(Member member, Path folder, RunOutbox outbox, Supplier<List<UUID>> route) throws IOException;
    }

    /** As {@link Uplink#start}. */
    void start();

    /** As {@link Uplink#changed}. */
    void changed();

    UplinkStatus status();

    /** As {@link Uplink#versions}. */
    void versions(VersionsRequest request, Uplink.VersionSink to) throws IOException;

    /** As {@link Uplink#content}. */
    ReadableByteChannel content(ContentRequest request) throws IOException;

    /** As {@link Uplink#close}. */
    @Override
    void close();
}
